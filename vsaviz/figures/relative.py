"""Numbers relative to the least and the largest of them; some values may be no numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.numbers import as_float

SMALLEST, LARGEST = 0.45, 2.95
"""The diameters of the least and the largest, in those of a usual point."""


@dataclass(frozen=True)
class Shares:
    """Where numbers lie between the least, 0, and the largest, 1; what is no number is 0."""

    of: NDArray[np.float64] = field(repr=False)
    low: float
    high: float


def as_numbers(values: Sequence[Any]) -> NDArray[np.float64]:
    """Return values as doubles; what is no number is NaN.

    >>> as_numbers([1, None, True, "2", 2.5]).tolist()
    [1.0, nan, nan, nan, 2.5]
    """
    return np.array([as_float(value) if _is_number(value) else np.nan for value in values], np.float64)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shares(values: Sequence[Any]) -> Shares:
    """Return how far each value is from the least to the largest; both are NaN where there is no number.

    >>> shares([1, 2, None, 5]).of.tolist()
    [0.0, 0.25, 0.0, 1.0]
    """
    numbers = as_numbers(values)
    if np.isnan(numbers).all():
        return Shares(np.zeros(len(numbers)), np.nan, np.nan)
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    span = (high / 2 - low / 2) or 1.0  # halves: the whole may be beyond any double
    return Shares(np.nan_to_num((numbers / 2 - low / 2) / span), low, high)
