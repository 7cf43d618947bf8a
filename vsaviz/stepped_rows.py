"""Sums of atoms bound along paths, step by step: the way of every scheme."""

from concurrent.futures import Executor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.atom_rows import AtomRows
from vsaviz.features import Features
from vsaviz.schemes import Scheme
from vsaviz.trie import Trie

DEEP = 64
"""Steps from which on schemes whose binding changes lengths are summed in float64."""

Rows = NDArray[Any]
Ints = NDArray[np.int64]


class SteppedRows:
    """What leaves come to under a scheme: their atoms are summed, and bound with one role after the other."""

    def __init__(self, features: Features, scheme: Scheme, exact: bool, threads: Executor):
        used = np.union1d(features.leaf_path, features.feature_path)
        self._scheme = scheme
        self._trie = Trie(features.paths, used)
        # Lengths that drift at every step leave the range of float32 in very deep documents.
        self.drifts = not scheme.isometric and self._trie.depth > DEEP
        self.dtype = np.float32 if exact and not self.drifts else np.float64
        self._atoms = AtomRows(scheme, features.atoms, features.atom_uses(), self.dtype, threads)

    def bound(self, R: sparse.csr_array, path: Ints) -> Rows:
        """Return the rows of R A, lifted, each bound along its path."""
        part, atoms = self._atoms.local(R)
        bound, node = part @ atoms, self._trie.ends(path)
        for level in range(self._trie.deepest(node), 0, -1):
            bound = self._step(bound, node, level)
        return bound

    def folded(self, R: sparse.csr_array, path: Ints, document: Ints) -> tuple[Ints, Rows]:
        """Return some documents, and for each the sum of its rows of R A, bound along their paths.

        From the deepest level to the root, rows of one document that have come to the same place are summed.
        """
        part, atoms = self._atoms.local(R)
        X = part @ atoms
        node = self._trie.ends(path)
        for level in range(self._trie.deepest(node), 0, -1):
            X, node, document = self._met(X, node, document)
            X = self._step(X, node, level)
        X, _, document = self._met(X, node, document)
        return document, X

    def _met(self, X: Rows, node: Ints, document: Ints) -> tuple[Rows, Ints, Ints]:
        """Return rows with those of one document that are at the same place summed."""
        gather, first = together(document * self._trie.size + node, self.dtype)
        if len(first) == len(node):
            return X, node, document
        return gather @ X, node[first], document[first]

    def _step(self, X: Rows, node: Ints, level: int) -> Rows:
        """Bind the rows that are at this depth with their roles, and move them one up."""
        roles, rows, ends = self._trie.step(node, level)
        here = _as_slice(rows)
        X[here] = self._scheme.bind_each(roles, X[here], ends.tolist())
        if self.drifts:
            X[here] = _within_range(X[here])
        return X


def together(place: Ints, dtype: Any) -> tuple[sparse.csr_array, Ints]:
    """Return what sums the rows that have one place (places × rows), and the first row of each place."""
    places, first, which = np.unique(place, return_index=True, return_inverse=True)
    n = len(place)
    entries = np.ones(n, dtype=dtype), (which, np.arange(n))
    return sparse.csr_array(entries, shape=(len(places), n)), first


def _within_range(X: Rows) -> Rows:
    """Return rows rescaled where their largest component leaves 10^±100, so that squares stay finite."""
    largest = np.abs(X).max(axis=1, keepdims=True)
    return X * (np.clip(largest, 1e-100, 1e100) / np.where(largest > 0, largest, 1.0))


def _as_slice(rows: Ints) -> slice | Ints:
    """Return rows as a slice where each is the next of the one before: no copy is then made."""
    return slice(int(rows[0]), int(rows[-1]) + 1) if (np.diff(rows) == 1).all() else rows
