"""Fourier Holographic Reduced Representations: phasors, bound by adding their angles."""

from collections.abc import Iterable

import numpy as np

from vsaviz.schemes.base import Native, as_atom, as_role
from vsaviz.schemes.complexes import as_complex, as_pairs
from vsaviz.schemes.keyed import Floats, Symbol
from vsaviz.schemes.vector_roles import VectorRoleScheme


class Fhrr(VectorRoleScheme):
    """Fourier Holographic Reduced Representations.

    ======================  =====================================================================
    vectors                 D complex numbers of size 1; atoms and roles have random angles
    bind(r, x)              r ∘ x: angles are added
    unbind(r, y)            conj(r) ∘ y: angles are subtracted, exact
    bundle                  angle of the weighted sum: z / |z| for each component; where a sum is 0, a
                            keyed phasor
    permute                 cyclic shift of the components
    similarity              mean cosine of the differences of angles
    properties              commutative, associative, not self-inverse, exactly invertible, isometric,
                            not linear
    cost, memory            O(D) a bind, 8 D bytes a role
    ======================  =====================================================================

    It is HRR in the frequency domain, where a convolution is one product for each frequency, with roles of
    which every frequency has size 1. Rows for neighbours have their real and imaginary parts side by side.

    Source: T. A. Plate, *Holographic Reduced Representation* (2003), chapter 4.
    """

    name = "fhrr"
    title = "angles added: exact and fast, but a.b is b.a"
    vectors = "D unit phasors"
    binding = "angles added"
    source = "Plate 2003"
    commutative = True
    associative = True
    exact_inverse = True
    isometric = True
    linear = False
    drawn = "phases"
    cost = "O(D)"
    memory = "8 D bytes"

    @property
    def width(self) -> int:
        """The number of columns of ``embed``: two for each phasor."""
        return 2 * self.dimensions

    @property
    def sum_width(self) -> int:
        """The number of columns of ``lift``: two for each phasor."""
        return 2 * self.dimensions

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return random phasors, complex64 (n, D)."""
        return self._atoms.phasors(map(as_atom, symbols), self.dimensions)

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return random phasors, complex64 (n, D)."""
        return self._roles.phasors(map(as_role, roles), self.dimensions)

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return A ∘ B."""
        bound: Native = A * B
        return bound

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return conj(A) ∘ B."""
        unbound: Native = np.conj(A) * B
        return unbound

    def lift(self, X: Native) -> Native:
        """Return real and imaginary parts in turn, (n, 2 D)."""
        return as_pairs(X)

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return the rows' phasors times those of the role."""
        phasors = as_complex(rows)
        return as_pairs(np.multiply(phasors, self._role_vector(as_role(role)), out=phasors))

    def finish(self, total: Native) -> Native:
        """Return the angles of the sums, as phasors."""
        sums = as_complex(total)
        sizes = np.abs(sums)
        ties = self._ties.phasors([("phasor",)], self.dimensions)
        return np.where(sizes > 0, sums / np.where(sizes > 0, sizes, 1), ties).astype(np.complex64)

    def embed(self, native: Native) -> Floats:
        """Return real and imaginary parts in turn, float32 (n, 2 D), each row of length 1."""
        return super().embed(as_pairs(np.atleast_2d(native)))

    def native(self, rows: Floats) -> Native:
        """Return pairs as complex numbers, phasors again for an atom or a bundle, (n, D)."""
        return as_complex(rows * np.float32(self.dimensions**0.5))

    def components(self, rows: Floats) -> Floats:
        """Return the angles in turns, from 0 to 1, (n, D)."""
        return (np.angle(as_complex(rows)) / (2 * np.pi) % 1).astype(np.float32)


class FhrrSum(Fhrr):
    """Fourier Holographic Reduced Representations whose bundles stay sums.

    As ``fhrr``, but sums keep the sizes of their components: linear, nearer to the exact kernel, and
    no longer phasors.

    Source: T. A. Plate, *Holographic Reduced Representation* (2003), chapter 4.
    """

    name = "fhrr-sum"
    title = "angles added, sums left as they are: nearer to the exact similarity"
    vectors = "D complex numbers"
    linear = True

    def finish(self, total: Native) -> Native:
        """Return the sums as complex numbers, (n, D)."""
        return as_complex(total)
