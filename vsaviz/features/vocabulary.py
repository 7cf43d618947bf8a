"""What is learnt from a collection, and the weights of features that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.errors import InputError
from vsaviz.features.atoms import Weights
from vsaviz.features.constants import PRESENT
from vsaviz.features.extract import extract
from vsaviz.features.fields import Field, fit_fields
from vsaviz.features.matrices import Features
from vsaviz.features.numbers import Scale
from vsaviz.features.paths import Path
from vsaviz.features.readings import read_arrays
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.walk import walk

LONELY = 0.3
"""What a feature that only one document has, or that was never seen, counts of its due: it cannot make two
documents similar, it only fills the norm, and at a finite dimension its crosstalk drowns the rest."""

EVIDENCE = 10
"""With n documents, frequencies count with power n / (n + 10): those of a handful say little."""

ROWS_AT_ONCE = 4096
ENTRIES_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Vocabulary:
    """What fitting learnt: fields, scales, and how many documents have each feature."""

    settings: FeatureSettings
    n_documents: int
    fields: dict[Path, Field]
    scales: dict[Path, Scale]
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
        leaves = read_arrays(walk(documents, self.settings.balance), self.settings.arrays)
        identifiers = _identifiers(self.fields, self.settings)
        features = extract(leaves, self.scales, identifiers, self.settings)
        self.weigh(features)
        return features

    def weigh(self, features: Features) -> None:
        """Multiply each column of features, as they were extracted, by its weight."""
        by_field = np.array([self._field_weight(field) for field in features.fields], dtype=np.float64)
        weights = by_field[features.feature_path]
        if self.settings.weights == "similarity":
            weights = weights * self._rarity(features.keys(), _is_presence(features))
        T = features.T
        for start in range(0, T.nnz, ENTRIES_AT_ONCE):
            entries = slice(start, start + ENTRIES_AT_ONCE)
            T.data[entries] *= weights[T.indices[entries]]

    def _field_weight(self, path: Path) -> float:
        field = self.fields.get(path)
        if field is None:
            return 1.0
        in_full = self.settings.weights == "record" and field.name not in dict(self.settings.field_weights)
        return 1.0 if in_full else field.weight

    def _rarity(self, keys: NDArray[np.uint64], presence: NDArray[np.bool_]) -> Weights:
        """Return powers of log((n + 1) / df), the inverse document frequency; less for lonely features."""
        n, idf = self.n_documents, self.settings.idf
        found = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        frequency = np.where(self.keys[found] == keys, self.frequencies[found], 1)
        due = np.log((n + 1) / frequency) ** np.where(presence, min(1.0, 2 * idf), idf)
        lonely = np.where(frequency == 1, LONELY, 1.0) if idf else 1.0
        return (due * lonely) ** (n / (n + EVIDENCE))


def fit(documents: Iterable[Any], settings: FeatureSettings) -> tuple[Vocabulary, Features]:
    """Return what a collection teaches, and its own weighted features.

    Raises
    ------
    InputError
        If there are no documents, or one is not JSON.
    ValueError
        If a weight is given for a field that the collection does not have; near names are listed.
    """
    leaves = walk(documents, settings.balance)
    if not leaves.n_documents:
        raise InputError("no documents to learn from; give at least one")
    table, scales = fit_fields(read_arrays(leaves, "bag"))
    fields = _chosen_weights(table, settings)
    leaves = read_arrays(leaves, settings.arrays)
    features = extract(leaves, scales, _identifiers(fields, settings), settings)
    n_documents = leaves.n_documents
    del leaves  # the largest thing in memory beside L and T
    frequencies = _document_frequencies(features)
    keys = features.keys()
    order = np.argsort(keys)
    vocabulary = Vocabulary(settings, n_documents, fields, scales, keys[order], frequencies[order])
    vocabulary.weigh(features)
    return vocabulary, features


def _is_presence(features: Features) -> NDArray[np.bool_]:
    """Return for each feature whether it is the bare presence of a key."""
    presence = np.array([symbol == PRESENT for symbol in features.atoms], dtype=bool)
    return presence[features.feature_atom]


def _identifiers(fields: dict[Path, Field], settings: FeatureSettings) -> set[Path]:
    """Return the fields of identifiers, but for those to which the user gave a weight."""
    by_hand = dict(settings.field_weights)
    return {
        path for path, field in fields.items() if field.kind == "identifier" and field.name not in by_hand
    }


def _chosen_weights(table: dict[Path, Field], settings: FeatureSettings) -> dict[Path, Field]:
    """Return the table with the weights that the user gave instead of those chosen from the data."""
    by_name = {field.name: path for path, field in table.items()}
    chosen = dict(table)
    for name, weight in settings.field_weights:
        if name not in by_name:
            near = get_close_matches(name, by_name, n=3, cutoff=0.4) or sorted(by_name)[:3]
            raise ValueError(f"field_weights: no field {name!r} in these documents; near: {', '.join(near)}")
        chosen[by_name[name]] = replace(chosen[by_name[name]], weight=float(weight), why="set by hand")
    return chosen


def _document_frequencies(features: Features) -> NDArray[np.int64]:
    """Return how many documents have each feature, a block of documents at a time."""
    L, T = _pattern(features.L), _pattern(features.T)
    total = np.zeros(T.shape[1], dtype=np.int64)
    for start in range(0, L.shape[0], ROWS_AT_ONCE):
        total += np.bincount((L[start : start + ROWS_AT_ONCE] @ T).indices, minlength=T.shape[1])
    return total


def _pattern(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return a matrix of ones where the given one has entries, which shares its indices."""
    ones = np.ones(matrix.nnz, dtype=np.float32)
    return sparse.csr_array((ones, matrix.indices, matrix.indptr), shape=matrix.shape)
