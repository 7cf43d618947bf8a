"""Booleans written as text."""

from collections.abc import Sequence
from typing import Any

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Values, Writing

PAIRS = (("true", "false"), ("yes", "no"), ("on", "off"), ("y", "n"), ("t", "f"))
MOST_SPELLINGS = 16
"""Different texts of one pair, such as true, True and TRUE."""

_MEANING = {text: pair.index(text) == 0 for pair in PAIRS for text in pair}


class Switch(Kind):
    """Booleans as text, both in one field: "true" and "False", "Yes" and "no"."""

    name = "boolean as text"
    fewest = 2

    def read(self, value: str) -> bool | None:
        """Return whether the text says yes."""
        return _MEANING.get(value.casefold().strip()) if len(value) <= 8 else None

    def reason(self, found: Values) -> str:
        """Return the pair of which all texts are, however they are written."""
        if len(found.values) > MOST_SPELLINGS:
            return ""
        texts = {value.casefold().strip() for value in found.values}
        return next((f"all values are {yes} or {no}" for yes, no in PAIRS if texts == {yes, no}), "")

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return one atom for yes and one for no."""
        return Triplets.one_each([to.atoms.index(("switch", "yes" if on else "no")) for on in readings])
