"""MAP-B: Multiply, Add, Permute over signs."""

from collections.abc import Iterable

import numpy as np

from vsaviz.schemes.base import Native, as_atom, as_role
from vsaviz.schemes.keyed import Floats, Symbol
from vsaviz.schemes.products import ProductScheme


class MapB(ProductScheme):
    """Multiply, Add, Permute; bundles are cut to their signs.

    ======================  =====================================================================
    vectors                 ±1; atoms and roles are random signs
    bind(r, x)              r ∘ x, componentwise product
    unbind(r, y)            r ∘ y, exact
    bundle                  sign of the weighted sum; where it is 0, a keyed sign
    permute                 cyclic shift of the components
    similarity              mean product of the components
    properties              commutative, associative, self-inverse, exactly invertible, isometric, not
                            linear
    cost, memory            O(D) a bind, D bytes a role
    ======================  =====================================================================

    The sign costs a third of what a sum holds: similarities tend to (2/π) arcsin of the exact ones. As in
    all MAP schemes ``a.b`` equals ``b.a``, and ``a.a`` vanishes.

    Source: R. W. Gayler, *Multiplicative Binding, Representation Operators and Analogy* (1998).
    """

    name = "map-b"
    title = "products of signs, sums cut to signs: one bit a component, a.b is b.a"
    vectors = "D signs ±1"
    binding = "componentwise product"
    source = "Gayler 1998"
    commutative = True
    associative = True
    self_inverse = True
    doubled = 1.0
    exact_inverse = True
    isometric = True
    linear = False
    whole = True
    drawn = "bits"
    cost = "O(D)"
    memory = "D bytes"

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return random signs, int8 (n, D)."""
        return self._atoms.signs(map(as_atom, symbols), self.dimensions).astype(np.int8)

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return random signs, int8 (n, D)."""
        return self._roles.signs(map(as_role, roles), self.dimensions).astype(np.int8)

    def components(self, rows: Floats) -> Floats:
        """Return the signs as bits: 1 for +1."""
        return (rows > 0).astype(np.float32)

    def finish(self, total: Native) -> Native:
        """Return the signs of the sums, int8 (n, D)."""
        ties = self._ties.signs([("sign",)], self.dimensions)
        return np.where(total == 0, ties, np.sign(total)).astype(np.int8)
