"""What is learnt from a collection, and the weights of features that follow from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.errors import InputError
from vsaviz.features.atoms import Weights
from vsaviz.features.choices import (
    balances_of,
    settings_by_hand,
    switched_off,
    weights_by_hand,
    weights_of,
    with_reasons,
    with_settings,
)
from vsaviz.features.constants import PRESENT
from vsaviz.features.extract import extract, spoken_texts
from vsaviz.features.fields import Codings, Field, fit_codings, fit_fields
from vsaviz.features.fitted_reading import Reading
from vsaviz.features.frequencies import document_frequencies
from vsaviz.features.kept import Kept, kept_atoms, with_sizes
from vsaviz.features.matrices import Features
from vsaviz.features.meanings import SPREAD, Meanings, fit_meanings
from vsaviz.features.paths import Path, collapsed
from vsaviz.features.readings import (
    as_bags,
    fixed_arrays,
    sorted_arrays,
)
from vsaviz.features.rules import EVIDENCE
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.text import Lines, leaves_of
from vsaviz.features.walk import Leaf, Leaves
from vsaviz.garbage import without_collection
from vsaviz.ingest import LIMITS

LONELY = 0.3
"""What a feature that only one document has, or that was never seen, counts of its due: it cannot make two
documents similar, it only fills the norm, and at a finite dimension its crosstalk drowns the rest."""

ENTRIES_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Vocabulary:
    """What fitting learnt: fields, how their values are written, and how many documents have each feature."""

    settings: FeatureSettings
    n_documents: int
    fields: dict[Path, Field]
    codings: dict[Path, Codings]
    """How values are written in each field, and in subtrees wherever they hang."""
    kept: dict[Path, Kept]
    """The values of each field, as far as they are kept."""
    fixed: frozenset[Path]
    """The fields of arrays in which positions are names."""
    sets: frozenset[Path]
    """The fields of arrays whose order says nothing."""
    meanings: Meanings | None
    """What a model makes of texts, if one is chosen."""
    keys: NDArray[np.uint64]
    """Keys of the known features, ascending."""
    frequencies: NDArray[np.int64]
    """For each known feature the number of documents that have it."""

    def features(self, documents: Iterable[Any]) -> Features:
        """Return the weighted features of any documents.

        Raises
        ------
        InputError
            If a document is not JSON.
        """
        with without_collection():
            return self._features(documents)

    def _features(self, documents: Iterable[Any]) -> Features:
        walked = leaves_of(documents, self.settings.balance, balances_of(self._chosen, self.settings))
        read, moved = self._reading.leaves(walked, as_bags(walked, self.fixed))
        features = self._extracted(read.leaves, moved, read.fields)
        return features.weighed(switched_off(self.weights))

    @cached_property
    def _reading(self) -> Reading:
        """How documents are read; which keys may have moved is worked out once."""
        return Reading(self.settings, self.n_documents, self.fields, self.fixed, self.sets)

    @property
    def weights(self) -> dict[Path, float]:
        """The weight of each field whose weight is not 1; for records only those set by hand."""
        return weights_of(self.fields, self.settings)

    def weighing(
        self, features: Features, field_weights: Mapping[str, float]
    ) -> tuple["Vocabulary", Features]:
        """Return the same with weights set by hand, and features of any documents with these weights.

        Nothing is learnt or extracted anew. The features must be those of this vocabulary, in which no
        weight has been set by hand.

        Raises
        ------
        ValueError
            If there is no such field, or a weight is not possible.
        """
        if self.settings.field_weights:
            raise ValueError("weights have been set by hand here already; start from those chosen by rules")
        settings = replace(self.settings, field_weights=tuple(sorted(field_weights.items())))
        other = replace(self, settings=settings, fields=weights_by_hand(self.fields, settings))
        before, after = self.weights, other.weights
        ratios = {path: after.get(path, 1.0) / before.get(path, 1.0) for path in self.fields}
        weighed = features.weighed(ratios)
        return replace(other, kept=with_sizes(self.kept, weighed)), weighed

    def written(self, path: Path, values: Sequence[Leaf]) -> Features:
        """Return values at a path, each alone in a document of its own, with full weight.

        T has a row for each value, in their order.
        """
        n = len(values)
        leaves = Leaves(
            paths=[path],
            place=np.zeros(n, dtype=np.int64),
            values=list(values),
            shares=sparse.eye_array(n, format="csr", dtype=np.float32),
            occurrences=np.ones(n, dtype=np.int64),
            arrays=[],
        )
        none = sparse.csr_array((n, 0), dtype=np.float32)
        return self._extracted(leaves, none, [collapsed(path, self.fixed)])

    def _extracted(self, leaves: Leaves, moved: sparse.csr_array, fields: Sequence[Path]) -> Features:
        features = extract(leaves, moved, fields, self.codings, self.meanings, self.settings, self._chosen)
        self.weigh_columns(features)
        return features

    @cached_property
    def _chosen(self) -> Mapping[Path, Field]:
        """The fields that have settings of their own."""
        return with_settings(self.fields, self.settings)

    def weigh_columns(self, features: Features, frequencies: NDArray[np.int64] | None = None) -> None:
        """Multiply each column of features, as they were extracted, by its rarity.

        ``frequencies`` gives the number of documents that have each, where it is known already.
        """
        if self.settings.weights != "similarity":
            return
        weights = self._rarity(features, self._known(features.keys) if frequencies is None else frequencies)
        T = features.T
        for start in range(0, T.nnz, ENTRIES_AT_ONCE):
            entries = slice(start, start + ENTRIES_AT_ONCE)
            T.data[entries] *= weights[T.indices[entries]]

    def _known(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return for each feature how many documents had it at fitting, 1 for those that none had."""
        found = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        return np.where(self.keys[found] == keys, self.frequencies[found], 1)

    def _rarity(self, features: Features, frequency: NDArray[np.int64]) -> Weights:
        """Return powers of log((n + 1) / df), the inverse document frequency; less for lonely features."""
        n, idf = self.n_documents, self._idf(features)
        meaning, present = (
            np.array([symbol[0] == kind for symbol in features.atoms], dtype=bool)[features.feature_atom]
            for kind in ("meaning", PRESENT[0])
        )
        shared = np.where(meaning, np.maximum(frequency / SPREAD, 1), frequency)
        due = np.log((n + 1) / shared) ** np.where(present, min(1.0, 2 * self.settings.idf), idf)
        lonely = np.where((frequency == 1) & (idf > 0), LONELY, 1.0)
        return (due * lonely) ** (n / (n + EVIDENCE))

    def _idf(self, features: Features) -> Weights:
        """Return the power of rarity in the field of each feature."""
        known = map(self.fields.get, features.fields)
        by_path = np.array([one.idf if one else self.settings.idf for one in known], dtype=np.float64)
        return by_path[features.feature_path]


