"""How documents are named on the screen, and the values of one field to colour them by."""

from collections.abc import Sequence
from typing import Any

from vsaviz.features import Field
from vsaviz.features.paths import ARRAY, ITEM, Path

TELLING = (3, 90)
"""The shortest and longest average length of strings that tell people which document they see."""

Fields = dict[Path, Field]


def column(documents: Sequence[Any], path: Path) -> list[Any]:
    """Return for each document the first value that it has at a field, or None.

    >>> column([{"a": [{"b": 1}, {"b": 2}]}, {}], (("key", "a"), ARRAY, ITEM, ("key", "b")))
    [1, None]
    """
    return [_first(document, path) for document in documents]


def _first(value: Any, path: Path) -> Any:
    for step, role in enumerate(path):
        if role == ARRAY:
            if not isinstance(value, list):
                return None
        elif role == ITEM:
            found = (_first(item, path[step + 1 :]) for item in value)
            return next((item for item in found if item is not None), None)
        elif isinstance(value, dict) and role[-1] in value:
            value = value[role[-1]]
        else:
            return None
    return None if isinstance(value, dict | list) else value


def document_ids(documents: Sequence[Any], fields: Fields) -> list[str]:
    """Return a short name for each document: its identifier where all have a different one, else its row."""
    top = [path for path, field in fields.items() if len(path) == 1 and field.distinct >= len(documents)]
    top.sort(key=lambda path: fields[path].kind != "identifier")
    for path in top:
        values = column(documents, path)
        texts = [str(value) if isinstance(value, str | int) and value != "" else "" for value in values]
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
    """Return for each document one telling line: its most varied short string, or ""."""
    candidates = []
    for path, field in fields.items():
        if len(path) > 2 or field.kind != "string" or field.documents < 0.8 * len(documents):
            continue
        values = [value for value in column(documents, path) if isinstance(value, str)]
        average = sum(map(len, values)) / max(1, len(values))
        links = sum("://" in value for value in values)
        if TELLING[0] <= average <= TELLING[1] and links < len(values) / 2:
            letters = sum(sum(map(str.isalpha, value)) for value in values) / len(values)
            candidates.append((len(set(values)) > len(documents) / 2, -len(path), letters, path))
    if not candidates:
        return [""] * len(documents)
    return [str(value or "") for value in column(documents, max(candidates)[-1])]


def colorable(fields: Fields) -> list[Path]:
    """Return the fields to colour by, the most telling first: few classes, then numbers, then the rest."""
    usable = [path for path, field in fields.items() if field.kind not in ("array", "empty", "null")]

    def rank(path: Path) -> tuple[bool, bool, int]:
        field = fields[path]
        classes = field.kind in ("string", "boolean") and 2 <= field.distinct <= 20
        return not classes, field.kind != "number", len(path)

    return sorted(usable, key=rank)
