"""Long text: words count by the root of their number, and trigrams not at all."""

from collections.abc import Sequence
from typing import Any

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Values, Writing
from vsaviz.features.strings import Split

LONG = 12
"""Words that the texts of a field have on average."""


class Prose(Kind):
    """Texts of a sentence and more."""

    name = "long text"
    spoken = True

    def read(self, value: str) -> str:
        """Return the text."""
        return value

    def reason(self, found: Values) -> str:
        """Return how long the texts are."""
        spaces = sum(
            (value.count(" ") + 1) * int(n) for value, n in zip(found.values, found.counts, strict=True)
        )
        words = spaces / found.occurrences
        return f"{words:.0f} words on average (at least {LONG})" if words >= LONG else ""

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return the words."""
        if isinstance(to.plain, Split):
            return to.plain.for_long()(readings, to.atoms)
        return to.plainly(readings)
