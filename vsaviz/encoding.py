"""Features → vectors: V = L · B(T A), for every scheme that is linear in the filler.

The atoms of a leaf are summed, bound once along its path however many documents hold it, and the
documents are weighted sums of these rows. Where a path has fewer features than leaves (the knots of a
number, say) its features are bound instead. Everything runs in blocks, so that memory stays bounded.
"""

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.atom_rows import AtomRows
from vsaviz.features import Features
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats
from vsaviz.trie import Trie

BLOCK_BYTES = 48 << 20
"""What one block of sums, one of bound rows and one of atoms may each take."""

BIND_AT_ONCE = 512
"""Rows summed and bound together: a few MB, within the processor's cache."""

SHARED = 1 / 32
"""Beyond this share of documents a dense product, though mostly of zeros, is the faster one."""

EXACT_BELOW = 2**24
"""Sums of whole numbers are exact in float32 as long as they stay below this."""

DEEP = 64
"""Steps from which on schemes whose binding changes lengths are summed in float64."""

Progress = Callable[[float], None]
Rows = NDArray[Any]


def encode(features: Features, scheme: Scheme, progress: Progress | None = None) -> Floats:
    """Return one row for each document, float32 (n, width), of length 1 (or 0 where all weights are 0).

    ``progress`` is called from time to time with the share that is done, from 0 to 1.
    """
    if scheme.whole:
        features = features.rounded
    n = features.n_documents
    vectors = np.empty((n, scheme.width), dtype=np.float32)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        trie = Trie(features.paths)
        # Lengths that drift at every step leave the range of float32 in very deep documents.
        drifts = not scheme.isometric and trie.depth > DEEP
        exact = not scheme.whole or features.largest_sum < EXACT_BELOW
        dtype = np.float32 if exact and not drifts else np.float64
        atoms = AtomRows(scheme, features.atoms, features.atom_uses(), dtype, threads)
        encoder = _Encoder(scheme, dtype, drifts, atoms, trie, threads)
        for documents in _slices(n, encoder.documents_at_once):

            def report(share: float, documents: slice = documents) -> None:
                if progress:
                    progress((documents.start + share * (documents.stop - documents.start)) / n)

            encoder.sum_up(features.of(documents), vectors[documents], report)
    return vectors


@dataclass(frozen=True)
class _Encoder:
    scheme: Scheme
    dtype: type[np.floating[Any]]
    drifts: bool
    atoms: AtomRows
    trie: Trie
    threads: Executor

    @property
    def rows_at_once(self) -> int:
        bytes_a_row = np.dtype(self.dtype).itemsize * self.scheme.sum_width
        return max(BIND_AT_ONCE, BLOCK_BYTES // bytes_a_row)

    @property
    def documents_at_once(self) -> int:
        """Half as many: their features take as much again as their sums."""
        return max(BIND_AT_ONCE, self.rows_at_once // 2)

    def sum_up(self, features: Features, vectors: Floats, report: Progress) -> None:
        """Fill in the vectors of some documents."""
        factors = features.factors
        total = np.zeros((factors.M.shape[0], self.scheme.sum_width), dtype=self.dtype)
        M, R = factors.M, factors.R
        for start in range(0, R.shape[0], self.rows_at_once):
            block = slice(start, min(start + self.rows_at_once, R.shape[0]))
            X = self._bound_rows(R[block].astype(self.dtype), factors.path[block])
            self._add(M[:, block].astype(self.dtype), X, total)
            report(block.stop / R.shape[0])

        if self.scheme.scaled:
            total /= features.root_mean_squares()[:, None].astype(self.dtype)

        def embed(rows: slice) -> None:
            # Whole sums are the same in either precision; their lengths must be so too.
            sums = total[rows].astype(np.float64) if self.scheme.whole else total[rows]
            vectors[rows] = self.scheme.embed(self.scheme.finish(sums))
            vectors[rows][~sums.any(axis=1)] = 0  # weights of 0 alone; signs of nothing would be a vector

        self._each(embed, _slices(len(total), BIND_AT_ONCE))

    def _bound_rows(self, R: sparse.csr_array, path: NDArray[np.int64]) -> Rows:
        """Return the rows of R A, each bound along its path."""
        X = np.empty((R.shape[0], self.scheme.sum_width), dtype=self.dtype)

        def fill(rows: slice) -> None:
            part, atoms = self.atoms.local(R[rows])
            bound = part @ atoms
            for role, chosen in self.trie.steps(path[rows]):
                here = _as_slice(chosen)
                bound[here] = self.scheme.bind_lifted(role, bound[here])
                if self.drifts:
                    bound[here] = _within_range(bound[here])
            X[rows] = bound

        # Making a dense matrix costs far more than using it: such schemes take the whole block at once.
        at_once = BIND_AT_ONCE if self.scheme.largest is None else len(X)
        self._each(fill, _slices(len(X), at_once))
        return X

    def _add(self, M: sparse.csc_array, X: Rows, total: Rows) -> None:
        """Add M X to the sums; columns that many documents share go through a dense product."""
        entries = np.diff(M.indptr)
        shared = entries > SHARED * M.shape[0]
        columns = np.flatnonzero(shared)
        at_once = max(1, BLOCK_BYTES // (total.itemsize * max(1, M.shape[0])))
        for start in range(0, len(columns), at_once):
            part = columns[start : start + at_once]
            total += M[:, part].toarray() @ X[part]
        kept = np.repeat(~shared, entries)
        ends = np.concatenate([[0], np.cumsum(np.where(shared, 0, entries))])
        few = sparse.csc_array((M.data[kept], M.indices[kept], ends), shape=M.shape).tocsr()

        def add(rows: slice) -> None:
            total[rows] += few[rows] @ X

        self._each(add, _slices(len(total), BIND_AT_ONCE))

    def _each(self, work: Callable[[slice], None], chunks: list[slice]) -> None:
        if len(chunks) == 1:
            work(chunks[0])
        else:
            deque(self.threads.map(work, chunks), maxlen=0)


def _within_range(X: Rows) -> Rows:
    """Return rows rescaled where their largest component leaves 10^±100, so that squares stay finite."""
    largest = np.abs(X).max(axis=1, keepdims=True)
    return X * (np.clip(largest, 1e-100, 1e100) / np.where(largest > 0, largest, 1.0))


def _as_slice(rows: NDArray[np.int64]) -> slice | NDArray[np.int64]:
    """Return ascending rows as a slice where they are consecutive: no copy is then made."""
    first, last = int(rows[0]), int(rows[-1])
    return slice(first, last + 1) if last - first == len(rows) - 1 else rows


def _slices(n: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]
