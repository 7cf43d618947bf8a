"""Parquet files in blocks of documents: a column of JSON text, or rows as they are."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from vsaviz import strict_json
from vsaviz.distributed.store import StoredFile
from vsaviz.errors import InputError
from vsaviz.ingest.limits import LIMITS
from vsaviz.streaming.engine import pa, pq
from vsaviz.streaming.lines import DOCUMENTS_AT_ONCE, Block, Place

SCALARS = ("is_null", "is_boolean", "is_integer", "is_floating", "is_string", "is_large_string")
LISTS = ("is_list", "is_large_list", "is_fixed_size_list")


def blocks(file: StoredFile, column: str | None) -> Iterator[Block]:
    """Yield the documents of a file; their offsets are their rows.

    A row is an object of its columns, structs are objects and lists are arrays; what is null is left out, for
    a table cannot tell a missing key from a null.

    Raises
    ------
    InputError
        If it cannot be read, lacks the column, has a column that JSON has nothing for, or text that is not
        JSON.
    """
    try:
        with file.open() as stream, pq.ParquetFile(stream) as table:
            _check(file.name, table.schema_arrow, column)
            n, row = max(1, table.metadata.num_rows), 0
            for batch in table.iter_batches(DOCUMENTS_AT_ONCE, columns=[column] if column else None):
                values = _values(file.name, batch, column, row)
                end = Place(-1, row + len(values), 0)
                offsets = list(range(row, end.row))
                yield Block(file.name, Place(-1, row, 0), end, end.row / n, offsets, values=values)
                row = end.row
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{file.name} cannot be read: {error}") from error


def _check(name: str, schema: Any, column: str | None) -> None:
    if column is None:
        for field in schema:
            _check_type(name, field.name, field.type)
    elif column not in schema.names:
        raise InputError(f"{name} has no column {column!r}; there are: {', '.join(schema.names[:12])}")
    elif not any(getattr(pa.types, kind)(schema.field(column).type) for kind in SCALARS[-2:]):
        raise InputError(f"{name}: column {column!r} must be text, got {schema.field(column).type}")


def _check_type(name: str, column: str, kind: Any) -> None:
    if any(getattr(pa.types, one)(kind) for one in LISTS):
        _check_type(name, f"{column}[]", kind.value_type)
    elif pa.types.is_struct(kind):
        for field in kind:
            _check_type(name, f"{column}.{field.name}", field.type)
    elif pa.types.is_dictionary(kind):
        _check_type(name, column, kind.value_type)
    elif not any(getattr(pa.types, one)(kind) for one in SCALARS):
        raise InputError(f"{name}: column {column!r} has the type {kind}, which JSON lacks; make it text")


def _values(name: str, batch: Any, column: str | None, row: int) -> list[Any]:
    if column is None:
        return [_document(f"{name}, row {at}", one) for at, one in enumerate(batch.to_pylist(), row)]
    return [_parsed(name, at, text) for at, text in enumerate(batch[column].to_pylist(), row)]


def _document(place: str, value: Any) -> Any:
    """Return a value without nulls in objects; InputError if it has a number that JSON lacks."""
    if isinstance(value, dict):
        return {key: _document(place, one) for key, one in value.items() if one is not None}
    if isinstance(value, float) and not isfinite(value):
        raise InputError(f"{place}: JSON has no {value}; make it null, which leaves it out")
    return [_document(place, one) for one in value] if isinstance(value, list) else value


def _parsed(name: str, row: int, text: str | None) -> Any:
    try:
        return strict_json.loads((text or "").encode(), LIMITS.depth)
    except strict_json.TextError as error:
        raise InputError(f"{name}, row {row}, column {error.column} of its text: {error.reason}") from error
