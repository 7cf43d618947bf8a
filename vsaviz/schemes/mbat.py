"""MBAT with a structured orthogonal matrix for each role: the default scheme."""

from collections.abc import Iterable
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from vsaviz.schemes.base import Memo, Native, as_atom, as_role
from vsaviz.schemes.keyed import Floats, Keyed, Symbol
from vsaviz.schemes.moving import Blocks, Move, MovingScheme

FEWEST_BLOCKS = 64
"""Blocks are as long as leaves this many of them: fewer could not be moved in enough ways."""

DENSITY = 4
"""One in so many numbers of a lifted atom is not 0: fewer would do for documents of many leaves, but in those
of a few the inner products of atoms must be nearly normal."""

FEWEST = 16
"""So many numbers of an atom are not 0 at least."""


class Mbat(MovingScheme):
    """Matrix Binding of Additive Terms, with orthogonal matrices that store O(D).

    ======================  =====================================================================
    vectors                 real, length 1; atoms are Qᵀa for random signs a in a quarter of the places
    bind(r, x)              M_r x with M_r = Qᵀ P_r Q: Q is the orthonormal discrete cosine transform
                            after one diagonal of random signs, and P_r moves blocks of
                            components to random places and gives each component a random sign
    unbind(r, y)            M_rᵀ y = Qᵀ P_rᵀ Q y, exact
    bundle                  weighted sum
    permute                 cyclic shift of the components
    similarity              cosine
    properties              not commutative, not self-inverse, exactly invertible, isometric
    cost, memory            O(D log D) a bind, D/8 bytes a role and 2 for each of its blocks
    ======================  =====================================================================

    M_r is dense, orthogonal (|M v| = |v|, (M v)·(M w) = v·w), not symmetric and not an involution, and
    works for any D ≥ 16: what the random orthogonal matrices of the paper are for, without
    their D² numbers a role. In one common basis, that of Q, all M_r are signed permutations. There documents
    are summed: the steps of a path come together to one permutation, and atoms are sparse. Inner products
    of different atoms have mean 0 and variance 1/D, as those of dense ones.

    Sources: S. I. Gallant and T. W. Okaywe, *Representing Objects, Relations, and Sequences* (2013); S. I.
    Gallant, arXiv 2202.04771 (2022), for orthogonal matrices; D. Achlioptas (2003) and P. Li, T. Hastie
    and K. Church (2006) for sparse random projections.
    """

    name = "mbat"
    title = "an orthogonal matrix per role, structured so that it is fast"
    vectors = "D reals"
    binding = "structured orthogonal matrix"
    source = "Gallant 2022"
    commutative = False
    associative = False
    exact_inverse = True
    isometric = True
    cost = "O(D log D)"
    memory = "D/8 bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self.block = gcd(dimensions, 1 << max(0, (dimensions // FEWEST_BLOCKS).bit_length() - 1))
        self.blocks = dimensions // self.block
        filled = max(dimensions // DENSITY, FEWEST)
        self._spread = -(-filled // self.block)
        self._signs_of_basis = Keyed(seed, "basis").signs([("basis",)], dimensions)[0]
        self._moves = Memo(self._draw, size=4096)

    def _draw(self, role: Symbol) -> Move:
        drawn = self._roles.bytes([role], 4 * self.blocks + -(-self.dimensions // 8))[0]
        ranks, flips = drawn[: 4 * self.blocks].view("<u4"), drawn[4 * self.blocks :]
        from_block = np.argsort(ranks, kind="stable").astype(np.int32)
        signs = 1 - 2 * np.unpackbits(flips, count=self.dimensions).view(np.int8)
        return Move(from_block, signs.reshape(self.blocks, self.block))

    def move(self, role: Symbol | str) -> Move:
        """Return how a role moves blocks."""
        return self._moves(as_role(role))

    def atom_blocks(self, symbols: Iterable[Symbol | str]) -> Blocks:
        """Return the blocks of each atom that are not 0: one in each of as many stretches."""
        n = self._spread
        ends = np.arange(n + 1, dtype=np.int64) * self.blocks // n
        drawn = self._atoms.bytes(map(as_atom, symbols), 4 * n + -(-n * self.block // 8))
        places = drawn[:, : 4 * n].copy().view("<u4").astype(np.int64)
        at = ends[:-1] + ((places * np.diff(ends)) >> 32)
        flips = np.unpackbits(drawn[:, 4 * n :], axis=1, count=n * self.block).view(np.int8)
        return Blocks(at.astype(np.int32), (1 - 2 * flips).reshape(len(at), n, self.block))

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return one vector of length 1 for each symbol, float32 (n, D)."""
        return self.finish(self.atom_blocks(symbols).dense(self.blocks))

    def lift(self, X: Native) -> Native:
        """Return C S x for each row x: there a role only moves blocks and flips signs."""
        return fft.dct(X * self._signs_of_basis, norm="ortho", overwrite_x=True)

    def finish(self, total: Native) -> Native:
        """Return S Cᵀ y for each row y."""
        rows: NDArray[np.float32] = fft.idct(total, norm="ortho")
        return np.multiply(rows, self._signs_of_basis, out=rows)

    def unfold(self, total: Native) -> Floats:
        """Return the sums as they are embedded; dot products would be the same without."""
        return self.finish(total)
