"""What can be taken away: vectors with their settings, and neighbours as a table."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from vsaviz.neighbors import own_neighbors
from vsaviz.schemes.keyed import Floats

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def vectors_npz(vectors: Floats, ids: Sequence[str], settings: Mapping[str, Any]) -> bytes:
    """Return a NumPy archive of ``vectors``, ``ids`` and ``settings`` (JSON text), free of pickles."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        vectors=vectors,
        ids=np.array(ids, dtype=np.str_),
        settings=np.array(json.dumps(settings, sort_keys=True)),
    )
    return buffer.getvalue()


def neighbors_csv(vectors: Floats, ids: Sequence[str], k: int) -> str:
    """Return the k nearest others of every document: document, rank, neighbour, cosine."""
    rows, similarities = own_neighbors(vectors, k)
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(["document", "rank", "neighbor", "cosine"])
    for row, (neighbors, cosines) in enumerate(zip(rows, similarities, strict=True)):
        for rank, (neighbor, cosine) in enumerate(zip(neighbors, cosines, strict=True), start=1):
            table.writerow([cell(ids[row]), rank, cell(ids[neighbor]), f"{cosine:.6f}"])
    return buffer.getvalue()


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    >>> cell("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
