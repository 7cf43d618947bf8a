"""Exact filters: what ``where`` asks of documents, as predicates on paths or as a JSON Schema."""

import operator
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from vsaviz import strict_json
from vsaviz.errors import InputError
from vsaviz.features.paths import ARRAY, ITEM, Path, collapsed, field_path
from vsaviz.ingest import LIMITS
from vsaviz.search.filters import Filter
from vsaviz.search.holding import equal
from vsaviz.search.schemas import schema_filter

Test = Callable[[Any], bool]

_STEP = r'\["(?:[^"\\]|\\.)*"\]|\[[0-9]*\]'
_OPERATORS = r"exists$|==|!=|<=|>=|=|<|>|~"
_PREDICATES = [
    re.compile(
        rf"(?:(?P<negated>not)\s+)?(?P<path>(?:{_STEP}|{key})+){space}(?P<operator>{_OPERATORS})\s*(?P<value>.*)",
        re.DOTALL,
    )
    # A key may hold an operator's signs; then there is a space before the operator.
    for key, space in ((r'[^\s\[\]"]', r"\s+"), (r'[^\s\[\]"=!<>~]', r"\s*"))
]
_CURE = 'write PATH = VALUE (or !=, <, <=, >, >=, ~), or PATH exists, such as: city = "Paris"'


def where_filters(where: Any) -> list[Filter]:
    """Return the filters that ``where`` asks for: all of them must keep a document.

    It is a predicate, a JSON Schema (a dict), a list of both, or None. A predicate is one of

    - ``age >= 45``, with ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` and a JSON value: some value at the path
      compares so. Numbers compare with numbers, texts with texts by their characters, as ISO dates do;
      1 equals 1.0 and is not true.
    - ``name ~ "smith"``: some text at the path contains this, whatever the case.
    - ``email exists``: there is something at the path, if only null.
    - any of them with ``not`` before it.

    A path is written as fields are printed: ``orders[].sku`` for some item, ``orders[0].sku`` for the first.

    Raises
    ------
    InputError
        If a predicate or schema is wrong; the message says where, why, and how to write it.
    ImportError
        If there is a schema, and the extra ``vsaviz[search]`` is not installed.
    """
    asked = where if isinstance(where, list | tuple) else [] if where is None else [where]
    return [_filter(one) for one in asked]


def _filter(asked: Any) -> Filter:
    if isinstance(asked, str):
        return predicate(asked)
    if isinstance(asked, dict):
        return schema_filter(asked)
    raise InputError(f"where: {asked!r} is neither a predicate nor a JSON Schema; {_CURE}")


def predicate(text: str) -> Filter:
    """Return the filter that a predicate describes, as ``where_filters`` explains."""
    text = text.strip()
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _PREDICATES)), None)
    if found is None:
        raise InputError(f"where: {text!r} is no predicate; {_CURE}")
    try:
        path = field_path(found["path"])
    except InputError as error:
        raise InputError(f"where: {error}") from None
    test = _test(text, found["operator"], found["value"])
    negated = bool(found["negated"])

    def keeps(document: Any) -> bool:
        return any(map(test, values_at(document, path))) != negated

    return Filter(text, keeps, (collapsed(path),))


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


def _test(text: str, sign: str, literal: str) -> Test:
    """Return what an operator and a JSON value ask of a value."""
    if sign == "exists":
        return lambda _: True
    given = _value(text, literal)
    if sign in _ORDERS:
        if _order(given) is None:
            raise InputError(f"where: {text!r}: only numbers and texts have an order; ask with = or !=")
        return _Compared(_ORDERS[sign], given)
    if sign == "~":
        if not isinstance(given, str):
            raise InputError(f'where: {text!r}: ~ looks for a text; write it in quotes: ~ "{literal}"')
        return lambda value: isinstance(value, str) and _folded(given) in _folded(value)
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
