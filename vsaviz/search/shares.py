"""Which share of a query each document holds: the exact score of a search.

A document holds of a leaf of the query what its most similar leaf in the same field has in common with it,
T[q]·T[d]: of one leaf never more than all, so that several near items of an array cannot make up for one
another. The share of a query is the sum over its leaves, divided by their squared norms: outside arrays
Σ S[q, f] S[d, f] / Σ S[q, f]². What else a document holds is never looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Features, Vocabulary
from vsaviz.features.constants import PRESENT
from vsaviz.features.numbers import as_float
from vsaviz.features.paths import Path
from vsaviz.features.walk import Leaf
from vsaviz.search.hits import by_size
from vsaviz.search.query import Asked, Query, Wanted
from vsaviz.search.records import record_features, record_leaves

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Holders:
    """One field: which documents hold which of its leaves."""

    first: int
    """The first of the field's leaves; they are numbered one after the other."""
    n_leaves: int
    documents: NDArray[np.int32] | slice
    """Those that have the field, ascending; a slice where all do, which is faster."""
    starts: NDArray[np.int64] | None
    """For each of them the first of its entries in ``held``; None where each has one."""
    held: NDArray[np.int32]
    """Leaves, counted from the first."""


@dataclass(frozen=True)
class Scores:
    """What documents hold of a query: the shares of its fields, (n,) each, which sum to that of the whole."""

    by_field: dict[str, Floats]
    tells: NDArray[np.bool_]
    """Whether a document holds something of a value, and not the bare presence of fields alone."""

    @cached_property
    def ranking(self) -> Floats:
        """The share of the whole query, 0 to 1; 0 for documents that hold nothing of its values."""
        return np.where(self.tells, np.sum(list(self.by_field.values()), axis=0), 0.0)

    def contributions(self, document: int) -> list[tuple[str, float]]:
        """Return (field, share) of a document, the largest first."""
        return by_size({name: float(share[document]) for name, share in self.by_field.items()})


