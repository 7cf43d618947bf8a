"""A difference between two groups as numbers: how large, and how sure."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Z = float(ndtri(0.975))
"""So many standard deviations on both sides hold 95 %."""


@dataclass(frozen=True)
class Effects:
    """How an inner group differs from an outer one in n things; each an array (n,)."""

    inside: Floats
    outside: Floats
    effect: Floats
    """Cliff's delta: P(inside > outside) − P(inside < outside), from −1 to 1."""
    low: Floats
    high: Floats
    """The ends of its 95 % interval."""
    p: Floats
    """How probable a difference at least so large is where there is none, two-sided."""
    n_inside: Ints
    n_outside: Ints
    """How many documents were compared."""

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Return the effects of all parts, one behind the other."""
        names = [each.name for each in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
