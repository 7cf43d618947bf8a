"""Features → vectors: V = L · B(T A), for every scheme that is linear in the filler.

The atoms of a leaf are summed, bound once along its path however many documents hold it, and the
documents are weighted sums of these rows. Where a path has fewer features than leaves (the knots of a
number, say) its features are bound instead; and leaves that a single document has are summed wherever
their paths meet, and bound together from there. Everything runs in blocks, so that memory stays bounded.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Features
from vsaviz.features.matrices import Factors
from vsaviz.moved_rows import MovedRows
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats
from vsaviz.schemes.moving import MovingScheme
from vsaviz.stepped_rows import Ints, Rows, SteppedRows
from vsaviz.threads import allowed

BLOCK_BYTES = 48 << 20
"""What one block of sums, one of bound rows and one of atoms may each take."""

BIND_AT_ONCE = 1024
"""Rows summed and bound together: a few MB, within the processor's cache."""

SHARED = 1 / 32
"""Beyond this share of documents a dense product, though mostly of zeros, is the faster one."""

EXACT_BELOW = 2**24
"""Sums of whole numbers are exact in float32 as long as they stay below this."""

Progress = Callable[[float], None]


def encode(features: Features, scheme: Scheme, progress: Progress | None = None) -> Floats:
    """Return one row for each document, float32 (n, width), of length 1 (or 0 where all weights are 0).

    ``progress`` is called from time to time with the share that is done, from 0 to 1.
    """
    if scheme.whole:
        features = features.rounded
    n = features.n_documents
    vectors = np.empty((n, scheme.width), dtype=np.float32)
    with _encoder(features, scheme) as encoder:
        for documents in _slices(n, encoder.documents_at_once):

            def report(share: float, documents: slice = documents) -> None:
                if progress:
                    progress((documents.start + share * (documents.stop - documents.start)) / n)

            encoder.fill_in(features.of(documents), vectors[documents], report)
    return vectors


def sums(features: Features, scheme: Scheme) -> Rows:
    """Return the weighted sums of which vectors are made, neither rounded, finished nor scaled: (n, m).

    Real rows, compared by dot products, and linear in the rows of S: those of parts of a document add up.
    """
    with _encoder(features, scheme) as encoder:
        return scheme.unfold(encoder.sum_up(features, lambda _: None))


@contextmanager
def _encoder(features: Features, scheme: Scheme) -> Iterator["_Encoder"]:
    with ThreadPoolExecutor(allowed()) as threads:
        if isinstance(scheme, MovingScheme):
            yield _Encoder(scheme, MovedRows(features, scheme), threads)
        else:
            exact = not scheme.whole or features.largest_sum < EXACT_BELOW
            yield _Encoder(scheme, SteppedRows(features, scheme, exact, threads), threads)


@dataclass(frozen=True)
class _Encoder:
    scheme: Scheme
    leaves: SteppedRows | MovedRows
    threads: Executor

    @property
    def dtype(self) -> type[np.floating[Any]]:
        return self.leaves.dtype

    @property
    def rows_at_once(self) -> int:
        bytes_a_row = np.dtype(self.dtype).itemsize * self.scheme.sum_width
        return max(BIND_AT_ONCE, BLOCK_BYTES // bytes_a_row)

    @property
    def documents_at_once(self) -> int:
        """Half as many: their features take as much again as their sums."""
        return max(BIND_AT_ONCE, self.rows_at_once // 2)

    def sum_up(self, features: Features, report: Progress) -> Rows:
        """Return the sums of some documents, lifted."""
        factors = features.factors
        total = np.zeros((factors.M.shape[0], self.scheme.sum_width), dtype=self.dtype)
        lonely = np.diff(factors.M.indptr) == (0 if self.leaves.drifts else 1)
        own, shared = np.flatnonzero(lonely), np.flatnonzero(~lonely)
        n = factors.R.shape[0]
        for done in self._add_own(factors, own, total):
            report(done / n)
        for done in self._add_shared(factors, shared, total):
            report((len(own) + done) / n)
        return total

    def fill_in(self, features: Features, vectors: Floats, report: Progress) -> None:
        """Fill in the vectors of some documents."""
        total = self.sum_up(features, report)
        if self.scheme.scaled:
            total /= features.root_mean_squares()[:, None].astype(self.dtype)

        def embed(rows: slice) -> None:
            # Whole sums are the same in either precision; their lengths must be so too.
            sums = total[rows].astype(np.float64) if self.scheme.whole else total[rows]
            vectors[rows] = self.scheme.embed(self.scheme.finish(sums))
            vectors[rows][~sums.any(axis=1)] = 0  # weights of 0 alone; signs of nothing would be a vector

        self._each(embed, _slices(len(total), BIND_AT_ONCE))

    def _add_own(self, factors: Factors, rows: Ints, total: Rows) -> Iterator[int]:
        """Add rows that one document has; yield how many are done."""
        entry = factors.M.indptr[rows]
        document, weight = factors.M.indices[entry], factors.M.data[entry]
        order = np.lexsort((factors.path[rows], document))
        rows, document, weight = rows[order], document[order], weight[order]

        def summed(part: slice) -> tuple[Ints, Rows]:
            R = sparse.diags_array(weight[part]) @ factors.R[rows[part]]
            return self.leaves.folded(R.astype(self.dtype), factors.path[rows[part]], document[part])

        for block in _slices(len(rows), self.rows_at_once):
            chunks = [
                slice(block.start + one.start, block.start + one.stop)
                for one in _slices(block.stop - block.start, self._bound_at_once)
            ]
            for documents, sums in self.threads.map(summed, chunks):
                total[documents] += sums
            yield block.stop

    def _add_shared(self, factors: Factors, rows: Ints, total: Rows) -> Iterator[int]:
        """Add rows that several documents have; yield how many are done."""
        for block in _slices(len(rows), self.rows_at_once):
            some = rows[block]
            X = self._bound_rows(factors.R[some].astype(self.dtype), factors.path[some])
            self._add(factors.M[:, some].astype(self.dtype), X, total)
            yield block.stop

    @property
    def _bound_at_once(self) -> int:
        """Rows bound together: making a dense matrix costs far more than using it."""
        return BIND_AT_ONCE if self.scheme.largest is None else self.rows_at_once

    def _bound_rows(self, R: sparse.csr_array, path: NDArray[np.int64]) -> Rows:
        """Return the rows of R A, each bound along its path."""
        X = np.empty((R.shape[0], self.scheme.sum_width), dtype=self.dtype)

        def fill(rows: slice) -> None:
            X[rows] = self.leaves.bound(R[rows], path[rows])

        self._each(fill, _slices(len(X), self._bound_at_once))
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


def _slices(n: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, n)) for start in range(0, n, size)]
