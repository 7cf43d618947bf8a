"""Binary Sparse Distributed Codes, bound by a cyclic shift."""

from collections.abc import Iterable

import numpy as np

from vsaviz.schemes.base import Memo, Native, as_atom, as_role
from vsaviz.schemes.bits import pack, roll
from vsaviz.schemes.keyed import Symbol
from vsaviz.schemes.sparse_bits import SparseBits, packed_ones


class BsdcS(SparseBits):
    """Binary Sparse Distributed Codes with binding by a shift.

    ======================  =====================================================================
    vectors                 D bits, packed, √D of them 1 at random places
    bind(r, x)              x shifted cyclically by s_r places, s_r random from 0 to D − 1
    unbind(r, y)            y shifted back, exact
    bundle                  the √D strongest components of the weighted sum; ties by a keyed order
    permute                 cyclic shift of the bits (it is a binding like any other here)
    similarity              cosine of the bits less their mean
    properties              commutative, not self-inverse, exactly invertible, isometric, not linear;
                            roles are shifts, not vectors
    cost, memory            O(D) a bind, 8 bytes a role
    ======================  =====================================================================

    There are only D shifts: of K keys, K − D (1 − (1 − 1/D)^K) are expected to have the shift of an earlier
    one, 18 of 200 at D = 1024 (see ``colliding``). Shifts add up, so that paths collide as well.

    Sources: D. A. Rachkovskij, *Representation and Processing of Structures with Binary Sparse Distributed
    Codes* (2001); K. Schlegel, P. Neubert and P. Protzel (2022) for binding by one shift.
    """

    name = "bsdc-s"
    title = "sparse bits shifted as a whole: tiny, but only D roles, and a.b is b.a"
    vectors = "D bits, √D ones"
    binding = "cyclic shift"
    source = "Rachkovskij 2001"
    associative = False
    cost = "O(D)"
    memory = "8 bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._shift = Memo(self._draw, size=4096)

    @staticmethod
    def colliding(n_keys: int, dimensions: int) -> float:
        """Return how many of some keys are expected to have the shift of an earlier one.

        >>> round(BsdcS.colliding(200, 1024))
        18
        """
        return n_keys - dimensions * (1 - (1 - 1 / dimensions) ** n_keys)

    def _draw(self, role: Symbol) -> int:
        return int(self._roles.below([role], np.array([self.dimensions]))[0, 0])

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return bits with √D ones at random places, packed, uint8 (n, D/8)."""
        D, n_ones = self.dimensions, self.n_ones
        # Floyd's way to draw different places: each draw that is taken already gives its own end instead.
        ends = np.arange(D - n_ones, D)
        drawn = self._atoms.below(map(as_atom, symbols), ends + 1)
        bits = np.zeros((len(drawn), D), dtype=bool)
        rows = np.arange(len(drawn))
        for end, place in zip(ends, drawn.T, strict=True):
            bits[rows, np.where(bits[rows, place], end, place)] = True
        return pack(bits)

    def bind(self, role: Symbol | str, X: Native) -> Native:
        """Return the rows of X shifted by the role's number of places."""
        return roll(X, self._shift(as_role(role)), self.dimensions)

    def unbind(self, role: Symbol | str, X: Native) -> Native:
        """Return the rows of X shifted back."""
        return roll(X, -self._shift(as_role(role)), self.dimensions)

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return the rows shifted by the role's number of places."""
        return np.roll(rows, self._shift(as_role(role)), axis=-1)

    def finish(self, total: Native) -> Native:
        """Return the places of the strongest components as ones, packed, uint8 (n, D/8)."""
        strongest = np.argpartition(self._ranked(total), -self.n_ones, axis=1)[:, -self.n_ones :]
        return packed_ones(strongest, self.dimensions)
