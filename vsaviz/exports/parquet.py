"""Parquet: texts, numbers, and vectors as lists of a fixed size."""

import io
import json
from typing import Any

import numpy as np

from vsaviz.exports.json_lines import json_bytes
from vsaviz.exports.tables import Column, Documents, Table

EXTRA = "Parquet is written with pyarrow: pip install 'vsaviz[app]'"


def parquet_bytes(table: Table) -> bytes:
    """Return a table as Parquet; documents are JSON text, and the settings stand in the file's metadata.

    Raises
    ------
    ImportError
        If pyarrow is not installed; the message names the extra.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError:
        raise ImportError(EXTRA) from None
    columns = {name: _array(pa, column) for name, column in table.columns.items()}
    written = pa.table(columns).replace_schema_metadata(
        {"vsaviz": json.dumps(table.settings, sort_keys=True)}
    )
    buffer = io.BytesIO()
    parquet.write_table(written, buffer, compression="zstd")
    return buffer.getvalue()


def _array(pa: Any, column: Column) -> Any:
    if isinstance(column, Documents):
        return pa.array([json_bytes(one).decode() for one in column.values], pa.large_string())
    if not isinstance(column, np.ndarray):
        return pa.array([text.encode("utf-8", "backslashreplace") for text in column], pa.string())
    if column.ndim == 1:
        return pa.array(column)
    flat = pa.array(np.ascontiguousarray(column).ravel())
    return pa.FixedSizeListArray.from_arrays(flat, column.shape[1])
