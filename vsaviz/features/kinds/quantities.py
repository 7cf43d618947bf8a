"""Numbers written as text, with or without a unit: near ones are near."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Writing, mixed
from vsaviz.features.scales import Scale, fit_scale, on_scale

UNIT_SHARE = 0.2
"""What the unit, or that there is none, has of the squared norm: "1" is near 1 but not the same."""

_QUANTITY = re.compile(
    r"[<>≤≥~≈]?\s?(?P<money>[$€£¥]?)\s?"
    r"(?P<number>[-+−]?(?:(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{0,17})?|\.\d{1,17})(?:[eE][-+]?\d{1,2})?)"
    r"\s?(?P<unit>[%‰°$€£¥]|[a-zA-Zµ°Ω]{1,4}(?:/[a-zA-Z]{1,4})?[²³]?)?",
    re.ASCII,
)


class Quantity(Kind):
    """Numbers as text: "12.5", "1,200", "$8", "40 mg"."""

    name = "number as text"
    fewest = 8

    def read(self, value: str) -> tuple[float, str] | None:
        """Return the number and its unit. What begins with a useless 0 is a code."""
        match = _QUANTITY.fullmatch(value) if len(value) <= 40 else None
        if match is None:
            return None
        number = float(match["number"].replace(",", "").replace("−", "-"))
        return number, (match["money"] or match["unit"] or "").casefold()

    def place(self, reading: Any) -> float:
        """Return the number, whatever its unit."""
        return float(reading[0])

    def scales(self, readings: Sequence[Any], counts: NDArray[np.int64]) -> tuple[Scale, ...]:
        """Return the scale of the numbers."""
        return (fit_scale([number for number, _ in readings], counts),)

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return the knots beside each number, and its unit."""
        units = Triplets.one_each([to.atoms.index(("unit", unit)) for _, unit in readings])
        line = on_scale([number for number, _ in readings], to.scales[0], to.atoms, self.name)
        return mixed([(1 - UNIT_SHARE, line), (UNIT_SHARE, units)], len(readings))
