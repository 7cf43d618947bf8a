"""Version numbers: the more of their beginning is equal, the nearer they are."""

import re
from collections.abc import Sequence
from typing import Any

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Values, Writing

_VERSION = re.compile(
    r"\s?(?P<range>[v=^~<>!]{0,2})\s?(?P<parts>\d{1,9}(?:\.(?:\d{1,9}|[x*])){0,3})(?P<rest>[-+._]?[0-9A-Za-z][0-9A-Za-z.+_-]{0,40})?"
)
LONGER = 1.3
"""Each longer beginning weighs so much less than the one before."""


class Version(Kind):
    """Version numbers: "1.12.0", "^5.0.0-rc.1"."""

    name = "version"
    fewest = 3

    def read(self, value: str) -> tuple[str, ...] | None:
        """Return the version's beginnings, shortest first; the last is the whole text."""
        match = _VERSION.fullmatch(value) if len(value) <= 60 else None
        if match is None:
            return None
        parts = match["parts"].split(".")
        return (*(".".join(parts[: n + 1]) for n in range(len(parts))), f"whole {value.strip()}")

    def reason(self, found: Values) -> str:
        """At least half must have two dots: others may be plain numbers."""
        dotted = sum(value.count(".") >= 2 for value in found.values)
        return super().reason(found) if 2 * dotted >= len(found.values) else ""

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return one atom for each beginning."""
        rows, found, weights = [], [], []
        for row, beginnings in enumerate(readings):
            sizes = [LONGER**-n for n in range(len(beginnings))]
            length = sum(size**2 for size in sizes) ** 0.5
            rows += [row] * len(beginnings)
            found += [to.atoms.index(("version", beginning)) for beginning in beginnings]
            weights += [size / length for size in sizes]
        return Triplets.of(rows, found, weights)
