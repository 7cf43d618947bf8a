"""A first question and a first change, taken from the documents: an empty form teaches nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vsaviz.features.paths import ITEM, Path
from vsaviz.jsontext import one_line, scalar
from vsaviz.labels import column
from vsaviz.search.asking import CHOICE, Askable
from vsaviz.search.compose import Valued, composed

KINDS = {"text": 2, "enumeration": 2, "number": 9}
"""One field of each is asked for, and how many values it must have to tell documents apart."""

LONGEST = 60
"""Letters of a text that is asked for; of a longer one the first words."""
WORDS = 3


def first_question(documents: Sequence[Any], fields: Mapping[Path, Askable]) -> list[Valued]:
    """Return values of up to three fields, of different kinds, that one document has."""
    chosen = [path for kind, n in KINDS.items() for path in _of_kind(fields, kind, n)] or list(fields)[:1]
    columns = [column(documents, path) for path in chosen]
    having = [sum(values[row] is not None for values in columns) for row in range(len(documents))]
    row = having.index(max(having)) if columns else 0
    values = [(path, of[row]) for path, of in zip(chosen, columns, strict=True) if of[row] is not None]
    return [(path, shortened(value)) for path, value in values]


def _of_kind(fields: Mapping[Path, Askable], kind: str, n: int) -> list[Path]:
    """Return the first field of a kind that has so many values, as a list; better one whose values repeat."""
    found = [field for field in fields.values() if field.kind == kind and len(field.frequent) >= n]
    return [field.path for field in sorted(found, key=lambda field: not field.repeated)[:1]]


def first_change(document: Any, fields: Mapping[Path, Askable]) -> list[Valued]:
    """Return another value of a field of few values that a document has outside arrays, if there is one."""
    for path, field in fields.items():
        (now,) = column([document], path)
        if ITEM not in path and now is not None and field.control(now) == CHOICE:
            other = _first_other(field.frequent, now)
            if other is not None:
                return [(path, other)]
    return []


def example_filters(fields: Mapping[Path, Askable]) -> tuple[str, str]:
    """Return a predicate and a piece of JSON that filter these documents, to show how they are written."""
    numbers, choices = (_of_kind(fields, kind, KINDS[kind]) for kind in ("number", "enumeration"))
    where = without = ""
    for path in numbers:
        where = f"{fields[path].name} >= {scalar(fields[path].frequent[0])}"
    for path in choices:
        without = one_line(composed([(path, fields[path].frequent[0])]))
    return where, without


def _first_other(values: Iterable[Any], now: Any) -> Any:
    return next((value for value in values if value is not None and value != now), None)


def shortened(value: Any) -> Any:
    """Return a value, of a long text its first words.

    >>> shortened("one two three four " * 10), shortened(5)
    ('one two three', 5)
    """
    if not isinstance(value, str) or len(value) <= LONGEST:
        return value
    return " ".join(value.split()[:WORDS])[:LONGEST]
