"""The vectors of atoms, lifted to where documents are summed; the most used are kept, others drawn again."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from scipy import sparse

from vsaviz.features.atoms import Symbol
from vsaviz.schemes import Scheme

DRAW_AT_ONCE = 1024

ALL_BYTES = 144 << 20
"""All vectors are kept where they fit into this: 36,000 atoms at D = 1024."""

KEPT_BYTES = 48 << 20
"""What the most used vectors may take where not all fit: in large collections a few are used most."""


class AtomRows:
    """The vectors of numbered atoms; ``uses`` says how often each is needed."""

    def __init__(
        self,
        scheme: Scheme,
        symbols: Sequence[Symbol],
        uses: NDArray[np.int64],
        dtype: DTypeLike,
        threads: Executor,
    ):
        self._scheme = scheme
        self._symbols = symbols
        self._dtype = dtype
        needed = np.flatnonzero(uses)
        bytes_each = np.dtype(dtype).itemsize * scheme.sum_width
        most = (ALL_BYTES if len(needed) * bytes_each <= ALL_BYTES else KEPT_BYTES) // bytes_each
        kept = needed[np.argsort(-uses[needed], kind="stable")[:most]]
        self.all_kept = len(kept) == len(needed)
        self._place = np.full(len(symbols), -1, dtype=np.int64)
        self._place[kept] = np.arange(len(kept))
        self._table = self._empty(len(kept))
        deque(
            threads.map(partial(self._draw, kept, self._table), range(0, len(kept), DRAW_AT_ONCE)), maxlen=0
        )

    def _empty(self, n: int) -> NDArray[Any]:
        return np.empty((n, self._scheme.sum_width), dtype=self._dtype)

    def _draw(self, atoms: NDArray[np.int64], rows: NDArray[Any], start: int) -> None:
        """Fill in the lifted vectors of a few of the atoms."""
        part = slice(start, start + DRAW_AT_ONCE)
        symbols = [self._symbols[atom] for atom in atoms[part].tolist()]
        rows[part] = self._scheme.lift(self._scheme.atoms(symbols))

    def _drawn(self, atoms: NDArray[np.int64]) -> NDArray[Any]:
        rows = self._empty(len(atoms))
        for start in range(0, len(atoms), DRAW_AT_ONCE):
            self._draw(atoms, rows, start)
        return rows

    def local(self, R: sparse.csr_array) -> tuple[sparse.csr_array, NDArray[Any]]:
        """Return a matrix and vectors whose product is that of R with the vectors of all atoms."""
        if self.all_kept:
            return _with_columns(R, self._place[R.indices], len(self._table)), self._table
        used, columns = np.unique(R.indices, return_inverse=True)
        place = self._place[used]
        rows = self._empty(len(used))
        rows[place >= 0] = self._table[place[place >= 0]]
        rows[place < 0] = self._drawn(used[place < 0])
        return _with_columns(R, columns, len(used)), rows


def _with_columns(R: sparse.csr_array, columns: NDArray[np.int64], n: int) -> sparse.csr_array:
    return sparse.csr_array((R.data, columns, R.indptr), shape=(R.shape[0], n))
