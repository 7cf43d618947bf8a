"""Places written as two numbers in one text: near places are near."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Writing, mixed
from vsaviz.features.scales import Scale, fit_scale, on_scale

AXES = ("first", "second")
_NUMBER = r"([-+]?\d{1,3}(?:\.\d{1,12})?)"
_PAIR = re.compile(rf"(?:POINT ?)?\(?{_NUMBER}(?:\s?[,;]\s?|\s){_NUMBER}\)?", re.ASCII)


class Coordinates(Kind):
    """Places as text: "51.5, -0.12" or "POINT(4.9 52.4)"."""

    name = "coordinates"
    fewest = 8

    def read(self, value: str) -> tuple[float, float] | None:
        """Return both numbers; at least one has decimals."""
        match = _PAIR.fullmatch(value) if len(value) <= 60 and "." in value else None
        return (float(match[1]), float(match[2])) if match else None

    def scales(self, readings: Sequence[Any], counts: NDArray[np.int64]) -> tuple[Scale, ...]:
        """Return a scale for each of the two."""
        return tuple(fit_scale(axis, counts) for axis in zip(*readings, strict=True))

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return the knots beside each number, half of the squared norm each."""
        axes = zip(AXES, zip(*readings, strict=True), to.scales, strict=True) if readings else ()
        parts = [(0.5, on_scale(axis, scale, to.atoms, f"{self.name} {name}")) for name, axis, scale in axes]
        return mixed(parts, len(readings))
