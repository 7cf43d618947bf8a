"""MAP-I: Multiply, Add, Permute over the integers."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from vsaviz.schemes.base import Native, as_atom, as_role
from vsaviz.schemes.keyed import Symbol
from vsaviz.schemes.products import ProductScheme


class MapI(ProductScheme):
    """Multiply, Add, Permute; bundles are sums of integers and are not cut.

    ======================  =====================================================================
    vectors                 integers; atoms and roles are random signs ±1
    bind(r, x)              r ∘ x, componentwise product
    unbind(r, y)            r ∘ y, exact for roles of signs
    bundle                  sum; weights are rounded to integers first, so that sums are exact
    permute                 cyclic shift of the components
    similarity              cosine
    properties              commutative, associative, self-inverse, exactly invertible, isometric
    cost, memory            O(D) a bind, 4 D bytes a role
    ======================  =====================================================================

    Since roles commute and cancel, ``a.b`` equals ``b.a``, ``a.a`` vanishes and ``a.b.a`` is ``b``: for
    nested JSON that loses which key is inside which.

    Source: R. W. Gayler, *Multiplicative Binding, Representation Operators and Analogy* (1998).
    """

    name = "map-i"
    title = "products of signs: simple and exact, but a.b is b.a and a.a vanishes"
    vectors = "D integers"
    binding = "componentwise product"
    source = "Gayler 1998"
    commutative = True
    associative = True
    self_inverse = True
    doubled = 1.0
    exact_inverse = True
    isometric = True
    cost = "O(D)"
    memory = "4 D bytes"
    whole = True
    drawn = "integers"

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return random signs, int32 (n, D)."""
        return self._atoms.signs(map(as_atom, symbols), self.dimensions).astype(np.int32)

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return random signs, int32 (n, D)."""
        return self._roles.signs(map(as_role, roles), self.dimensions).astype(np.int32)

    def bundle(self, X: Native, weights: ArrayLike | None = None) -> Native:
        """Return the sum of the rows, int64 (D,), each ``weights`` times, rounded to integers.

        Weights that are not whole are first scaled so that the largest is 4,096.
        """
        counts = np.ones(len(X)) if weights is None else np.asarray(weights, dtype=np.float64)
        if not np.array_equal(counts, np.rint(counts)):
            counts = counts * (4096 / np.abs(counts).max())
        total: Native = np.rint(counts).astype(np.int64) @ X.astype(np.int64)
        return total
