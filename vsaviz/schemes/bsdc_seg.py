"""Binary Sparse Distributed Codes in segments, bound by a shift of each segment."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.base import SMALLEST, Memo, Native, as_atom, as_role
from vsaviz.schemes.bits import pack, unpack
from vsaviz.schemes.keyed import Keyed, Symbol
from vsaviz.schemes.sparse_bits import SparseBits, packed_ones
from vsaviz.schemes.vector_roles import VectorRoleScheme
from vsaviz.schemes.vtb import squares_near


class BsdcSeg(SparseBits, VectorRoleScheme):
    """Binary Sparse Distributed Codes in √D segments of √D bits.

    ======================  =====================================================================
    vectors                 D bits, packed, D a square; each segment has its one 1 at a random place
    bind(r, x)              each segment of x shifted cyclically to as far as the role's 1 in it is
    unbind(r, y)            each segment shifted back, exact
    bundle                  the strongest component of each segment of the weighted sum; ties by a
                            keyed order
    permute                 cyclic shift of the bits
    similarity              cosine of the bits less their mean
    properties              commutative, associative, not self-inverse, exactly invertible, isometric, not
                            linear
    cost, memory            O(D) a bind, 8 D bytes a role
    ======================  =====================================================================

    Source: M. Laiho, J. H. Poikonen, P. Kanerva and E. Lehtonen, *High-dimensional Computing with Sparse
    Vectors* (2015).
    """

    name = "bsdc-seg"
    title = "sparse bits shifted segment by segment: small vectors, a.b is b.a"
    vectors = "D bits, a 1 in each of √D segments"
    binding = "cyclic shift of each segment"
    source = "Laiho et al. 2015"
    associative = True
    cost = "O(D)"
    memory = "8 D bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._order = Memo(lambda role: self._orders(self._role_vector(role)), size=1024)

    @classmethod
    def dimensions_near(cls, dimensions: int) -> list[int]:
        """Return the squares nearest to ``dimensions``: itself, or the next below and above."""
        return squares_near(dimensions)

    @classmethod
    def _allowed(cls) -> str:
        return f"a square, at least {SMALLEST},"

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return bits with one random 1 in each segment, packed, uint8 (n, D/8)."""
        return self._drawn(self._atoms, map(as_atom, symbols))

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return bits with one random 1 in each segment, packed, uint8 (n, D/8)."""
        return self._drawn(self._roles, map(as_role, roles))

    def _drawn(self, keyed: Keyed, symbols: Iterable[Symbol]) -> Native:
        return self._with_ones(keyed.below(symbols, np.full(self.n_ones, self.n_ones)))

    def _with_ones(self, places: NDArray[np.int64]) -> Native:
        """Return bits with a 1 at the given place of each segment."""
        return packed_ones(places + np.arange(self.n_ones) * self.n_ones, self.dimensions)

    def _segments(self, rows: Native) -> Native:
        return rows.reshape(*rows.shape[:-1], self.n_ones, self.n_ones)

    def _orders(self, A: Native, sign: int = 1) -> NDArray[np.int64]:
        """Return for each row of A the order of components that binds with it, or unbinds for −1."""
        shift = self._segments(unpack(A, self.dimensions)).argmax(axis=-1)
        within = (np.arange(self.n_ones) - sign * shift[..., None]) % self.n_ones
        order = within + np.arange(self.n_ones)[:, None] * self.n_ones
        return order.reshape(*A.shape[:-1], self.dimensions)

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return the segments of B, each shifted by the place of the 1 in that of A."""
        return self._shifted(self._orders(A), B)

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return the segments of B, each shifted back by the place of the 1 in that of A."""
        return self._shifted(self._orders(A, -1), B)

    def _shifted(self, order: NDArray[np.int64], B: Native) -> Native:
        bits = unpack(B, self.dimensions)
        shape = np.broadcast_shapes(order.shape, bits.shape)
        return pack(np.take_along_axis(np.broadcast_to(bits, shape), np.broadcast_to(order, shape), axis=-1))

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return the rows with each segment shifted."""
        return rows.take(self._order(as_role(role)), axis=-1)

    def finish(self, total: Native) -> Native:
        """Return the places of each segment's strongest component as ones, packed, uint8 (n, D/8)."""
        return self._with_ones(self._segments(self._ranked(total)).argmax(axis=-1))
