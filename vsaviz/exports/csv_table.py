"""CSV: what spreadsheets open, and cannot take for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from vsaviz.exports.cells import cell
from vsaviz.exports.flattened import flattened
from vsaviz.exports.tables import Column, Documents, Table, neighbors_table
from vsaviz.schemes.keyed import Floats


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV in UTF-8, documents by their fields; half of a surrogate pair as an escape.

    The columns that are not the documents' own have names with a space, which no field is printed with.
    """
    heads: list[str] = []
    parts: list[list[list[str]]] = []
    of_documents = any(isinstance(column, Documents) for column in table.columns.values())
    for name, column in table.columns.items():
        head, cells = _columns(f"document {name}" if of_documents and name == "id" else name, column)
        heads += head
        parts.append(cells)
    lines = (list(chain.from_iterable(row)) for row in zip(*parts, strict=True))
    return _written(heads, lines).encode("utf-8", "backslashreplace")


def neighbors_csv(vectors: Floats, ids: Sequence[str], k: int) -> str:
    """Return the k nearest others of every document: document, rank, neighbour, cosine."""
    return csv_bytes(neighbors_table(vectors, ids, k)).decode()


def _written(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    out = csv.writer(buffer)
    out.writerow(map(cell, head))
    out.writerows(lines)
    return buffer.getvalue()


def _columns(name: str, column: Column) -> tuple[list[str], list[list[str]]]:
    """Return the heads and, line by line, the cells of a column."""
    if isinstance(column, Documents):
        names, rows = flattened(column.values)
        return names, [[row.get(i, "") for i in range(len(names))] for row in rows]
    if not isinstance(column, np.ndarray):
        return [name], [[cell(text)] for text in column]
    if column.ndim == 1:
        return [name], [[text] for text in _numbers(column)]
    return [f"{name} {i}" for i in range(column.shape[1])], list(map(_numbers, column))


def _numbers(row: NDArray[Any]) -> list[str]:
    """Return numbers in as many digits as they need to come back as they are."""
    text = orjson.dumps(np.ascontiguousarray(row), option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].decode()
    return text.split(",") if text else []
