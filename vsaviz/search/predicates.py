"""One predicate on a path, such as ``age >= 45``: how it is read, and which documents it keeps."""

import operator
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from vsaviz import strict_json
from vsaviz.errors import InputError
from vsaviz.features.paths import ARRAY, ITEM, Path, field_path
from vsaviz.ingest import LIMITS
from vsaviz.search.holding import equal

Test = Callable[[Any], bool]

_STEP = r'\["(?:[^"\\]|\\.)*"\]|\[[0-9]*\]'
_OPERATORS = r"exists$|(?<=\s)in(?=[\s\[])|==|!=|<=|>=|=|<|>|~"
_PREDICATES = [
    re.compile(
        rf"(?:(?P<negated>not)\s+)?(?P<path>(?:{_STEP}|{key})+){space}(?P<operator>{_OPERATORS})\s*(?P<value>.*)",
        re.DOTALL,
    )
    # A key may hold an operator's signs; then there is a space before the operator.
    for key, space in ((r'[^\s\[\]"]', r"\s+"), (r'[^\s\[\]"=!<>~]', r"\s*"))
]
CURE = 'write PATH = VALUE (or !=, <, <=, >, >=, ~, in), or PATH exists, such as: city = "Paris"'


@dataclass(frozen=True)
class Predicate:
    """What a predicate says: some value at a path passes a test, or with ``negated`` none does."""

    text: str
    path: Path
    operator: str
    given: Any
    """The JSON value behind the operator; None for ``exists``."""
    test: Test
    negated: bool

    def keeps(self, document: Any) -> bool:
        """Return whether a document is kept."""
        return any(map(self.test, values_at(document, self.path))) != self.negated


def read_predicate(text: str) -> Predicate:
    """Return what a predicate says, part by part.

    >>> read = read_predicate('not tags[] = "red"')
    >>> read.operator, read.given, read.negated
    ('=', 'red', True)

    Raises
    ------
    InputError
        If it is none; the message says why, and how to write it.
    """
    text = text.strip()
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _PREDICATES)), None)
    if found is None:
        raise InputError(f"where: {text!r} is no predicate; {CURE}")
    try:
        path = field_path(found["path"])
    except InputError as error:
        raise InputError(f"where: {error}") from None
    sign, literal = found["operator"], found["value"]
    given = None if sign == "exists" else _value(text, literal)
    test = _test(text, sign, given, literal)
    return Predicate(text, path, sign, given, test, bool(found["negated"]))


def values_at(document: Any, path: Path, step: int = 0) -> Iterator[Any]:
    """Yield the values that a document has at a path, objects and arrays too; ``[]`` is every item.

    >>> list(values_at({"a": [{"b": 1}, {"b": [2]}, 3]}, field_path("a[].b")))
    [1, [2]]
    """
    value = document
    for i in range(step, len(path)):
        role = path[i]
        if role == ITEM:
            for item in value:
                yield from values_at(item, path, i + 1)
            return
        if role == ARRAY:
            if not isinstance(value, list):
                return
        elif role[0] == "at":
            if int(role[-1]) >= len(value):
                return
            value = value[int(role[-1])]
        elif isinstance(value, dict) and role[-1] in value:
            value = value[role[-1]]
        else:
            return
    yield value


@dataclass(frozen=True)
class _Compared:
    """Whether a value of the same kind, number or text, is before or behind the given one."""

    compare: Callable[[Any, Any], bool]
    given: Any

    def __call__(self, value: Any) -> bool:
        return _order(value) == _order(self.given) and self.compare(value, self.given)


def _order(value: Any) -> str | None:
    """Return on which of JSON's two lines a value lies, if on any."""
    if isinstance(value, str):
        return "text"
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else None


_ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def _test(text: str, sign: str, given: Any, literal: str) -> Test:
    """Return what an operator and a JSON value ask of a value."""
    if sign == "exists":
        return lambda _: True
    if sign in _ORDERS:
        if _order(given) is None:
            raise InputError(f"where: {text!r}: only numbers and texts have an order; ask with = or !=")
        return _Compared(_ORDERS[sign], given)
    if sign == "~":
        if not isinstance(given, str):
            raise InputError(f'where: {text!r}: ~ looks for a text; write it in quotes: ~ "{literal}"')
        folded = _folded(given)
        return lambda value: isinstance(value, str) and folded in _folded(value)
    if sign == "in":
        if not isinstance(given, list):
            raise InputError(f"where: {text!r}: in looks among several values; write in [{literal}]")
        return lambda value: any(equal(value, one) for one in given)
    if sign == "!=":
        return lambda value: not equal(value, given)
    return lambda value: equal(value, given)


def _value(text: str, literal: str) -> Any:
    try:
        return strict_json.loads(literal.encode(), LIMITS.depth)
    except strict_json.TextError as error:
        wrong = literal or "nothing"
        raise InputError(
            f"where: {text!r}: the value must be JSON, got {wrong}: {error.reason}; "
            "texts stand in double quotes"
        ) from None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
