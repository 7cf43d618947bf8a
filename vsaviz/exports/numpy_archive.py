"""NumPy archives: arrays by name, free of pickles."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.exports.json_lines import json_lines
from vsaviz.exports.tables import DOCUMENT, ID, Documents, Table, documents_table
from vsaviz.schemes.keyed import Floats


def npz_bytes(table: Table) -> bytes:
    """Return a table as a NumPy archive: an array for each column, and ``settings`` as JSON text.

    Documents are the bytes of JSON Lines, for ``read_json(archive["documents"].tobytes())``: as an array of
    texts all would take as much as the longest.
    """
    buffer = io.BytesIO()
    columns = {f"{name}s": column for name, column in table.columns.items()}
    arrays = {name: _array(column) for name, column in columns.items()}
    settings = np.array(json.dumps(table.settings, sort_keys=True))
    np.savez(buffer, allow_pickle=False, settings=settings, **arrays)
    return buffer.getvalue()


def vectors_npz(vectors: Floats, ids: Sequence[str], settings: Mapping[str, Any]) -> bytes:
    """Return a NumPy archive of ``vectors``, ``ids`` and ``settings`` (JSON text), free of pickles."""
    return npz_bytes(documents_table(ids, vectors=vectors, settings=settings))


def _array(column: Any) -> NDArray[Any]:
    if isinstance(column, Documents):
        lines = json_lines(Table({ID: [""] * len(column.values), DOCUMENT: column}))
        return np.frombuffer(lines, np.uint8)
    return column if isinstance(column, np.ndarray) else np.array(column, dtype=np.str_)
