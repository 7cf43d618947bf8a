"""Where in a file the documents lie."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vsaviz.errors import InputError
from vsaviz.ingest.parsing import Parsed

NAMED_AT_MOST = 10


@dataclass(frozen=True)
class RecordPath:
    """A place where the documents may lie.

    ``pointer`` is a JSON Pointer (RFC 6901), "" for the whole; ``n`` the number of documents;
    ``objects`` whether they are the items of an array, one or more, and all of them objects.
    """

    pointer: str
    n: int
    objects: bool


def record_paths(parsed: Parsed) -> list[RecordPath]:
    """Return where the documents may lie, the likeliest first; "" is always among them.

    The likeliest is the largest array of objects, then the whole, then other arrays.

    >>> from vsaviz.ingest.parsing import parse
    >>> record_paths(parse(b'{"status": 200, "data": {"items": [{}, {}]}, "tags": ["a"]}'))
    [RecordPath(pointer='/data/items', n=2, objects=True),
     RecordPath(pointer='', n=1, objects=False),
     RecordPath(pointer='/tags', n=1, objects=False)]
    """
    paths = [
        RecordPath(pointer, len(items), _is_array_of_objects(parsed, pointer, items))
        for pointer, items in _candidates(parsed)
    ]
    return sorted(paths, key=lambda path: -path.n if path.objects else 0)


def records(parsed: Parsed, pointer: str | None = None) -> list[Any]:
    """Return the documents at ``pointer``, by default at the likeliest of ``record_paths``.

    Raises
    ------
    InputError
        If ``pointer`` is not among ``record_paths``.
    """
    if pointer is None:
        pointer = record_paths(parsed)[0].pointer
    candidates = dict(_candidates(parsed))
    try:
        return candidates[pointer]
    except KeyError:
        known = ", ".join(repr(path.pointer) for path in record_paths(parsed)[:NAMED_AT_MOST])
        raise InputError(f"{parsed.name}: no documents at {pointer!r}; known: {known}") from None


def _candidates(parsed: Parsed) -> Iterator[tuple[str, list[Any]]]:
    """Yield (pointer, documents): the whole, then arrays in nested objects, shallowest first."""
    yield "", parsed.top if isinstance(parsed.top, list) else [parsed.top]
    queue = deque([("", parsed.top)])
    while queue:
        parent, value = queue.popleft()
        if not isinstance(value, dict):
            continue
        for key, child in value.items():
            pointer = f"{parent}/{key.replace('~', '~0').replace('/', '~1')}"
            if isinstance(child, list):
                yield pointer, child
            elif isinstance(child, dict):
                queue.append((pointer, child))


def _is_array_of_objects(parsed: Parsed, pointer: str, items: list[Any]) -> bool:
    is_array = pointer != "" or isinstance(parsed.top, list)
    return is_array and bool(items) and all(isinstance(item, dict) for item in items)
