"""A piece of JSON from values of fields, and back."""

from collections.abc import Sequence
from typing import Any

from vsaviz.features.paths import ARRAY, Path, at, key
from vsaviz.search.edits import piece

Valued = tuple[Path, Any]
"""A path or field, and a value there."""


def composed(values: Sequence[Valued]) -> Any:
    """Return the piece of JSON that has these values, as few objects as can be; None for no value.

    What lies in an array is one item of it; a second value of the same field begins a second one.

    >>> city, tag = (key("home"), key("city")), (key("tags"), ARRAY, ("item",), key("name"))
    >>> composed([(city, "Lyon"), (tag, "red"), (tag, "new")])
    {'home': {'city': 'Lyon'}, 'tags': [{'name': 'red'}, {'name': 'new'}]}
    """
    if not values:
        return None
    first, *rest = (piece(path, value) for path, value in values)
    whole = first
    for one in rest:
        whole = _merged(whole, one)
    return whole


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        both = {name: _merged(one[name], other[name]) for name in one.keys() & other.keys()}
        return {**one, **other, **both}
    if isinstance(one, list) and isinstance(other, list):
        if _fit(one[-1], other[0]):
            return [*one[:-1], _merged(one[-1], other[0])]
        return one + other
    return other


def _fit(one: Any, other: Any) -> bool:
    """Return whether two items can be one: no value would be lost."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    shared = [(one[name], other[name]) for name in one.keys() & other.keys()]
    return all(_fit(a, b) or (isinstance(a, list) and isinstance(b, list)) for a, b in shared)


def leaves(value: Any, path: Path = ()) -> list[Valued]:
    """Return the values of a piece of JSON with their paths; an empty object or array is a value.

    >>> leaves({"a": [1, {"b": None}]})[1]
    ((('key', 'a'), ('array',), ('at', 1), ('key', 'b')), None)
    """
    found = []
    if isinstance(value, dict) and value:
        for name, below in value.items():
            found += leaves(below, (*path, key(name)))
    elif isinstance(value, list) and value:
        for i, below in enumerate(value):
            found += leaves(below, (*path, ARRAY, at(i)))
    else:
        found.append((path, value))
    return found
