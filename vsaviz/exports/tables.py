"""Tables of what is taken away: columns by name, each of texts, numbers, vectors or whole documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vsaviz.neighbors import nearest
from vsaviz.schemes.keyed import Floats

ID, DOCUMENT, VECTOR = "id", "document", "vector"


@dataclass(frozen=True)
class Documents:
    """A column of whole documents."""

    values: Sequence[Any] = field(repr=False)


Column: TypeAlias = Sequence[str] | NDArray[Any] | Documents


@dataclass(frozen=True)
class Table:
    """Columns of equal length: texts, a number each, a row of float32 each, or documents."""

    columns: Mapping[str, Column] = field(repr=False)
    settings: Mapping[str, Any] = field(default_factory=dict)
    """How the vectors were made; formats that can hold more than a table hold this too."""


def documents_table(
    ids: Sequence[str],
    documents: Sequence[Any] | None = None,
    vectors: Floats | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Table:
    """Return the table of documents, of their vectors, or of both, with the documents' ids.

    Raises
    ------
    ValueError
        If there are not as many of each.
    """
    columns: dict[str, Column] = {ID: list(ids)}
    if documents is not None:
        columns[DOCUMENT] = Documents(documents)
    if vectors is not None:
        columns[VECTOR] = np.asarray(vectors, np.float32)
    for name, given in ((DOCUMENT, documents), (VECTOR, vectors)):
        if given is not None and len(given) != len(ids):
            raise ValueError(f"{len(ids)} ids but {len(given)} {name}s")
    return Table(columns, settings or {})


def neighbors_table(vectors: Floats, ids: Sequence[str], k: int, rows: Sequence[int] | None = None) -> Table:
    """Return the k nearest others of some rows, or of all: document, rank, neighbor, cosine."""
    asked = np.arange(len(vectors)) if rows is None else np.asarray(rows, np.int64)
    k = min(k, max(len(vectors) - 1, 0))
    if k and len(asked):
        found, cosines = nearest(vectors[asked], vectors, k, exclude=asked)
    else:
        k, found, cosines = 0, np.empty((0, 0), np.int64), np.empty((0, 0), np.float32)
    return Table(
        {
            "document": [ids[row] for row in np.repeat(asked, k).tolist()],
            "rank": np.tile(np.arange(1, k + 1), len(asked)),
            "neighbor": [ids[row] for row in found.ravel().tolist()],
            "cosine": cosines.ravel(),
        }
    )
