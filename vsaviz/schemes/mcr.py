"""Modular Composite Representations: small integers, bound by a sum modulo m."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.base import Memo, Native, as_atom, as_role
from vsaviz.schemes.keyed import Floats, Keyed, Symbol
from vsaviz.schemes.vector_roles import VectorRoleScheme

MODULUS = 16
"""m; a power of 2, so that half a turn is a change of sign."""
HALF = MODULUS // 2
BORDER = 1e-9
"""Sums this near to the border of two integers, in steps, lie on it: their coefficients are whole."""


class Mcr(VectorRoleScheme):
    """Modular Composite Representations with m = 16.

    ======================  =====================================================================
    vectors                 D integers from 0 to 15, read as angles 2π x / 16; atoms and roles are random
    bind(r, x)              (r + x) mod 16
    unbind(r, y)            (y − r) mod 16, exact
    bundle                  the integer nearest to the angle of the weighted sum of phasors; ties, and
                            sums of 0, go by keyed numbers
    permute                 cyclic shift of the components
    similarity              mean cosine of the differences of angles
    properties              commutative, associative, not self-inverse, exactly invertible, isometric, not
                            linear
    cost, memory            O(D) a bind, D bytes a role
    ======================  =====================================================================

    It is FHRR with angles rounded to 16 steps. The authors compare vectors by the distance round the circle;
    the cosine orders single components in the same way and is a dot product, which neighbours need.

    Sums are exact: a sum of phasors e^(2πi x/16) is kept as its 8 whole coefficients (e^(πi) = −1 makes the
    other 8), so that any machine rounds it to the same integer.

    Source: J. Snaider and S. Franklin, *Modular Composite Representation* (2014).
    """

    name = "mcr"
    title = "integers modulo 16 added: FHRR in a byte a component, a.b is b.a"
    vectors = "D integers mod 16"
    binding = "sum mod 16"
    source = "Snaider and Franklin 2014"
    commutative = True
    associative = True
    exact_inverse = True
    isometric = True
    linear = False
    whole = True
    drawn = "phases"
    cost = "O(D)"
    memory = "D bytes"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._shift = Memo(self._shifted, size=256)

    @property
    def width(self) -> int:
        """The number of columns of ``embed``: two for each integer."""
        return 2 * self.dimensions

    @property
    def sum_width(self) -> int:
        """The number of columns of ``lift``: eight for each integer."""
        return HALF * self.dimensions

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return random integers, uint8 (n, D)."""
        return self._drawn(self._atoms, map(as_atom, symbols))

    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return random integers, uint8 (n, D)."""
        return self._drawn(self._roles, map(as_role, roles))

    def _drawn(self, keyed: Keyed, symbols: Iterable[Symbol]) -> Native:
        return keyed.bytes(symbols, self.dimensions) % np.uint8(MODULUS)

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return (A + B) mod m."""
        bound: Native = (A + B) % np.uint8(MODULUS)
        return bound

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return (B − A) mod m."""
        unbound: Native = (B + (np.uint8(MODULUS) - A)) % np.uint8(MODULUS)
        return unbound

    def lift(self, X: Native) -> Native:
        """Return each integer as 8 coefficients: ±1 at its own place, float32 (n, 8 D)."""
        rows = np.zeros((*X.shape, HALF), dtype=np.float32)
        sign = np.where(X < HALF, np.float32(1), np.float32(-1))
        np.put_along_axis(rows, (X % HALF).astype(np.int64)[..., None], sign[..., None], axis=-1)
        return rows.reshape(*X.shape[:-1], self.sum_width)

    def _shifted(self, role: Symbol) -> tuple[NDArray[np.int64], Floats]:
        """Return the order of coefficients, and their signs, that a turn by the role's integers gives."""
        before = (np.arange(HALF) - self._role_vector(role)[:, None].astype(np.int64)) % MODULUS
        order = before % HALF + np.arange(self.dimensions)[:, None] * HALF
        return order.ravel(), np.where(before < HALF, np.float32(1), np.float32(-1)).ravel()

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return the rows' phasors turned by the role's integers."""
        order, signs = self._shift(as_role(role))
        turned = rows.take(order, axis=-1)
        return np.multiply(turned, signs, out=turned)

    def finish(self, total: Native) -> Native:
        """Return the integers nearest to the angles of the sums, uint8 (n, D)."""
        coefficients = total.reshape(len(total), self.dimensions, HALF).astype(np.float64)
        real, imaginary = np.zeros(coefficients.shape[:2]), np.zeros(coefficients.shape[:2])
        for step in range(HALF):  # in a fixed order, so that every machine adds alike
            real += coefficients[..., step] * np.cos(2 * np.pi * step / MODULUS)
            imaginary += coefficients[..., step] * np.sin(2 * np.pi * step / MODULUS)
        angle = np.arctan2(imaginary, real) * (MODULUS / (2 * np.pi))
        low = np.floor(angle)
        upwards = self._ties.signs([("up",)], self.dimensions)[0] > 0
        over = angle - low - 0.5
        nearest = low + np.where(np.abs(over) < BORDER, upwards, over > 0)
        nothing = np.hypot(real, imaginary) < BORDER * np.abs(coefficients).sum(axis=-1)
        drawn = self._drawn(self._ties, [("integer",)])
        empty = nothing | ~coefficients.any(axis=-1)
        return np.where(empty, drawn, nearest % MODULUS).astype(np.uint8)

    def embed(self, native: Native) -> Floats:
        """Return cosines and sines in turn, float32 (n, 2 D), each row of length 1."""
        integers = np.atleast_2d(native).astype(np.int64)
        return _POINTS[integers].reshape(len(integers), self.width) * np.float32(self.dimensions**-0.5)

    def unfold(self, total: Native) -> Native:
        """Return real and imaginary parts of the sums of phasors, (n, 2 D)."""
        coefficients = total.reshape(len(total), self.dimensions, HALF)
        return (coefficients @ _POINTS[:HALF].astype(total.dtype)).reshape(len(total), self.width)

    def native(self, rows: Floats) -> Native:
        """Return the integers of cosines and sines, uint8 (n, D)."""
        return (np.rint(self.components(rows) * MODULUS) % MODULUS).astype(np.uint8)

    def components(self, rows: Floats) -> Floats:
        """Return the angles in turns, from 0 to 1, (n, D)."""
        return (np.arctan2(rows[:, 1::2], rows[:, ::2]) / (2 * np.pi) % 1).astype(np.float32)


_TURNS = 2 * np.pi * np.arange(MODULUS) / MODULUS
_POINTS = np.stack([np.cos(_TURNS), np.sin(_TURNS)], axis=-1).astype(np.float32)
