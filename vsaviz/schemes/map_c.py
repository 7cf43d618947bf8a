"""MAP-C: Multiply, Add, Permute over the interval from -1 to 1."""

from collections.abc import Iterable

import numpy as np

from vsaviz.schemes.base import Native, as_atom, as_role
from vsaviz.schemes.keyed import Symbol
from vsaviz.schemes.products import ProductScheme


class MapC(ProductScheme):
    """Multiply, Add, Permute; bundles are cut to the interval [-1, 1].

    ======================  =====================================================================
    vectors                 real, in [-1, 1]; atoms and roles are evenly spread over it
    bind(r, x)              r ∘ x, componentwise product
    unbind(r, y)            r ∘ y, which returns the filler with cosine (√5/3)^m after m steps
    bundle                  weighted sum, weights of root mean square 1, cut to [-1, 1]
    permute                 cyclic shift of the components
    similarity              cosine
    properties              commutative, associative, not self-inverse, not exactly invertible, not
                            isometric, not linear
    cost, memory            O(D) a bind, 4 D bytes a role
    ======================  =====================================================================

    Each step multiplies by numbers of mean square 1/3 and unequal sizes, so that the effective dimension
    after m steps is D (5/9)^m. Deep fields are small in a sum and are hardly ever cut. A doubled step
    multiplies by positive numbers: ``a.a`` keeps a similarity of √5/3 with nothing at all.

    Source: R. W. Gayler, *Multiplicative Binding, Representation Operators and Analogy* (1998), and K.
    Schlegel, P. Neubert and P. Protzel, *A comparison of vector symbolic architectures* (2022), for the name.
    """

    name = "map-c"
    title = "products of numbers in [-1, 1]: unbinding is approximate, and a.b is b.a"
    vectors = "D reals in [-1, 1]"
    binding = "componentwise product"
    source = "Gayler 1998"
    commutative = True
    associative = True
    exact_inverse = False
    isometric = False
    doubled = 5**0.5 / 3
    linear = False
    scaled = True
    cost = "O(D)"
    memory = "4 D bytes"

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return numbers evenly spread over (-1, 1), float32 (n, D)."""
        return self._atoms.uniforms(map(as_atom, symbols), self.dimensions)

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return numbers evenly spread over (-1, 1), float32 (n, D)."""
        return self._roles.uniforms(map(as_role, roles), self.dimensions)

    @classmethod
    def returned(cls, depth: int) -> float:
        """Return (√5/3)^depth."""
        return float((5**0.5 / 3) ** depth)

    def finish(self, total: Native) -> Native:
        """Return the sums cut to [-1, 1]."""
        return np.clip(total, -1, 1)
