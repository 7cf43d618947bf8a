"""Names of documents that are met one block at a time: whether all differ cannot be known."""

from collections.abc import Mapping, Sequence
from typing import Any

from vsaviz.features import Field
from vsaviz.features.paths import Path
from vsaviz.jsontext import short
from vsaviz.labels import column

LONGEST = 40
NAMES = ("id", "_id", "key", "name")
DISTINCT = 0.9
"""The share of a field's values that must differ in what was learnt from."""


def naming_path(fields: Mapping[Path, Field], n_documents: int) -> Path | None:
    """Return the field that names documents, an identifier or one called so, or None."""
    told = [
        path
        for path, field in fields.items()
        if len(path) == 1
        and field.distinct >= DISTINCT * n_documents
        and (field.kind == "identifier" or str(path[0][-1]).lower() in NAMES)
    ]
    return min(told, key=lambda path: fields[path].kind != "identifier", default=None)


def names(documents: Sequence[Any], path: Path | None, others: Sequence[str]) -> list[str]:
    """Return a short name for each document: its value at the path, else the one of ``others``.

    >>> names([{"id": "a"}, {}, {"id": 7}], (("key", "id"),), ["#0", "#1", "#2"])
    ['a', '#1', '7']
    """
    values = column(documents, path) if path else [None] * len(documents)
    texts = [short(value) if isinstance(value, str | int) and value != "" else "" for value in values]
    pairs = zip(texts, others, strict=True)
    return [text if 0 < len(text) <= LONGEST else other for text, other in pairs]
