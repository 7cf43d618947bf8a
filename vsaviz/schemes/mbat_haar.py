"""MBAT with a dense, uniformly random orthogonal matrix for each role: the paper read literally."""

from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from vsaviz.schemes.dense import DenseScheme
from vsaviz.schemes.keyed import Floats, Symbol


class MbatHaar(DenseScheme):
    """Matrix Binding of Additive Terms, with orthogonal matrices drawn from the Haar measure.

    ======================  =====================================================================
    vectors                 real, length 1; atoms are random signs over √D
    bind(r, x)              M_r x with M_r uniformly distributed over the orthogonal matrices
    unbind(r, y)            M_rᵀ y, exact
    bundle                  weighted sum
    permute                 cyclic shift of the components
    similarity              cosine
    properties              not commutative, not self-inverse, exactly invertible, isometric
    cost, memory            O(D²) a bind, 4 D² bytes a role; making one costs O(D³)
    ======================  =====================================================================

    M_r is the Q of the QR decomposition of a Gaussian matrix, its columns signed so that R has a positive
    diagonal: without that, Q is not uniform. The decomposition runs in float64, so that machines agree.

    Sources: S. I. Gallant, arXiv 2202.04771 (2022); F. Mezzadri, *How to generate random matrices from the
    classical compact groups* (2007).
    """

    name = "mbat-haar"
    title = "a dense random orthogonal matrix per role, as in the paper; slow"
    vectors = "D reals"
    binding = "random orthogonal matrix"
    source = "Gallant 2022"
    exact_inverse = True
    isometric = True

    def _draw(self, role: Symbol) -> Floats:
        D = self.dimensions
        normals = self._roles.normals([role], D * D).reshape(D, D).astype(np.float64)
        with _libraries().limit(limits=1):  # threads that wait for each other on busy cores take far longer
            Q, R = np.linalg.qr(normals)
        return (Q * np.sign(np.diagonal(R))).astype(np.float32)


@cache
def _libraries() -> ThreadpoolController:
    """Return the numeric libraries of this process: finding them takes longer than a small matrix."""
    return ThreadpoolController()
