"""A document with some of its fields replaced: "this one, but in another city"."""

from collections.abc import Mapping
from typing import Any

from vsaviz.errors import InputError
from vsaviz.features.paths import ARRAY, ITEM, Path, field_name, field_path
from vsaviz.jsontext import one_line


def edited(document: Any, changes: Mapping[str, Any]) -> Any:
    """Return a copy of a document with other values; the document itself stays as it is.

    ``changes`` gives values by paths as they are printed. ``tags[]`` changes every item, ``tags[0]`` the
    first. A key that is not there is added.

    Raises
    ------
    InputError
        If a path is wrong, or leads through what is no object or array.

    >>> edited({"name": "Ann", "home": {"city": "Lyon"}}, {"home.city": "Paris"})
    {'name': 'Ann', 'home': {'city': 'Paris'}}
    """
    for name, value in changes.items():
        document = _replaced(document, field_path(name), 0, value)
    return document


def pieces(changes: Mapping[str, Any]) -> list[Any]:
    """Return each change as a piece of JSON with nothing else in it.

    >>> pieces({"home.city": "Paris", "tags[]": "new"})
    [{'home': {'city': 'Paris'}}, {'tags': ['new']}]
    """
    return [piece(field_path(name), value) for name, value in changes.items()]


def piece(path: Path, value: Any) -> Any:
    """Return the piece of JSON that has a value at a path, and nothing else; arrays have one item.

    >>> piece(field_path("tags[].name"), "red")
    {'tags': [{'name': 'red'}]}
    """
    for role in reversed(path):
        if role[0] == "key":
            value = {role[-1]: value}
        elif role != ARRAY:
            value = [value]
    return value


def _replaced(document: Any, path: Path, step: int, value: Any) -> Any:
    """Return the value at a step of the path with what lies at its end replaced."""
    if step == len(path):
        return value
    role = path[step]
    if role == ARRAY:
        return _replaced_items(document, path, step + 1, value)
    if not isinstance(document, dict):
        raise _wrong(path, step, "object", document)
    name = role[-1]
    missing: Any = None if path[step + 1 : step + 2] == (ARRAY,) else {}
    return {**document, name: _replaced(document.get(name, missing), path, step + 1, value)}


def _replaced_items(items: Any, path: Path, step: int, value: Any) -> list[Any]:
    role = path[step]
    if not isinstance(items, list):
        raise _wrong(path, step - 1, "array", items)
    if role != ITEM and int(role[-1]) >= len(items):
        raise InputError(
            f"but: {field_name(path[: step + 1])} is not there, the array has {len(items)} items; name one"
        )
    return [
        _replaced(item, path, step + 1, value) if role == ITEM or i == role[-1] else item
        for i, item in enumerate(items)
    ]


def _wrong(path: Path, step: int, kind: str, found: Any) -> InputError:
    place = field_name(path[:step])
    return InputError(
        f"but: {field_name(path)} needs an {kind} at {place}, found {one_line(found, 40)}; "
        f"replace {place} as a whole"
    )
