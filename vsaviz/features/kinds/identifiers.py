"""Identifiers, hashes and row numbers: they name a document and say little of it."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import MOSTLY, Kind, Values, Writing, mixed
from vsaviz.features.kinds.plain import Number

LITTLE = 0.1
CODE = 0.5
FEWEST = 50
"""A field of fewer values is never taken for one of identifiers."""

SHAPES = {
    "UUID": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
    "hash": re.compile(r"[0-9a-f]{16,128}", re.IGNORECASE),
    # Letters and digits in one piece or a few; digits alone could be dates, times or quantities.
    "code": re.compile(r"(?=\S*[0-9])(?=\S*[a-z])[a-z0-9]{1,32}([-_:#/][a-z0-9]{1,32}){0,4}", re.IGNORECASE),
}
_NOT_A_CODE = re.compile(
    r"\d{4}-\d\d(-\d\d)?(T.*)?|\d+(st|nd|rd|th|px|cm|mm|kg|mg|ml|g|m|s|h|d|w|y|x)", re.IGNORECASE
)
_RUNS = (re.compile(r"[0-9]+"), re.compile(r"[a-z]+"), re.compile(r"[A-Z]+"))
_BETWEEN = "\0"
FORM_SHARE = 0.5
"""What the form of an identifier has of its squared norm: of two kinds in one field, like goes with like."""


class Identifier(Kind):
    """UUIDs and hashes, nearly all different."""

    name = "identifier"
    weight = LITTLE
    fewest = FEWEST
    shapes: ClassVar = {name: SHAPES[name] for name in ("UUID", "hash")}

    def read(self, value: str) -> str:
        """Return the text."""
        return value

    def reason(self, found: Values) -> str:
        """Return the shape that nearly all have, if nearly all differ."""
        n = len(found.values)
        if n < MOSTLY * found.occurrences:
            return ""
        for shape, pattern in self.shapes.items():
            if sum(map(bool, map(pattern.fullmatch, found.values))) >= MOSTLY * n:
                other = sum(map(bool, map(_NOT_A_CODE.fullmatch, found.values)))
                if other > (1 - MOSTLY) * n:
                    return ""
                return f"{_distinct(found)}, {shape} shape"
        return ""

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return an atom for the text and one for its form: parts of a hash say nothing."""
        whole = Triplets.one_each(to.atoms.named("text", readings))
        form = Triplets.one_each(to.atoms.named("form", _forms(readings)))
        return mixed([(1 - FORM_SHARE, whole), (FORM_SHARE, form)], len(readings))


def _forms(texts: Sequence[str]) -> list[str]:
    """Return the texts with their runs of digits and letters made 9, a and A.

    >>> _forms(["ORD-00413", "x1"])
    ['A-9', 'a9']
    """
    joined = _BETWEEN.join(texts)
    if joined.count(_BETWEEN) != len(texts) - 1:  # none, or one that has it itself
        return [_form(text) for text in texts]
    return _form(joined).split(_BETWEEN)


def _form(text: str) -> str:
    for pattern, sign in zip(_RUNS, "9aA", strict=True):
        text = pattern.sub(sign, text)
    return text


class Code(Identifier):
    """Codes such as "P03105" or "ORD-00413": their parts often say where they belong."""

    name = "code"
    weight = CODE
    shapes: ClassVar = {"code": SHAPES["code"]}

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return half the words and trigrams, half the form."""
        form = Triplets.one_each(to.atoms.named("form", _forms(readings)))
        return mixed([(1 - FORM_SHARE, to.plainly(readings)), (FORM_SHARE, form)], len(readings))


class RowNumber(Number):
    """Whole numbers that count the documents."""

    name = "row number"
    weight = LITTLE
    fewest = FEWEST

    def reason(self, found: Values) -> str:
        """Return that the numbers count from 0 or 1, nearly without gaps, each once."""
        n = len(found.values)
        if n < MOSTLY * found.occurrences or not all(map(_whole, found.values)):
            return ""
        low, high = min(found.values), max(found.values)
        if low not in (0, 1) or high - low >= n / MOSTLY:
            return ""
        return f"{_distinct(found)}, whole numbers from {low:g} to {high:,.0f} with few gaps"


def _distinct(found: Values) -> str:
    return f"{len(found.values):,} of {found.occurrences:,} values distinct (at least {MOSTLY:.0%})".replace(
        "%", " %"
    )


def _whole(value: float) -> bool:
    return isinstance(value, int) or value.is_integer()
