"""Enumerations: a few values that return again and again."""

from collections.abc import Sequence
from typing import Any

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Values, Writing, mixed

OFTEN = 10
"""How often each value must occur on average."""
MOST = 100
WHOLE_SHARE = 0.4
"""What the value as a whole has of the squared norm; its words have the rest."""


class Choice(Kind):
    """One of a few values, such as a state or a category."""

    name = "enumeration"
    spoken = True
    fewest = 2

    def read(self, value: str) -> str:
        """Return the text."""
        return value

    def reason(self, found: Values) -> str:
        """Return how few the values are, and how often they occur."""
        n = len(found.values)
        if n > MOST or found.occurrences < OFTEN * n:
            return ""
        return f"{n:,} values in {found.occurrences:,} places (at least {OFTEN} places a value)"

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return an atom for the whole, and the words."""
        whole = Triplets.one_each(to.atoms.named("choice", readings))
        return mixed([(1 - WHOLE_SHARE, to.plainly(readings)), (WHOLE_SHARE, whole)], len(readings))
