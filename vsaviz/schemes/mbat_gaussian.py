"""MBAT with a plain random matrix for each role: the paper's unstable baseline."""

import numpy as np

from vsaviz.schemes.dense import DenseScheme
from vsaviz.schemes.keyed import Floats, Symbol


class MbatGaussian(DenseScheme):
    """Matrix Binding of Additive Terms, with independent Gaussian entries of variance 1/D.

    ======================  =====================================================================
    vectors                 real, length 1 before binding; atoms are random signs over √D
    bind(r, x)              M_r x with entries of M_r drawn from N(0, 1/D)
    unbind(r, y)            M_rᵀ y, which returns the filler with cosine (m + 1)^(−½) after m steps
    bundle                  weighted sum
    permute                 cyclic shift of the components
    similarity              cosine
    properties              not commutative, not self-inverse, not exactly invertible, not isometric
    cost, memory            O(D²) a bind, 4 D² bytes a role
    ======================  =====================================================================

    Lengths are kept only on average: the logarithm of |M₁ … M_m x| has a standard deviation of about
    √(m / 2D), and inner products drift likewise. That is what orthogonal matrices repair.

    Source: S. I. Gallant, arXiv 2202.04771 (2022), which shows the drift.
    """

    name = "mbat-gaussian"
    title = "a plain random matrix per role: lengths and similarities drift with depth"
    vectors = "D reals"
    binding = "random matrix"
    source = "Gallant and Okaywe 2013"
    exact_inverse = False
    isometric = False

    @classmethod
    def returned(cls, depth: int) -> float:
        """Return (depth + 1)^(−½)."""
        return float((depth + 1) ** -0.5)

    def _draw(self, role: Symbol) -> Floats:
        D = self.dimensions
        return self._roles.normals([role], D * D).reshape(D, D) / np.float32(np.sqrt(D))
