"""Binding by a random permutation and random signs for each role."""

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.base import Memo, Native, Scheme, as_role
from vsaviz.schemes.keyed import Floats, Symbol


class Permutation(Scheme):
    """A signed permutation matrix for each role: the sparsest orthogonal matrices.

    ======================  =====================================================================
    vectors                 real, length 1; atoms are random signs over √D
    bind(r, x)              s_r ∘ x[p_r]: components reordered, then multiplied by signs
    unbind(r, y)            (s_r ∘ y)[p_r⁻¹], exact
    bundle                  weighted sum
    permute                 cyclic shift of the components
    similarity              cosine
    properties              not commutative, not self-inverse, exactly invertible, isometric
    cost, memory            O(D) a bind, 12 D bytes a role
    ======================  =====================================================================

    The signs keep vectors with equal components from being left as they are.

    Sources: P. Kanerva, *Hyperdimensional Computing* (2009) and M. Sahlgren, A. Holst and P. Kanerva,
    *Permutations as a Means to Encode Order in Word Space* (2008).
    """

    name = "permutation"
    title = "components reordered and signed per role; fast and exact"
    vectors = "D reals"
    binding = "random order and signs"
    source = "Kanerva 2009"
    commutative = False
    associative = False
    exact_inverse = True
    isometric = True
    cost = "O(D)"
    memory = "12 D bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._operator = Memo(self._draw, size=1024)

    def _draw(self, role: Symbol) -> tuple[NDArray[np.intp], Floats]:
        order = self._roles.permutation((*role, "order"), self.dimensions)
        return order, self._roles.signs([(*role, "signs")], self.dimensions)[0]

    def bind(self, role: Symbol | str, X: Native) -> Native:
        """Return s_r ∘ x[p_r] for each row x of X."""
        order, signs = self._operator(as_role(role))
        return X.take(order, axis=-1) * signs

    def unbind(self, role: Symbol | str, X: Native) -> Native:
        """Return (s_r ∘ y)[p_r⁻¹] for each row y of X."""
        order, signs = self._operator(as_role(role))
        return (X * signs).take(np.argsort(order), axis=-1)
