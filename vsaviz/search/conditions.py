"""Conditions on fields, as people set them with sliders and boxes; each is written as predicates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vsaviz.errors import InputError
from vsaviz.features.paths import field_name
from vsaviz.jsontext import scalar
from vsaviz.search.predicates import Predicate, read_predicate

AMONG, NOT_AMONG, BETWEEN, CONTAINS, LACKS, HAS, HAS_NOT, WRITTEN = (
    "is one of",
    "is none of",
    "is between",
    "contains",
    "does not contain",
    "is there",
    "is not there",
    "as written",
)


@dataclass(frozen=True)
class Condition:
    """What one field must be."""

    name: str
    """The field, as it is printed."""
    way: str
    """A name in ``WAYS``."""
    given: tuple[Any, ...] = ()
    """The values; of ``BETWEEN`` two, None where a side is open; of ``WRITTEN`` the predicate."""

    @property
    def predicates(self) -> tuple[str, ...]:
        """The predicates that say the same: none where nothing is asked yet."""
        return tuple(WAYS[self.way](self.name, self.given))

    @property
    def text(self) -> str:
        """The condition as people read it.

        >>> Condition("age", BETWEEN, (45, None)).text, Condition("age", AMONG).text
        ('age >= 45', 'age: any')
        """
        return " and ".join(self.predicates) or f"{self.name}: any"


def _among(name: str, given: tuple[Any, ...]) -> list[str]:
    values = ", ".join(map(scalar, given))
    return [f"{name} in [{values}]" if len(given) > 1 else f"{name} = {values}"] * bool(given)


def _between(name: str, given: tuple[Any, ...]) -> list[str]:
    sides = zip((">=", "<="), given, strict=False)
    return [f"{name} {sign} {scalar(side)}" for sign, side in sides if side is not None]


def _contains(name: str, given: tuple[Any, ...]) -> list[str]:
    return [f"{name} ~ {scalar(text)}" for text in given if text]


def _not(write: Callable[[str, tuple[Any, ...]], list[str]]) -> Callable[[str, tuple[Any, ...]], list[str]]:
    return lambda name, given: [f"not {predicate}" for predicate in write(name, given)]


def _has(name: str, given: tuple[Any, ...]) -> list[str]:  # noqa: ARG001 - all ways take the same
    return [f"{name} exists"]


WAYS: dict[str, Callable[[str, tuple[Any, ...]], list[str]]] = {
    AMONG: _among,
    NOT_AMONG: _not(_among),
    BETWEEN: _between,
    CONTAINS: _contains,
    LACKS: _not(_contains),
    HAS: _has,
    HAS_NOT: _not(_has),
    WRITTEN: lambda _, given: [text for text in given if text],
}


def read_conditions(predicates: Sequence[str]) -> list[Condition]:
    """Return the conditions that predicates say; those that no control can show stay as they are written.

    >>> read_conditions(['age >= 45', 'age <= 60', 'city in ["Paris", "Bern"]', 'a != 1'])
    [Condition(name='age', way='is between', given=(45, 60)),
     Condition(name='city', way='is one of', given=('Paris', 'Bern')),
     Condition(name='a', way='as written', given=('a != 1',))]

    Raises
    ------
    InputError
        If one is no predicate; the message says why.
    """
    found: list[Condition] = []
    for one in map(read_predicate, predicates):
        condition = _read(one)
        before = found[-1] if found else None
        if before is not None and _are_a_span(before, condition):
            found[-1] = Condition(before.name, BETWEEN, (before.given[0], condition.given[1]))
        else:
            found.append(condition)
    return found


def _are_a_span(low: Condition, high: Condition) -> bool:
    """Whether two conditions are the ends of one range: both numbers, or both texts."""
    same = low.way == high.way == BETWEEN and low.name == high.name
    return (
        same
        and low.given[1] is None
        and high.given[0] is None
        and isinstance(low.given[0], str) == isinstance(high.given[1], str)
    )


def _read(one: Predicate) -> Condition:
    name = field_name(one.path)
    for way, given in _readings(one):
        condition = Condition(name, way, given)
        if _same(condition.predicates, one):
            return condition
    return Condition(name, WRITTEN, (one.text,))


def _readings(one: Predicate) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the ways in which a predicate may have been set, with what was given."""
    match one.operator:
        case "exists":
            return [(HAS_NOT if one.negated else HAS, ())]
        case "~":
            return [(LACKS if one.negated else CONTAINS, (one.given,))]
        case "=" | "==" | "in":
            values = one.given if one.operator == "in" else [one.given]
            scalars = not any(isinstance(value, dict | list) for value in values)
            return [(NOT_AMONG if one.negated else AMONG, tuple(values))] * scalars
        case ">=":
            return [(BETWEEN, (one.given, None))]
        case "<=":
            return [(BETWEEN, (None, one.given))]
    return []


def _same(written: Sequence[str], one: Predicate) -> bool:
    """Whether what a condition writes says what the predicate says."""
    if len(written) != 1:
        return False
    try:
        other = read_predicate(written[0])
    except InputError:
        return False
    same_sign = {one.operator, other.operator} <= {"=", "==", "in"} or one.operator == other.operator
    return same_sign and (one.path, one.negated) == (other.path, other.negated)
