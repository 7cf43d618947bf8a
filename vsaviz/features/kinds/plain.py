"""The kinds of what is nothing in particular: text and numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Values, Writing
from vsaviz.features.numbers import as_float
from vsaviz.features.scales import Scale, fit_scale, on_scale


class Text(Kind):
    """Any string: its words and their trigrams."""

    name = "text"
    spoken = True

    def read(self, value: str) -> str:
        """Return the string."""
        return value

    def reason(self, found: Values) -> str:  # noqa: ARG002
        """Return no more than the name: every field of strings can be text."""
        return self.name

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return the strings as they are."""
        return to.plainly(readings)


class Number(Kind):
    """Any number: a place on its field's scale."""

    name = "number"

    def read(self, value: float) -> float:
        """Return the number."""
        return value

    def place(self, reading: Any) -> float:
        """Return the number."""
        return as_float(reading)

    def reason(self, found: Values) -> str:  # noqa: ARG002
        """Return no more than the name: every field of numbers can be numbers."""
        return self.name

    def scales(self, readings: Sequence[Any], counts: NDArray[np.int64]) -> tuple[Scale, ...]:
        """Return the scale of the numbers."""
        return (fit_scale([as_float(value) for value in readings], counts),)

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return the knots beside each number."""
        if len(to.scales[0].fine) == 1:
            return to.plainly(readings)
        return on_scale([as_float(value) for value in readings], to.scales[0], to.atoms)