def fit(documents: Iterable[Any], settings: FeatureSettings) -> tuple[Vocabulary, Features]:
    """Return what a collection teaches, and its own weighted features.

    Raises
    ------
    InputError
        If there are no documents, one is not JSON, or they have too many different fields.
    ValueError
        If a weight is given for a field that the collection does not have; near names are listed.
    """
    with without_collection():
        return _fit(documents, settings)


def _fit(documents: Iterable[Any], settings: FeatureSettings) -> tuple[Vocabulary, Features]:
    documents = documents if isinstance(documents, Sequence | Lines) else list(documents)
    leaves = leaves_of(documents, settings.balance)
    n_documents = leaves.n_documents
    if not n_documents:
        raise InputError("no documents to learn from; give at least one")
    named, ascending = fixed_arrays(leaves.arrays), sorted_arrays(leaves.arrays)
    fixed, sets = frozenset(named), frozenset(ascending.keys() - named.keys())
    bags = as_bags(leaves, fixed)
    if len(bags.leaves.paths) > LIMITS.fields:
        raise LIMITS.error("fields", "the documents")
    fitted = fit_fields(bags.leaves, settings)
    with_arrays = {collapsed(one.path[:-1]) for one in leaves.arrays}
    table = settings_by_hand(with_reasons(fitted.table, ascending | named), settings, with_arrays)
    fields = weights_by_hand(table, settings)
    balances = balances_of(with_settings(fields, settings), settings)
    if balances:  # the same leaves, with other weights
        leaves = leaves_of(documents, settings.balance, balances)
        bags = as_bags(leaves, fixed)
    reading = Reading(settings, n_documents, fields, fixed, sets)
    hung = reading.hung(bags)
    codings = fitted.codings | fit_codings(hung[0])
    meanings = None
    if callable(settings.strings):
        meanings = fit_meanings(settings.strings, spoken_texts(bags.leaves, bags.fields, codings))
    read, moved = reading.leaves(leaves, bags, hung)
    del leaves, bags, hung
    features = extract(read.leaves, moved, read.fields, codings, meanings, settings, fields)
    del read  # the largest thing in memory beside L and T
    frequencies = document_frequencies(features)
    keys = features.keys
    order = np.argsort(keys)
    vocabulary = Vocabulary(
        settings=settings,
        n_documents=n_documents,
        fields=fields,
        codings=codings,
        kept=fitted.kept if settings.keep_values else kept_atoms(features, frequencies),
        fixed=fixed,
        sets=sets,
        meanings=meanings,
        keys=keys[order],
        frequencies=frequencies[order],
    )
    vocabulary.weigh_columns(features, frequencies)
    features = features.weighed(switched_off(vocabulary.weights))
    return replace(vocabulary, kept=with_sizes(vocabulary.kept, features)), features
