"""The fields of a collection that can be asked for: their frequent values, ranges, and how one is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features import Vocabulary
from vsaviz.features.constants import as_json
from vsaviz.features.paths import Path

FREQUENT = 100
"""Values of a field that are offered."""
FEW = 12
"""Texts of a field that are all offered, if they repeat."""
SAFE = 2**53 - 1
"""The largest number that a browser takes for an integer as it is."""
DECIMALS = 6

CHOICE, NUMBER, TEXT = "choice", "number", "text"
"""How a value is entered: one of the frequent ones, a number within the range, or any text."""

_CHOSEN = ("enumeration", "boolean", "boolean as text")
_VALUELESS = ("array", "empty", "null")


@dataclass(frozen=True)
class Askable:
    """A field that can be asked for."""

    path: Path
    name: str
    kind: str
    share: float
    """Of the documents that have it."""
    frequent: list[Any]
    """Its values, the most frequent first."""
    repeated: bool
    """Whether documents share some value."""
    span: tuple[float, float] | None
    """Its least and its largest number, if it has any and a browser can show them."""
    decimals: int
    """Of its numbers, 0 if all are whole."""

    def control(self, value: Any) -> str:
        """Return how this value is entered: a value of another kind than the field's can be chosen only."""
        if self.kind in _CHOSEN or value is None or isinstance(value, bool):
            return CHOICE
        if isinstance(value, str):
            return CHOICE if self.repeated and len(self.frequent) <= FEW else TEXT
        return NUMBER if self.span and abs(value) <= SAFE else CHOICE

    def choices(self, value: Any) -> list[Any]:
        """Return the values to choose from, this one among them."""
        same = [one for one in self.frequent if type(one) is type(value) and one == value]
        return self.frequent if same else [value, *self.frequent]


def askable_fields(vocabulary: Vocabulary) -> dict[Path, Askable]:
    """Return the fields that hold values, those of the most documents first."""
    fields = sorted(vocabulary.fields.items(), key=lambda item: -item[1].documents)
    found = {}
    for path, field in fields:
        kept = vocabulary.kept[path]
        frequent = _frequent(kept.values, kept.counts)
        if field.kind in _VALUELESS or kept.atoms or not frequent:
            continue
        numbers = [value for value in kept.values if isinstance(value, int | float)]
        found[path] = Askable(
            path=path,
            name=field.name,
            kind=field.kind,
            share=field.documents / vocabulary.n_documents,
            frequent=frequent,
            repeated=bool(kept.counts.max() > 1),
            span=_span(numbers),
            decimals=_decimals(numbers),
        )
    return found


def _frequent(leaves: Sequence[Any], counts: NDArray[np.int64]) -> list[Any]:
    order = np.argsort(-counts, kind="stable").tolist()
    values = (as_json(leaves[row]) for row in order[: 2 * FREQUENT])
    return [value for value in values if not isinstance(value, tuple | dict | list)][:FREQUENT]


def _span(numbers: Sequence[float]) -> tuple[float, float] | None:
    if not numbers or max(map(abs, numbers)) > SAFE:
        return None
    return min(numbers), max(numbers)


def _decimals(numbers: Sequence[float]) -> int:
    """Return how many decimals show these numbers; 0 for whole ones, at least 1 for others."""
    fractions = [repr(number).partition(".")[2] for number in numbers if isinstance(number, float)]
    return min(
        DECIMALS, max((len(digits) if digits.isdigit() else DECIMALS for digits in fractions), default=0)
    )
