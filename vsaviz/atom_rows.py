"""The vectors of atoms: those used most are kept, the others are drawn again when they are needed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from scipy import sparse

from vsaviz.features.atoms import Symbol
from vsaviz.schemes import Scheme

KEPT_BYTES = 144 << 20
"""What the kept vectors may take; 36,000 atoms fit at D = 1024."""


class AtomRows:
    """The vectors of numbered atoms; ``uses`` says how often each is needed."""

    def __init__(self, scheme: Scheme, symbols: Sequence[Symbol], uses: NDArray[np.int64], dtype: DTypeLike):
        self._scheme = scheme
        self._symbols = symbols
        self._dtype = dtype
        most = KEPT_BYTES // (np.dtype(dtype).itemsize * scheme.dimensions)
        needed = np.flatnonzero(uses)
        kept = needed[np.argsort(-uses[needed], kind="stable")[:most]]
        self.all_kept = len(kept) == len(needed)
        self._place = np.full(len(symbols), -1, dtype=np.int64)
        self._place[kept] = np.arange(len(kept))
        self._table = self._drawn(kept)

    def _drawn(self, atoms: NDArray[np.int64]) -> NDArray[Any]:
        """Return the vectors of the atoms, a few at a time where they must change their type."""
        rows = np.empty((len(atoms), self._scheme.dimensions), dtype=self._dtype)
        for start in range(0, len(atoms), 1024):
            part = atoms[start : start + 1024].tolist()
            rows[start : start + 1024] = self._scheme.atoms([self._symbols[atom] for atom in part])
        return rows

    def local(self, R: sparse.csr_array) -> tuple[sparse.csr_array, NDArray[Any]]:
        """Return a matrix and vectors whose product is that of R with the vectors of all atoms."""
        if self.all_kept:
            return _with_columns(R, self._place[R.indices], len(self._table)), self._table
        used, columns = np.unique(R.indices, return_inverse=True)
        place = self._place[used]
        rows = np.empty((len(used), self._scheme.dimensions), dtype=self._dtype)
        rows[place >= 0] = self._table[place[place >= 0]]
        rows[place < 0] = self._drawn(used[place < 0])
        return _with_columns(R, columns, len(used)), rows


def _with_columns(R: sparse.csr_array, columns: NDArray[np.int64], n: int) -> sparse.csr_array:
    return sparse.csr_array((R.data, columns, R.indptr), shape=(R.shape[0], n))
