"""MBAT with a structured orthogonal matrix for each role: the default scheme."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from vsaviz.schemes.base import Memo, Native, Scheme, as_role
from vsaviz.schemes.keyed import Floats, Symbol, signs


class Mbat(Scheme):
    """Matrix Binding of Additive Terms, with orthogonal matrices that store O(D).

    ======================  =====================================================================
    vectors                 real, length 1; atoms are random signs over √D
    bind(r, x)              M_r x with M_r = S_r C S'_r: two independent diagonals of random
                            signs around the orthonormal discrete cosine transform C
    unbind(r, y)            M_rᵀ y = S'_r Cᵀ S_r y, exact
    bundle                  weighted sum
    permute                 cyclic shift of the components
    similarity              cosine
    properties              not commutative, not self-inverse, exactly invertible, isometric
    cost, memory            O(D log D) a bind, D/4 bytes a role
    ======================  =====================================================================

    M_r is dense, orthogonal (|M v| = |v|, (M v)·(M w) = v·w), not symmetric and not an involution, and
    works for any D ≥ 16: what the random orthogonal matrices of the paper are for, without
    their D² numbers a role. Every column of C has energy in all rows, so binding mixes all coordinates.

    Sources: S. I. Gallant and T. W. Okaywe, *Representing Objects, Relations, and Sequences* (2013); S. I.
    Gallant, arXiv 2202.04771 (2022), for orthogonal matrices; the structure S C S' is that of the
    fast random rotations of N. Ailon and B. Chazelle (2009).
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
    memory = "D/4 bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._packed = Memo(self._draw, size=4096)

    def _draw(self, role: Symbol) -> NDArray[np.uint8]:
        return self._roles.bytes([role], 2 * -(-self.dimensions // 8))[0]

    def _diagonals(self, role: Symbol | str) -> Floats:
        packed = self._packed(as_role(role)).reshape(2, -1)
        return signs(packed)[:, : self.dimensions]

    def bind(self, role: Symbol | str, X: Native) -> Native:
        """Return S C S' x for each row x of X."""
        inner, outer = self._diagonals(role)
        return outer * fft.dct(inner * X, norm="ortho", overwrite_x=True)

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return S C S' x for each row x, in the rows' own memory."""
        inner, outer = self._diagonals(role)
        bound = fft.dct(np.multiply(rows, inner, out=rows), norm="ortho", overwrite_x=True)
        return np.multiply(bound, outer, out=bound)

    def bind_each(self, roles: Sequence[Symbol | str], rows: Native, ends: Sequence[int]) -> Native:
        """Return lifted rows, those up to ``ends[0]`` bound with the first role, and so on.

        The transform is the same for all roles, and a call of it costs as much as ten rows.
        """
        packed = np.stack([self._packed(as_role(role)) for role in roles])
        diagonals = signs(packed.reshape(2 * len(roles), -1))[:, : self.dimensions]
        which = np.repeat(np.arange(len(roles)), np.diff(ends, prepend=0))
        np.multiply(rows, diagonals[2 * which], out=rows)
        bound = fft.dct(rows, norm="ortho", overwrite_x=True)
        return np.multiply(bound, diagonals[2 * which + 1], out=bound)

    def unbind(self, role: Symbol | str, X: Native) -> Native:
        """Return S' Cᵀ S y for each row y of X."""
        inner, outer = self._diagonals(role)
        return inner * fft.idct(outer * X, norm="ortho", overwrite_x=True)
