"""Features → vectors: V = L · B(T A), for every scheme that is linear in the filler.

The atoms of a leaf are summed, bound once along its path however many documents hold it, and the
documents are weighted sums of these rows. Where a path has fewer features than leaves (the knots of a
number, say) its features are bound instead. Everything runs in blocks, so that memory stays bounded.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.atom_rows import AtomRows
from vsaviz.factors import Factors, factor
from vsaviz.features import Features
from vsaviz.features.atoms import Symbol
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats
from vsaviz.trie import Trie

BLOCK_BYTES = 64 << 20
"""What one block of sums, one of bound rows and one of atoms may each take."""

BIND_AT_ONCE = 512
"""Rows bound together: a few MB, within the processor's cache."""

Progress = Callable[[float], None]
Rows = NDArray[Any]


def encode(features: Features, scheme: Scheme, progress: Progress | None = None) -> Floats:
    """Return one row for each document, float32 (n, width), of length 1 (or 0 where all weights are 0).

    ``progress`` is called from time to time with the share that is done, from 0 to 1.
    """
    factors = factor(features)
    if scheme.whole:
        factors = factors.rounded()
    vectors = np.empty((features.n_documents, scheme.width), dtype=np.float32)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        atoms = AtomRows(scheme, features.atoms, uses=np.bincount(factors.R.indices))
        encoder = _Encoder(scheme, atoms, Trie(features.paths), threads)
        at_once = encoder.rows_at_once
        for start in range(0, len(vectors), at_once):
            documents = slice(start, start + at_once)
            vectors[documents] = scheme.embed(scheme.finish(encoder.sums(factors.of(documents))))
            if progress:
                progress(min(1.0, (start + at_once) / len(vectors)))
    return vectors


@dataclass(frozen=True)
class _Encoder:
    scheme: Scheme
    atoms: AtomRows
    trie: Trie
    threads: Executor

    @property
    def rows_at_once(self) -> int:
        bytes_a_row = np.dtype(self.scheme.sum_dtype).itemsize * self.scheme.dimensions
        return max(BIND_AT_ONCE, BLOCK_BYTES // bytes_a_row)

    def sums(self, factors: Factors) -> Rows:
        """Return the weighted sums of some documents, (n, D)."""
        total = np.zeros((factors.M.shape[0], self.scheme.dimensions), dtype=self.scheme.sum_dtype)
        M = factors.M.astype(self.scheme.sum_dtype).tocsc()
        R = factors.R.astype(self.scheme.sum_dtype)
        for start in range(0, R.shape[0], self.rows_at_once):
            rows = slice(start, start + self.rows_at_once)
            X = self._atom_sums(R[rows])
            self._bind(X, factors.path[rows])
            self._add(M[:, rows].tocsr(), X, total)
        return total

    def _atom_sums(self, R: sparse.csr_array) -> Rows:
        """Return R A, with no more than a block of further atoms at a time."""
        sums = np.empty((R.shape[0], self.scheme.dimensions), dtype=self.scheme.sum_dtype)
        start = 0
        while start < R.shape[0]:
            reach = int(np.searchsorted(R.indptr, R.indptr[start] + self.rows_at_once, side="right")) - 1
            rows = slice(start, R.shape[0] if self.atoms.all_kept else max(start + 1, reach))
            self._product(*self.atoms.local(R[rows]), sums[rows])
            start = rows.stop
        return sums

    def _bind(self, X: Rows, path: NDArray[np.int64]) -> None:
        """Bind each row along its path, the leaf's own step first, the root's last."""
        for role, rows in self.trie.steps(path):

            def bind(part: slice, role: Symbol = role, rows: NDArray[np.int64] = rows) -> None:
                chosen = _as_slice(rows[part])
                X[chosen] = self.scheme.bind(role, X[chosen])

            self._each(bind, _slices(len(rows), BIND_AT_ONCE))

    def _add(self, M: sparse.csr_array, X: Rows, total: Rows) -> None:
        def add(rows: slice) -> None:
            total[rows] += M[rows] @ X

        self._each(add, _slices(len(total), 2048))

    def _product(self, matrix: sparse.csr_array, dense: Rows, out: Rows) -> None:
        def multiply(rows: slice) -> None:
            out[rows] = matrix[rows] @ dense

        self._each(multiply, _slices(len(out), 2048))

    def _each(self, work: Callable[[slice], None], chunks: list[slice]) -> None:
        if len(chunks) == 1:
            work(chunks[0])
        else:
            _drain(self.threads.map(work, chunks))


def _as_slice(rows: NDArray[np.int64]) -> slice | NDArray[np.int64]:
    """Return ascending rows as a slice where they are consecutive: no copy is then made."""
    first, last = int(rows[0]), int(rows[-1])
    return slice(first, last + 1) if last - first == len(rows) - 1 else rows


def _slices(n: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]


def _drain(results: Iterable[None]) -> None:
    for _ in results:
        pass
