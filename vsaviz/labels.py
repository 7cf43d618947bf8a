"""How documents are named on the screen, and the values of one field to colour them by."""

from collections.abc import Iterator, Sequence
from typing import Any

from vsaviz.features import Field
from vsaviz.features.paths import ARRAY, ITEM, Path
from vsaviz.jsontext import short, visible

TELLING = (3, 90)
"""The shortest and longest average length of strings that tell people which document they see."""

NAME_LETTERS = 20
"""Letters of a typical name or title."""

TEXTS = ("text", "enumeration", "identifier", "long text")
"""The kinds of fields whose values may name a document."""

JUDGED = 2_000
"""Documents, evenly spaced, whose values say how telling a field is."""

Fields = dict[Path, Field]


def column(documents: Sequence[Any], path: Path) -> list[Any]:
    """Return for each document the first value that it has at a field, or None.

    >>> column([{"a": [{"b": 1}, {"b": 2}]}, {}], (("key", "a"), ARRAY, ITEM, ("key", "b")))
    [1, None]
    """
    return [_first(document, path) for document in documents]


def _first(document: Any, path: Path) -> Any:
    """Return the first value at a field, or None. The stack is our own, for what nests deeply."""
    left: list[tuple[Iterator[Any], int]] = [(iter((document,)), 0)]
    while left:
        items, start = left[-1]
        for value in items:
            found, step = _down(value, path, start)
            if step < len(path):
                left.append((iter(found), step + 1))
                break
            if found is not None and not isinstance(found, dict | list):
                return found
        else:
            left.pop()
    return None


def _down(value: Any, path: Path, start: int) -> tuple[Any, int]:
    """Follow a path to its end or to some item of an array: return what is there, and the step."""
    for step in range(start, len(path)):
        role = path[step]
        if role == ITEM:
            return value, step
        if role == ARRAY:
            if not isinstance(value, list):
                return None, len(path)
        elif role[0] == "at":
            value = value[int(role[-1])] if int(role[-1]) < len(value) else None
        elif isinstance(value, dict) and role[-1] in value:
            value = value[role[-1]]
        else:
            return None, len(path)
    return value, len(path)


def document_ids(documents: Sequence[Any], fields: Fields) -> list[str]:
    """Return a short name for each document: its identifier where all have a different one, else its row."""
    top = [path for path, field in fields.items() if len(path) == 1 and field.distinct >= len(documents)]
    top.sort(key=lambda path: fields[path].kind != "identifier")
    for path in top:
        values = column(documents, path)
        texts = [
            visible(short(value)) if isinstance(value, str | int) and value != "" else "" for value in values
        ]
        named_so = fields[path].kind == "identifier" or str(path[0][-1]).lower() in (
            "id",
            "_id",
            "key",
            "name",
        )
        if named_so and all(0 < len(text) <= 40 for text in texts) and len(set(texts)) == len(texts):
            return texts
    return [f"#{row}" for row in range(len(documents))]


def titles(documents: Sequence[Any], fields: Fields) -> list[str]:
    """Return for each document one telling line: its value in the most telling field of strings, or ""."""
    return titles_at(documents, title_path(documents, fields))


def titles_at(documents: Sequence[Any], path: Path | None) -> list[str]:
    """Return for each document its text at a field, as a line; "" where there is none."""
    values = [None] * len(documents) if path is None else column(documents, path)
    return [visible(value) if isinstance(value, str) else "" for value in values]


def title_path(documents: Sequence[Any], fields: Fields, n: int | None = None) -> Path | None:
    """Return the most telling field of strings, None if none is telling.

    ``n`` is how many documents the fields were counted in, where those are not these.
    """
    best: tuple[tuple[bool, int, float], Path] | None = None
    judged = documents[:: -(-len(documents) // JUDGED) or 1]
    for path, field in fields.items():
        names = [role for role in path if role[0] == "key"]
        if field.kind not in TEXTS or len(names) > 2 or field.documents < 0.8 * (n or len(documents)):
            continue
        values = [value for value in column(judged, path) if isinstance(value, str)]
        if not _is_telling(values, len(judged)):
            continue
        rank = (len(set(values)) > len(judged) / 2, -len(names), -abs(_letters(values) - NAME_LETTERS))
        if best is None or rank > best[0]:
            best = rank, path
    return None if best is None else best[1]


def _is_telling(values: Sequence[str], n: int) -> bool:
    """Whether strings are short, varied, mostly letters, and no links."""
    if len(set(values)) < max(2, n / 20):
        return False
    average = sum(map(len, values)) / len(values)
    links = sum("://" in value for value in values)
    spoken = _letters(values) > average / 2 and links < len(values) / 2
    return TELLING[0] <= average <= TELLING[1] and spoken


def _letters(values: Sequence[str]) -> float:
    return sum(sum(map(str.isalpha, value)) for value in values) / len(values)


def colorable(fields: Fields) -> list[Path]:
    """Return the fields to colour by, the most telling first: few classes, then numbers, then the rest."""
    usable = [path for path, field in fields.items() if field.kind not in ("array", "empty", "null")]

    def rank(path: Path) -> tuple[bool, bool, int]:
        field = fields[path]
        classes = (
            field.kind in ("text", "enumeration", "boolean", "boolean as text") and 2 <= field.distinct <= 20
        )
        return not classes, field.kind != "number", len(path)

    return sorted(usable, key=rank)
