"""One thing that sets a group of documents apart, and how it is said."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vsaviz.jsontext import scalar


@dataclass(frozen=True)
class Difference:
    """One thing in which a group of documents differs from the others."""

    field: str
    """The field's name, such as ``orders[].sku``: of some item of the array."""
    kind: str
    """"value" (the field has it), "word" (a text of the field has it), "presence" (of the field), or "level"
    (of its numbers or times)."""
    value: Any
    """The JSON value, or the word; None for presence and level (and for null, a value)."""
    inside: float
    """The share of the group's documents, 0 to 1; the median of a level, of times in seconds since 1970."""
    outside: float
    effect: float
    """Cliff's delta, from −1 to 1: the difference of shares; for levels P(inside > outside) − P(inside <
    outside), over documents that have the field."""
    low: float
    high: float
    """The ends of the effect's 95 % interval."""
    p: float
    """How probable it is by chance, two-sided, with regard to all that was tried (Benjamini–Hochberg)."""
    compared: tuple[int, int] = (0, 0)
    """How many documents were compared on both sides: for a level those that have the field, else all."""
    dated: bool = False
    """Whether the level is one of times."""
    also: tuple[str, ...] = ()
    """Other fields of which exactly the same documents have something: they say no more."""

    @property
    def label(self) -> str:
        """What differs: ``tags[] = "x"``, ``note has "fever"``, ``address is there``, or just ``price``."""
        match self.kind:
            case "value":
                shown = "{}" if self.value == {} else "[]" if self.value == [] else scalar(self.value)
                return f"{self.field} = {shown}"
            case "word":
                return f"{self.field} has {scalar(self.value)}"
            case "presence":
                return f"{self.field} is there"
            case _:
                return self.field

    @property
    def told(self) -> str:
        """Both sides: ``62 % against 4 %``, ``120 against 35.5``, ``1990-02-03 against 1975-11-30``."""
        return f"{self._side(self.inside)} against {self._side(self.outside)}"

    def _side(self, level: float) -> str:
        if self.kind != "level":
            return f"{level:.0%}".replace("%", " %")
        if self.dated:
            moment = datetime.fromtimestamp(level, UTC).replace(tzinfo=None)
            return moment.isoformat(" ", "minutes").removesuffix(" 00:00")
        return _number(level)


def _number(number: float) -> str:
    if 1000 <= abs(number) < 1e15 and number.is_integer():
        return f"{number:,.0f}" if abs(number) >= 10_000 else f"{number:.0f}"  # 1985 may be a year
    return f"{number:.4g}"
