"""A flat copy of the vectors, mapped into memory: exact search reads it as fast as memory is.

It is made from the table when it is first needed, and caught up with it when rows have come or gone. It may
be deleted at any time. The file of ids is written last: what it names is whole.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path as File

import numpy as np
from numpy.typing import NDArray

from vsaviz.collection.rows import Ids
from vsaviz.collection.table import Table
from vsaviz.collection.writing import writing
from vsaviz.durable import sync
from vsaviz.schemes.keyed import Floats

NAME = "flat"
VECTORS, IDS = "vectors.f32", "vectors.i64"


@dataclass(frozen=True)
class Flat:
    """Vectors in the order of their ids."""

    ids: Ids
    vectors: Floats
    """(n, width), mapped into memory."""
    alive: NDArray[np.bool_]
    """Which rows are of documents that are still there."""

    def rows(self, ids: Ids) -> NDArray[np.int64]:
        """Return where the rows of ids stand, which must be here."""
        return np.searchsorted(self.ids, ids)

    def among(self, ids: Ids) -> "Flat":
        """Return the same with none but these rows alive."""
        return Flat(self.ids, self.vectors, self.alive & np.isin(self.ids, ids))


def flat_copy(folder: File, table: Table, width: int) -> Flat:
    """Return the flat copy of a table's vectors, made or caught up with it if need be."""
    place = folder / NAME
    place.mkdir(exist_ok=True)
    ids = table.ids()
    with writing(place, wait=3600):
        if not _continues(place, table, ids, width):
            _clear(place)
        kept = _kept(place)
        last = int(kept[-1]) if len(kept) else -1
        if len(ids) and ids[-1] > last:
            _extend(place, table, width, last)
            kept = _kept(place)
    alive = np.isin(kept, ids, assume_unique=True)
    if not len(kept):
        return Flat(kept, np.empty((0, width), np.float32), alive)
    vectors = np.memmap(place / VECTORS, np.float32, "r", shape=(len(kept), width))
    return Flat(kept, vectors, alive)


def flat_there(folder: File, table: Table, width: int) -> Flat | None:
    """Return the flat copy of a table's vectors if it is there and has all of them; nothing is written."""
    place, ids = folder / NAME, table.ids()
    try:
        if not _continues(place, table, ids, width):
            return None
        kept = _kept(place)
        if len(ids) and ids[-1] > kept[-1]:
            return None
        vectors = np.memmap(place / VECTORS, np.float32, "r", shape=(len(kept), width))
    except (OSError, ValueError):  # another process is renewing it
        return None
    return Flat(kept, vectors, np.isin(kept, ids, assume_unique=True))


def drop(folder: File) -> None:
    """Delete the flat copy, if there is one; it is made again when it is needed."""
    shutil.rmtree(folder / NAME, ignore_errors=True)


def _kept(place: File) -> Ids:
    file = place / IDS
    data = file.read_bytes() if file.is_file() else b""
    return np.frombuffer(data[: len(data) // 8 * 8], np.int64)


def _continues(place: File, table: Table, there: Ids, width: int) -> bool:
    """Return whether the copy is one of this table: the last row that both have is the same in both."""
    kept = _kept(place)
    rows = np.flatnonzero(np.isin(kept, there, assume_unique=True))
    if not len(rows) or (place / VECTORS).stat().st_size < 4 * width * len(kept):
        return False
    vectors = np.memmap(place / VECTORS, np.float32, "r", shape=(len(kept), width))
    _, expected = table.vectors(kept[rows[-1:]])
    return bool((vectors[rows[-1]] == expected[0]).all())


def _clear(place: File) -> None:
    """Begin anew, with other files: whoever has mapped the old ones keeps them."""
    (place / IDS).unlink(missing_ok=True)
    (place / VECTORS).unlink(missing_ok=True)


def _extend(place: File, table: Table, width: int, last: int) -> None:
    kept = _kept(place)
    found = [kept]
    with (place / VECTORS).open("ab") as file:
        file.truncate(4 * width * len(kept))
        for ids, vectors in table.rows_after(last):
            file.write(np.ascontiguousarray(vectors, dtype=np.float32).data)
            found.append(ids)
    sync(place / VECTORS)
    with (place / IDS).open("wb") as file:
        file.write(np.concatenate(found).astype(np.int64).data)
    sync(place)
