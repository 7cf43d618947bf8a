"""JSON Lines: one JSON value a line, every value exact."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import orjson

from vsaviz.exports.tables import DOCUMENT, ID, Column, Documents, Table
from vsaviz.jsontext import one_line

HALF_PAIR = re.compile("[\ud800-\udfff]")


def json_lines(table: Table) -> bytes:
    r"""Return a table as JSON Lines, an object a line; of documents alone the documents themselves.

    >>> json_lines(Table({"id": ["a"], "document": Documents([{"n": 10**20}])}))
    b'{"n": 100000000000000000000}\n'
    """
    columns = dict(table.columns)
    if set(columns) == {ID, DOCUMENT}:
        return _joined(_texts(columns[DOCUMENT]))
    names = [json_bytes(name) + b": " for name in columns]
    rows = zip(*map(_texts, columns.values()), strict=True)
    return _joined(
        b"{" + b", ".join(name + value for name, value in zip(names, row, strict=True)) + b"}" for row in rows
    )


def _joined(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _texts(column: Column) -> Iterator[bytes]:
    if isinstance(column, np.ndarray):
        # Floats of 32 bits in as many digits as they need to come back as they are.
        return (orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY) for value in column)
    return map(json_bytes, column.values if isinstance(column, Documents) else column)


def json_bytes(value: Any) -> bytes:
    """Return a JSON value in UTF-8, in one line: integers of any length, half surrogate pairs as escapes."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):  # more digits than Python prints, or a stack that is deep already
        text = one_line(value, longest=1 << 62)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return HALF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()
