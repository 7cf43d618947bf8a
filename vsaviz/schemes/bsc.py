"""Binary Spatter Codes: bits, bound by exclusive or."""

from collections.abc import Iterable

import numpy as np

from vsaviz.schemes.base import Memo, Native, as_atom, as_role
from vsaviz.schemes.bits import n_bytes, pack, roll, unpack
from vsaviz.schemes.keyed import Floats, Keyed, Symbol, signs
from vsaviz.schemes.vector_roles import VectorRoleScheme


class Bsc(VectorRoleScheme):
    """Binary Spatter Codes.

    ======================  =====================================================================
    vectors                 D bits, packed; those of atoms and roles are random
    bind(r, x)              r ⊕ x, exclusive or
    unbind(r, y)            r ⊕ y, exact
    bundle                  majority of the weighted bits; at a tie, a keyed bit
    permute                 cyclic shift of the bits
    similarity              1 − 2 × (bits that differ) / D
    properties              commutative, associative, self-inverse, exactly invertible, isometric, not
                            linear
    cost, memory            O(D/64) a bind, D/8 bytes a role
    ======================  =====================================================================

    With a bit read as a sign it is MAP-B in an eighth of the memory: ``a.b`` equals ``b.a``, and ``a.a``
    vanishes. Rows for neighbours are ±1/√D.

    Source: P. Kanerva, *Binary Spatter-Coding of Ordered K-tuples* (1996).
    """

    name = "bsc"
    title = "exclusive or of bits, sums by majority: a bit a component, a.b is b.a"
    vectors = "D bits"
    binding = "exclusive or"
    source = "Kanerva 1996"
    commutative = True
    associative = True
    self_inverse = True
    doubled = 1.0
    exact_inverse = True
    isometric = True
    linear = False
    whole = True
    drawn = "bits"
    cost = "O(D/64)"
    memory = "D/8 bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._role_signs = Memo(lambda role: self.lift(self._role_vector(role)), size=1024)

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return random bits, packed, uint8 (n, D/8)."""
        return self._drawn(self._atoms, map(as_atom, symbols))

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return random bits, packed, uint8 (n, D/8)."""
        return self._drawn(self._roles, map(as_role, roles))

    def _drawn(self, keyed: Keyed, symbols: Iterable[Symbol]) -> Native:
        drawn = keyed.bytes(symbols, n_bytes(self.dimensions))
        return pack(unpack(drawn, self.dimensions))

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return A ⊕ B."""
        bound: Native = A ^ B
        return bound

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return A ⊕ B: each role is its own inverse."""
        return self.bind_vectors(A, B)

    def permute(self, X: Native, n: int = 1) -> Native:
        """Return the rows of X with their bits shifted cyclically by n places."""
        return roll(X, n, self.dimensions)

    def lift(self, X: Native) -> Native:
        """Return bits as signs, 0 as 1 and 1 as −1, float32 (n, D): exclusive or is then a product."""
        return signs(np.atleast_2d(X))[:, : self.dimensions].reshape(*X.shape[:-1], self.dimensions)

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return the rows' signs times those of the role, in the rows' own memory."""
        return np.multiply(rows, self._role_signs(as_role(role)), out=rows)

    def finish(self, total: Native) -> Native:
        """Return the majority of the bits, packed, uint8 (n, D/8)."""
        ties = self._ties.signs([("sign",)], self.dimensions)
        return pack(np.where(total == 0, ties, total) < 0)

    def native(self, rows: Floats) -> Native:
        """Return signs as bits, packed, uint8 (n, D/8)."""
        return pack(rows < 0)

    def components(self, rows: Floats) -> Floats:
        """Return the bits, 0 and 1."""
        return (rows < 0).astype(np.float32)

    def embed(self, native: Native) -> Floats:
        """Return ±1/√D, float32 (n, D)."""
        return self.lift(np.atleast_2d(native)) * np.float32(self.dimensions**-0.5)
