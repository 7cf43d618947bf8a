"""The approximate index: vectors in cells and as bits propose rows, whose exact vectors decide.

``IVF_RQ`` (RaBitQ): the vectors are dealt into cells by k-means, and each is kept as one bit a dimension. A
query looks into the nearest cells, and the best rows there are scored again by their exact vectors.
"""

import time
from dataclasses import dataclass

import numpy as np

from vsaviz.collection.engine import lancedb
from vsaviz.collection.exact import Scored, first
from vsaviz.collection.flat import Flat
from vsaviz.collection.table import Table
from vsaviz.errors import InputError
from vsaviz.schemes.keyed import Floats

CELL = 2048
"""Vectors in a cell, on average."""
FEWEST = 256
"""Vectors that an index needs."""
PROBES, EACH = 10, 5
"""Cells that a query looks into, and rows that are scored exactly for each that is asked for."""


@dataclass(frozen=True)
class Built:
    """What building an index took."""

    documents: int
    seconds: float
    bytes: int


def build(table: Table) -> Built:
    """Build the index of a table anew.

    Raises
    ------
    InputError
        If there are too few documents.
    """
    n = len(table)
    if n < FEWEST:
        raise InputError(f"an index needs at least {FEWEST} documents, got {n}; so few are searched exactly")
    begun = time.perf_counter()
    table.index(lancedb.index.IvfRq(distance_type="dot", num_partitions=max(1, n // CELL)))
    return Built(n, time.perf_counter() - begun, table.index_bytes())


def approximate_nearest(query: Floats, table: Table, k: int, flat: Flat | None = None) -> Scored:
    """Return k rows among the nearest of one vector (width,), with exact similarities; ties by id.

    The exact vectors are those of the flat copy, if it is given. The nearest of all are missed with a
    probability that depends on the vectors; docs/collections.md has what was measured.
    """
    if flat is not None:
        rows = flat.rows(table.proposed(query, EACH * k, PROBES))
        return first(query, flat.ids, flat.vectors, rows, k)
    ids, vectors = table.proposed_rows(query, EACH * k, PROBES)
    return first(query, ids, vectors, np.arange(len(ids)), k)
