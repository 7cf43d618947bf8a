"""Documents as columns: one for each field, with its value in each document."""

from collections.abc import Iterator, Sequence
from typing import Any

from vsaviz.exports.cells import cell
from vsaviz.exports.json_lines import json_bytes
from vsaviz.features.paths import ARRAY, ITEM, Path, field_names, key


def flattened(documents: Sequence[Any]) -> tuple[list[str], list[dict[int, str]]]:
    r"""Return the names of all fields, in the order they are met, and each document's cells by field.

    A text stands as it is; numbers, true, false, null, {} and [] as JSON. Of a field within arrays the cell
    is a JSON array of all that a document has there.

    >>> flattened([{"a": "x", "b": [1, "y"]}, {"a": None}])
    (['a', 'b[]'], [{0: 'x', 1: '[1, "y"]'}, {0: 'null'}])
    """
    numbers: dict[Path, int] = {}
    rows = []
    for document in documents:
        found: dict[Path, list[Any]] = {}
        for path, value in _leaves(document):
            found.setdefault(path, []).append(value)
        rows.append({numbers.setdefault(path, len(numbers)): _cell(path, own) for path, own in found.items()})
    return field_names(list(numbers)), rows


def _leaves(document: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the leaves of a document in their order; the stack is our own, however deep it is."""
    stack: list[tuple[Path, Any]] = [((), document)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict) and value:
            stack += [((*path, key(name)), below) for name, below in reversed(value.items())]
        elif isinstance(value, list) and value:
            stack += [((*path, ARRAY, ITEM), below) for below in reversed(value)]
        else:
            yield path, value


def _cell(path: Path, values: list[Any]) -> str:
    if ITEM in path:
        return _text(values)
    (value,) = values
    return cell(value) if isinstance(value, str) else _text(value)


def _text(value: Any) -> str:
    return json_bytes(value).decode()
