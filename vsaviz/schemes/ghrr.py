"""Generalized Holographic Reduced Representations: blocks of unitary matrices instead of phasors."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.base import SMALLEST, Native, as_atom, as_role
from vsaviz.schemes.keyed import Floats, Keyed, Symbol
from vsaviz.schemes.vector_roles import VectorRoleScheme

SIZE = 2
"""m: blocks are m×m."""
NUMBERS = 2 * SIZE**2
"""Real numbers in a block."""


class Ghrr(VectorRoleScheme):
    """Generalized Holographic Reduced Representations with blocks of 2×2.

    ======================  =====================================================================
    vectors                 D/8 unitary 2×2 matrices of complex numbers, so that D counts real
                            numbers; those of atoms and roles are uniform (Haar)
    bind(r, x)              R_j X_j: block by block, the role's matrix on the left
    unbind(r, y)            R_j^H Y_j, exact
    bundle                  weighted sum
    permute                 cyclic shift of the blocks
    similarity              Re tr Σ_j A_j^H B_j over the lengths: the cosine of the real numbers
    properties              not commutative, associative, not self-inverse, exactly invertible, isometric
    cost, memory            O(D) a bind, 4 D bytes a role
    ======================  =====================================================================

    With blocks of 1×1 it would be FHRR. Matrices do not commute, so that ``a.b`` and ``b.a`` are told apart,
    though not wholly: with m×m blocks they keep a similarity of 1/m², here 0.25. Components are kept as
    real numbers: real and imaginary part in turn, a block's entries row by row.

    Source: C. Yeung, Z. Zou and M. Imani, *Generalized Holographic Reduced Representations* (2024).
    """

    name = "ghrr"
    title = "products of small unitary matrices: exact, fast, and a.b is not b.a"
    vectors = "D/8 unitary 2×2 matrices"
    binding = "matrix product block by block"
    source = "Yeung, Zou and Imani 2024"
    commutative = False
    associative = True
    exact_inverse = True
    isometric = True
    swapped = 0.25
    drawn = "blocks"
    cost = "O(D)"
    memory = "4 D bytes"

    @classmethod
    def dimensions_near(cls, dimensions: int) -> list[int]:
        """Return the multiples of 8 nearest to ``dimensions``: itself, or the next below and above."""
        below = max(SMALLEST, dimensions // NUMBERS * NUMBERS)
        return [below] if below >= dimensions else [below, below + NUMBERS]

    @classmethod
    def _allowed(cls) -> str:
        return f"a multiple of {NUMBERS}, at least {SMALLEST},"

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return uniform unitary blocks, float32 (n, D)."""
        return self._drawn(self._atoms, list(map(as_atom, symbols)))

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return uniform unitary blocks, float32 (n, D)."""
        return self._drawn(self._roles, list(map(as_role, roles)))

    def _drawn(self, keyed: Keyed, symbols: list[Symbol]) -> Floats:
        n_blocks = self.dimensions // NUMBERS
        quaternions = keyed.normals([(*symbol, "quaternion") for symbol in symbols], 4 * n_blocks)
        quaternions = quaternions.reshape(len(symbols), n_blocks, 4)
        quaternions /= np.linalg.norm(quaternions, axis=-1, keepdims=True)
        a, b = np.moveaxis(quaternions.view(np.complex64), -1, 0)
        turn = keyed.phasors([(*symbol, "turn") for symbol in symbols], n_blocks)
        blocks = np.stack([turn * a, -turn * np.conj(b), turn * b, turn * np.conj(a)], axis=-1)
        return _as_rows(blocks.reshape(len(symbols), n_blocks, SIZE, SIZE))

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return the products of the blocks of A with those of B."""
        return _as_rows(_product(_as_blocks(A), _as_blocks(B)))

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return the products of the conjugate transposed blocks of A with the blocks of B."""
        return _as_rows(_product(np.conj(np.swapaxes(_as_blocks(A), -1, -2)), _as_blocks(B)))

    def permute(self, X: Native, n: int = 1) -> Native:
        """Return the rows of X with their blocks shifted cyclically by n places."""
        return np.roll(X, n * NUMBERS, axis=-1)


def _as_blocks(X: Native) -> Native:
    X = np.ascontiguousarray(X)
    blocks: Native = X.view(np.result_type(X.dtype, np.complex64))
    return blocks.reshape(*X.shape[:-1], -1, SIZE, SIZE)


def _as_rows(blocks: NDArray[np.complexfloating]) -> Native:
    rows: Native = np.ascontiguousarray(blocks).reshape(*blocks.shape[:-3], -1)
    return rows.view(rows.real.dtype)


def _product(A: Native, B: Native) -> Native:
    """Return A B block by block: written out, since products of tiny matrices are slow one by one."""
    product = np.empty(np.broadcast_shapes(A.shape, B.shape), dtype=np.result_type(A, B))
    for i in range(SIZE):
        for j in range(SIZE):
            product[..., i, j] = A[..., i, 0] * B[..., 0, j] + A[..., i, 1] * B[..., 1, j]
    return product
