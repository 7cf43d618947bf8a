"""What is told and what is left out, so that a list does not say the same thing twice."""

from dataclasses import dataclass, field
from typing import Any

from vsaviz.features.constants import EMPTY_ARRAY, EMPTY_OBJECT, FALSE, NULL, TRUE
from vsaviz.features.paths import Path, field_name
from vsaviz.groups.leaf_traits import Trait, holding
from vsaviz.groups.traits import Traits

JSON: dict[Any, Any] = {NULL: None, TRUE: True, FALSE: False, EMPTY_ARRAY: [], EMPTY_OBJECT: {}}
KINDS = ("value", "presence", "word", "level")
"""Of what the same documents have, the first of these tells the most."""

NEARLY = 0.9
"""Two sets that have so much of their union in common are nearly the same."""


@dataclass(frozen=True)
class Statement:
    """What could be told: a trait of a set of documents, or the level of a field."""

    trait: Trait
    number: int
    """Its place among all effects: that of its set, or behind all sets."""
    dated: bool = False
    also: tuple[str, ...] = ()
    """Other fields of which the same documents have a trait."""

    @property
    def order(self) -> tuple[Any, ...]:
        """What comes first is more telling: few keys, then the kind; names only decide."""
        depth = sum(role[0] == "key" for role in self.trait.field)
        return depth, KINDS.index(self.trait.kind), self.name, repr(self.trait.value)

    @property
    def name(self) -> str:
        """The field's name."""
        return field_name(self.trait.field)

    @property
    def value(self) -> Any:
        """The trait's value as JSON."""
        value = self.trait.value
        return JSON[value] if isinstance(value, tuple) else value


def of_set(traits: Traits, one: int) -> Statement:
    """Return the most telling trait of a set of documents."""
    first, *others = sorted((Statement(trait, one) for trait in traits.of(one)), key=lambda s: s.order)
    also = dict.fromkeys(other.name for other in others if other.name != first.name)
    return Statement(first.trait, one, also=tuple(also))


@dataclass
class Told:
    """What has been told."""

    traits: Traits
    marks: set[int] = field(default_factory=set)
    """Those of all sets told."""
    sets: dict[Path, list[int]] = field(default_factory=dict)
    """The sets told of each field."""
    numbers: dict[Path, str] = field(default_factory=dict)
    """Whether a field's numbers were told as values or as a level."""
    present: list[Path] = field(default_factory=list)

    def takes(self, statement: Statement) -> bool:
        """Return whether a statement is new, and remember it."""
        path, kind, value = statement.trait
        if kind == "level":
            # Times are never values too.
            return statement.dated or self.numbers.setdefault(path, kind) == kind
        if kind == "presence" and any(_within(path, one) or _within(one, path) for one in self.present):
            return False
        if self._is_known(statement.number, path):
            return False
        if kind == "value" and isinstance(value, int | float) and self.numbers.setdefault(path, kind) != kind:
            return False
        self.marks.add(int(self.traits.marks[statement.number]))
        self.sets.setdefault(path, []).append(statement.number)
        if kind == "presence":
            self.present.append(path)
        return True

    def _is_known(self, one: int, path: Path) -> bool:
        """Whether all others that have the field were told, or nearly the same documents of this field.

        Where a field is null or {}, it has no keys: their presence says the same, so it counts too.
        """
        if any(self.traits.others_with(one, field) in self.marks for field in holding(path)):
            return True
        return any(self.traits.common(one, other) >= NEARLY for other in self.sets.get(path, ()))


def _within(path: Path, other: Path) -> bool:
    return path[: len(other)] == other
