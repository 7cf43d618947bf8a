"""What the two schemes of sparse bits share: about √D ones among D bits, and sums thinned to as many."""

from math import isqrt

import numpy as np

from vsaviz.schemes.base import Native, Scheme
from vsaviz.schemes.bits import pack, roll, unpack
from vsaviz.schemes.keyed import Floats


class SparseBits(Scheme):
    """Vectors have √D ones; a bundle keeps the strongest components of the sum, and as many."""

    commutative = True
    exact_inverse = True
    isometric = True
    linear = False
    whole = True
    drawn = "bits"

    @property
    def n_ones(self) -> int:
        """How many bits of an atom or a bundle are 1: the whole number nearest to √D."""
        below = isqrt(self.dimensions)
        return below + (self.dimensions > below * (below + 1))

    def disjunction(self, X: Native) -> Native:
        """Return the ones of all rows of X as one vector, packed, uint8 (D/8,): a bundle that is not thinned.

        It is full at the size of real documents; experiments with few vectors use it.
        """
        union: Native = np.bitwise_or.reduce(X, axis=0)
        return union

    def lift(self, X: Native) -> Native:
        """Return bits as 0 and 1, float32 (n, D)."""
        return unpack(X, self.dimensions).astype(np.float32)

    def permute(self, X: Native, n: int = 1) -> Native:
        """Return the rows of X with their bits shifted cyclically by n places."""
        return roll(X, n, self.dimensions)

    def _ranked(self, total: Native) -> Native:
        """Return sums of whole numbers made unequal, so that ties go by a keyed order."""
        rank = np.argsort(self._ties.permutation(("rank",), self.dimensions))
        ranked: Native = total.astype(np.float64) * self.dimensions + rank
        return ranked

    def embed(self, native: Native) -> Floats:
        """Return bits less their mean, float32 (n, D), each row of length 1."""
        bits = self.lift(np.atleast_2d(native))
        return super().embed(bits - bits.mean(axis=1, keepdims=True))

    def unfold(self, total: Native) -> Native:
        """Return sums of bits less their mean."""
        rows: Native = total - total.mean(axis=1, keepdims=True)
        return rows

    def native(self, rows: Floats) -> Native:
        """Return what is above the mean as bits, packed, uint8 (n, D/8)."""
        return pack(rows > 0)

    def components(self, rows: Floats) -> Floats:
        """Return the bits, 0 and 1."""
        return (rows > 0).astype(np.float32)


def packed_ones(at: np.ndarray[tuple[int, int], np.dtype[np.int64]], dimensions: int) -> Native:
    """Return packed bits with ones at the places of each row of ``at`` (n, ones)."""
    bits = np.zeros((len(at), dimensions), dtype=bool)
    np.put_along_axis(bits, at, True, axis=1)
    return pack(bits)