@dataclass(frozen=True)
class Shares:
    """The leaves of some documents, arranged so that a query touches those of its own fields alone."""

    n_documents: int
    features: sparse.csc_array
    """Leaves × features of values, leaves in the order of their fields."""
    keys: NDArray[np.uint64]
    """Of the features, ascending."""
    columns: NDArray[np.int64]
    """The column of each key."""
    inverse_lengths: Floats
    """Of the leaves' values. Those of features in float32 are not quite equal, and near numbers would tie."""
    numbers: Floats
    """The leaves' values where they are numbers, else NaN."""
    fields: dict[Path, _Holders]

    @classmethod
    def of(cls, documents: Sequence[Any], vocabulary: Vocabulary) -> Self:
        """Arrange the leaves of documents, arrays read as bags.

        Raises
        ------
        InputError
            If a document is not JSON.
        """
        leaves = record_leaves(documents, vocabulary)
        features = record_features(leaves, vocabulary)
        order = np.argsort(features.leaf_path, kind="stable")
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        bare = np.array([atom == PRESENT for atom in features.atoms], dtype=bool)[features.feature_atom]
        T = features.T.tocsc()[:, np.flatnonzero(~bare)]
        T = sparse.csc_array((T.data, rank[T.indices], T.indptr), shape=T.shape)
        keys = features.keys[~bare]
        by_key = np.argsort(keys)
        squares = np.bincount(T.indices, T.data.astype(np.float64) ** 2, minlength=T.shape[0])
        inverse = 1 / np.sqrt(np.where(squares > 0, squares, 1.0))
        numbers = _numbers(leaves.values)[order]
        holders = _holders(features, order, rank)
        return cls(features.n_documents, T, keys[by_key], by_key, inverse, numbers, holders)

    def knows(self, leaf: Asked) -> bool:
        """Return whether any document has anything of a leaf's value."""
        return any(self._columns(place)[0].size for place in leaf.places)

    def scores(self, query: Query) -> Scores:
        """Return what each document holds of a query whose squared norm is not 0."""
        by_field: dict[str, Floats] = {}
        values_count = any(leaf.value for leaf in query.asked)
        tells = np.zeros(self.n_documents, dtype=bool)
        for leaf in query.asked:
            share = by_field.setdefault(leaf.name, np.zeros(self.n_documents))
            for documents, value in self._held(leaf):
                share[documents] += leaf.weight / query.whole * (leaf.presence + leaf.value * value)
                tells[documents] |= value > 0 if values_count else True
        return Scores(by_field, tells)

    def _held(self, leaf: Asked) -> list[tuple[NDArray[np.int32] | slice, Floats]]:
        """Return documents that have the leaf's field, and what they hold of its value, from 0 to 1.

        No document is there twice.
        """
        places = [(self.fields[place.field], place) for place in leaf.places if place.field in self.fields]
        parts = [(field.documents, self._best(place, field)) for field, place in places]
        if len(parts) <= 1:
            return parts
        value = np.full(self.n_documents, -1.0)
        for documents, best in parts:
            value[documents] = np.maximum(value[documents], best)
        documents = np.flatnonzero(value >= 0).astype(np.int32)
        return [(documents, value[documents])]

    def _best(self, place: Wanted, field: _Holders) -> Floats:
        """Return the cosine of what is wanted with the best that each document has in a field."""
        near = np.zeros(field.n_leaves)
        for column, weight in zip(*self._columns(place), strict=True):
            entries = slice(self.features.indptr[column], self.features.indptr[column + 1])
            near[self.features.indices[entries] - field.first] += weight * self.features.data[entries]
        length = np.sqrt(place.weights @ place.weights) or 1.0
        leaves = slice(field.first, field.first + field.n_leaves)
        near *= self.inverse_lengths[leaves] / length
        if place.within < 1:
            near[self.numbers[leaves] != place.number] *= place.within
        held = near[field.held]
        return held if field.starts is None else np.maximum.reduceat(held, field.starts)

    def _columns(self, place: Wanted) -> tuple[NDArray[np.int64], Floats]:
        """Return the columns of the features that are known, and what they weigh in the query."""
        if not len(self.keys):
            return self.columns, np.empty(0)
        found = np.searchsorted(self.keys, place.keys).clip(max=len(self.keys) - 1)
        known = self.keys[found] == place.keys
        return self.columns[found[known]], place.weights[known]


def _numbers(values: Sequence[Leaf]) -> Floats:
    return np.array([as_float(v) if isinstance(v, int | float) else np.nan for v in values], dtype=np.float64)


def _holders(features: Features, order: NDArray[np.int64], rank: NDArray[np.int32]) -> dict[Path, _Holders]:
    """Return the holders of each field; ``order`` and ``rank`` arrange the leaves by fields."""
    firsts = np.searchsorted(features.leaf_path[order], np.arange(len(features.paths) + 1))
    L = features.L
    place = features.leaf_path[L.indices]
    document = np.repeat(np.arange(L.shape[0], dtype=np.int32), np.diff(L.indptr))
    by_field = np.argsort(place, kind="stable")
    ends = np.searchsorted(place[by_field], np.arange(len(features.paths) + 1))
    leaf, document = rank[L.indices][by_field], document[by_field]
    holders = {}
    for i, path in enumerate(features.paths):
        entries = slice(ends[i], ends[i + 1])
        starts = np.flatnonzero(np.diff(document[entries], prepend=-1))
        everywhere = len(starts) == L.shape[0]
        holders[path] = _Holders(
            first=int(firsts[i]),
            n_leaves=int(firsts[i + 1] - firsts[i]),
            documents=slice(None) if everywhere else document[entries][starts],
            starts=None if len(starts) == ends[i + 1] - ends[i] else starts,
            held=leaf[entries] - np.int32(firsts[i]),
        )
    return holders
