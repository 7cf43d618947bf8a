"""Vector-derived Transformation Binding: the role's vector is laid out as a matrix."""

from collections.abc import Iterable
from math import isqrt

import numpy as np

from vsaviz.schemes.base import SMALLEST, Native, as_atom, as_role
from vsaviz.schemes.keyed import Floats, Symbol
from vsaviz.schemes.vector_roles import VectorRoleScheme


class Vtb(VectorRoleScheme):
    """Vector-derived Transformation Binding.

    ======================  =====================================================================
    vectors                 real; atoms and roles have entries from N(0, 1/D); D is a square, D = d²
    bind(r, x)              V_r x: V_r has d times the same block √d R on its diagonal, R the role's
                            components as d rows of d
    unbind(r, y)            V_rᵀ y, which returns the filler with cosine (m + 1)^(−½) after m steps
    bundle                  weighted sum
    permute                 cyclic shift of the components
    similarity              cosine
    properties              not commutative, not associative, not self-inverse, not exactly
                            invertible, not isometric
    cost, memory            O(D^1.5) a bind, 4 D bytes a role
    ======================  =====================================================================

    It is MBAT with a matrix that follows from a vector, so that what is bound may serve as a role again.

    Source: J. Gosmann and C. Eliasmith, *Vector-Derived Transformation Binding: An Improved Binding Operation
    for Deep Symbol-Like Processing in Neural Networks* (2019).
    """

    name = "vtb"
    title = "a block matrix made of the role's vector: a.b is not b.a, unbinding is approximate"
    vectors = "D = d² reals"
    binding = "d×d block matrix of the role"
    source = "Gosmann and Eliasmith 2019"
    commutative = False
    associative = False
    exact_inverse = False
    isometric = False
    cost = "O(D^1.5)"
    memory = "4 D bytes"

    @classmethod
    def dimensions_near(cls, dimensions: int) -> list[int]:
        """Return the squares nearest to ``dimensions``: itself, or the next below and above."""
        return squares_near(dimensions)

    @classmethod
    def _allowed(cls) -> str:
        return f"a square, at least {SMALLEST},"

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return Gaussian vectors of length about 1, float32 (n, D)."""
        return self._scaled(self._atoms.normals(map(as_atom, symbols), self.dimensions))

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return Gaussian vectors of length about 1, float32 (n, D)."""
        return self._scaled(self._roles.normals(map(as_role, roles), self.dimensions))

    @classmethod
    def returned(cls, depth: int) -> float:
        """Return (depth + 1)^(−½)."""
        return float((depth + 1) ** -0.5)

    def _scaled(self, normals: Floats) -> Floats:
        return normals / np.float32(np.sqrt(self.dimensions))

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return the blocks of the rows of B, each multiplied by the matrix of that row of A."""
        bound: Native = self._blocks(B) @ np.swapaxes(self._matrices(A), -1, -2)
        return bound.reshape(*bound.shape[:-2], self.dimensions)

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return the blocks of the rows of B, each multiplied by the transposed matrix of that row of A."""
        unbound: Native = self._blocks(B) @ self._matrices(A)
        return unbound.reshape(*unbound.shape[:-2], self.dimensions)

    def _blocks(self, X: Native) -> Native:
        d = isqrt(self.dimensions)
        return X.reshape(*X.shape[:-1], d, d)

    def _matrices(self, A: Native) -> Native:
        matrices: Native = self._blocks(A) * np.float32(self.dimensions**0.25)
        return matrices


def squares_near(dimensions: int) -> list[int]:
    """Return the square numbers nearest to ``dimensions``, from ``SMALLEST`` up: one if it is a square."""
    root = isqrt(max(dimensions, SMALLEST))
    return [root**2] if root**2 >= dimensions else [root**2, (root + 1) ** 2]
