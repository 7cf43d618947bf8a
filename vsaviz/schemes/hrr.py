"""Holographic Reduced Representations: circular convolution with random, or with unitary, roles."""

from collections.abc import Iterable

import numpy as np
from scipy import fft

from vsaviz.schemes.base import Memo, Native, as_atom, as_role
from vsaviz.schemes.complexes import as_complex, as_pairs
from vsaviz.schemes.keyed import Floats, Symbol
from vsaviz.schemes.vector_roles import VectorRoleScheme


class Hrr(VectorRoleScheme):
    """Holographic Reduced Representations.

    ======================  =====================================================================
    vectors                 real; atoms and roles have entries from N(0, 1/D)
    bind(r, x)              r ⊛ x, circular convolution: (r ⊛ x)_i = Σ_j r_j x_(i−j)
    unbind(r, y)            r* ⊛ y with r*_i = r_(−i), circular correlation; returns the filler with
                            cosine 2^(−m/2) after m steps
    bundle                  weighted sum
    permute                 cyclic shift of the components (it passes through convolution)
    similarity              cosine
    properties              commutative, associative, not self-inverse, not exactly invertible, not
                            isometric
    cost, memory            O(D log D) a bind, 4 D bytes a role
    ======================  =====================================================================

    Source: T. A. Plate, *Holographic Reduced Representations*, IEEE Trans. Neural Networks 6 (1995).
    """

    name = "hrr"
    title = "circular convolution; unbinding is approximate, and a.b is b.a"
    vectors = "D reals"
    binding = "circular convolution"
    source = "Plate 1995"
    commutative = True
    associative = True
    exact_inverse = False
    isometric = False
    cost = "O(D log D)"
    memory = "4 D bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._spectrum = Memo(lambda role: fft.rfft(self._role_vector(role)), size=4096)

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return Gaussian vectors of length about 1, float32 (n, D)."""
        return self._scaled(self._atoms.normals(map(as_atom, symbols), self.dimensions))

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return Gaussian vectors of length about 1, float32 (n, D)."""
        return self._scaled(self._roles.normals(map(as_role, roles), self.dimensions))

    def _scaled(self, normals: Floats) -> Floats:
        return normals / np.float32(np.sqrt(self.dimensions))

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return the circular convolutions of the rows."""
        return self._inverse(fft.rfft(A) * fft.rfft(B))

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return the circular correlations of the rows of A with those of B."""
        return self._inverse(np.conj(fft.rfft(A)) * fft.rfft(B))

    @property
    def sum_width(self) -> int:
        """The number of columns of ``lift``: spectra, their real and imaginary parts in turn."""
        return 2 * (self.dimensions // 2 + 1)

    @classmethod
    def returned(cls, depth: int) -> float:
        """Return 2^(−depth/2), or 1 where roles are unitary."""
        return 1.0 if cls.exact_inverse else float(2 ** (-depth / 2))

    def lift(self, X: Native) -> Native:
        """Return the spectra of the rows: convolution is there one product for each frequency."""
        return as_pairs(fft.rfft(X))

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return spectra times that of the role."""
        spectra = as_complex(rows)
        return as_pairs(np.multiply(self._spectrum(as_role(role)), spectra, out=spectra))

    def finish(self, total: Native) -> Native:
        """Return the rows of which these are the spectra."""
        rows: Native = fft.irfft(as_complex(total), n=self.dimensions)
        return rows

    def unfold(self, total: Native) -> Native:
        """Return the rows of which these are the spectra: only there are dot products compared."""
        return self.finish(total)

    def _inverse(self, spectra: Native) -> Native:
        rows: Native = fft.irfft(spectra, n=self.dimensions, overwrite_x=True)
        return rows


class HrrUnitary(Hrr):
    """Holographic Reduced Representations whose roles are unitary: exact and isometric.

    As ``hrr``, but each role's spectrum is divided by its magnitudes, so that every frequency is only
    turned: unbinding by correlation is then exact, and lengths and inner products are kept.

    Source: T. A. Plate, *Holographic Reduced Representation* (2003), section 3.6.5.
    """

    name = "hrr-unitary"
    title = "circular convolution with unitary roles: exact, but a.b is b.a"
    source = "Plate 2003"
    exact_inverse = True
    isometric = True

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return vectors whose spectra have magnitude 1 at every frequency, float32 (n, D)."""
        spectra = fft.rfft(super().role_vectors(roles))
        return self._inverse(spectra / np.abs(spectra))
