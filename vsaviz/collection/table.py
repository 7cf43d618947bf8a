"""The table of a collection: a thin layer over LanceDB, whose filters name whole numbers and nothing else."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path as File
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.collection.engine import lancedb, pa
from vsaviz.collection.raised import Raised
from vsaviz.collection.rows import DOCUMENT, ID, VECTOR, Ids
from vsaviz.collection.waiting import each, waited
from vsaviz.durable import Synced
from vsaviz.errors import InputError
from vsaviz.schemes.keyed import Floats

NAME = "documents"
FOLDER = f"{NAME}.lance"
VERSIONS = f"{FOLDER}/_versions"
"""Where LanceDB keeps a file for each version."""
IDS_AT_ONCE = 1000
"""Ids that one filter names."""
BLOCK = 2048
FOREVER, NOW = timedelta(days=36_500), timedelta(milliseconds=1)
"""How old a version must be to be removed; of 0 LanceDB would warn."""


class Table:
    """Documents and vectors by id, ascending; what is written is on the disk when a call returns."""

    def __init__(self, folder: File, inner: Any):
        self._inner = inner
        self._synced = Synced(folder / FOLDER)

    @classmethod
    def create(cls, folder: File, columns: Any, batches: Iterator[Any]) -> "Table":
        """Make the table of a folder with some rows: it is there whole or not at all."""
        with Raised() as raised:
            reader = pa.RecordBatchReader.from_batches(columns, raised.by(batches))
            table = cls(folder, waited(_created(folder, reader)))
        table._synced.sync()
        return table

    @classmethod
    def open(cls, folder: File) -> "Table":
        """Return the table of a folder, as it was last written.

        Raises
        ------
        InputError
            If it is not there or damaged.
        """
        try:
            return cls(folder, waited(_opened(folder)))
        except (ValueError, RuntimeError, OSError) as error:
            raise InputError(f"{folder / FOLDER} cannot be read: {error}") from error

    @property
    def version(self) -> int:
        """The number of the version that is read; each write makes the next."""
        return int(waited(self._inner.version()))

    @property
    def columns(self) -> Any:
        """The names and types of the columns."""
        return waited(self._inner.schema())

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the encoder that made the vectors."""
        return ((self.columns.field(VECTOR).metadata or {}).get(b"encoder") or b"").decode()

    def __len__(self) -> int:
        return int(waited(self._inner.count_rows()))

    def refresh(self) -> None:
        """Read what other processes have written, too."""
        waited(self._inner.checkout_latest())

    def last_id(self) -> int:
        """Return the highest id, −1 if there is none."""
        n = len(self)
        return int(self._taken([n - 1], [ID])[ID][0].as_py()) if n else -1

    def add(self, batches: Iterator[Any]) -> None:
        """Append rows: all of them or, if a batch cannot be made, none."""
        first = next(batches, None)
        if first is None:
            return
        with Raised() as raised:
            rows = raised.by(chain([first], batches))
            waited(self._inner.add(pa.RecordBatchReader.from_batches(self.columns, rows)))
        self._synced.sync()

    def delete(self, ids: Ids) -> None:
        """Delete the rows of these ids, all in one version."""
        waited(self._inner.delete(" OR ".join(f"({part})" for part in _named(ids))))
        self._synced.sync()

    def compact(self) -> None:
        """Join small files, take new rows into the index, and remove what no longer belongs to any row."""
        waited(self._inner.optimize(cleanup_older_than=FOREVER))
        self._synced.sync()
        waited(self._inner.optimize(cleanup_older_than=NOW, delete_unverified=True))
        self._synced.sync()

    def ids(self) -> Ids:
        """Return all ids, ascending."""
        found = waited(self._inner.query().select([ID]).to_arrow())[ID]
        ids: Ids = np.sort(found.to_numpy().astype(np.int64))
        return ids

    def documents(self, ids: Ids) -> dict[int, str]:
        """Return the texts of those of the documents that are there, by id."""
        found: dict[int, str] = {}
        for part in _named(ids):
            rows = self._where(part, DOCUMENT)
            found.update(zip(rows[ID].to_pylist(), rows[DOCUMENT].to_pylist(), strict=True))
        return found

    def vectors(self, ids: Ids) -> tuple[Ids, Floats]:
        """Return the ids of those of the rows that are there, ascending, and their vectors."""
        parts = [self._where(part, VECTOR) for part in _named(ids)]
        rows = pa.concat_tables(parts) if parts else self.columns.empty_table().select([ID, VECTOR])
        return _by_id(*columns_of(rows))

    def at(self, offsets: Sequence[int]) -> tuple[Ids, list[str], Floats]:
        """Return ids, texts and vectors of rows by their places among all, which must ascend."""
        rows = self._taken(list(offsets), [ID, DOCUMENT, VECTOR])
        ids, vectors = columns_of(rows)
        return ids, rows[DOCUMENT].to_pylist(), vectors

    def texts(self) -> Iterator[tuple[Ids, list[str]]]:
        """Yield all ids and texts in blocks, by id."""
        for batch in _in_blocks(self._inner.query().select([ID, DOCUMENT])):
            yield batch[ID].to_numpy(), batch[DOCUMENT].to_pylist()

    def rows_after(self, last: int) -> Iterator[tuple[Ids, Floats]]:
        """Yield the ids and vectors of the rows with higher ids in blocks, by id."""
        for batch in _in_blocks(self._inner.query().where(f"{ID} > {int(last)}").select([ID, VECTOR])):
            yield columns_of(batch)

    def _taken(self, offsets: list[int], names: list[str]) -> Any:
        return waited(self._inner.take_offsets(offsets).select(names).to_arrow())

    def _where(self, rows: str, column: str) -> Any:
        return waited(self._inner.query().where(rows).select([ID, column]).to_arrow())

    # The index

    def index(self, config: Any) -> None:
        """Build the index of vectors, and one of ids."""
        for column, kind in ((VECTOR, config), (ID, lancedb.index.BTree())):
            waited(self._inner.create_index(column, config=kind, replace=True, name=column))
        self._synced.sync()

    def indexed(self) -> int | None:
        """Return how many rows the index of vectors covers, None if there is no index."""
        for one in waited(self._inner.list_indices()):
            if list(one.columns) == [VECTOR]:
                return int(waited(self._inner.index_stats(one.name)).num_indexed_rows)
        return None

    def index_bytes(self) -> int:
        """Return what the indices take on the disk."""
        return sum(int(one.size_bytes or 0) for one in waited(self._inner.list_indices()))

    def proposed(self, vector: Floats, n: int, probes: int) -> Ids:
        """Return the ids of n rows that the index takes for the nearest of a vector, in no order."""
        ids: Ids = self._proposed(vector, n, probes, [ID])[ID].to_numpy()
        return ids

    def proposed_rows(self, vector: Floats, n: int, probes: int) -> tuple[Ids, Floats]:
        """Return the same with their vectors, which may lie far apart on the disk."""
        return columns_of(self._proposed(vector, n, probes, [ID, VECTOR]))

    def _proposed(self, vector: Floats, n: int, probes: int, columns: list[str]) -> Any:
        query = self._inner.query().nearest_to(vector).column(VECTOR).distance_type("dot")
        return waited(query.nprobes(probes).limit(n).select([*columns, "_distance"]).to_arrow())


async def _created(folder: File, rows: Any) -> Any:
    connection = await lancedb.connect_async(folder)
    return await connection.create_table(NAME, data=rows, mode="overwrite")


async def _opened(folder: File) -> Any:
    return await (await lancedb.connect_async(folder)).open_table(NAME)


def _in_blocks(query: Any) -> Iterator[Any]:
    return each(waited(query.to_batches(max_batch_length=BLOCK)))


def columns_of(rows: Any) -> tuple[Ids, Floats]:
    """Return the ids and vectors of some rows."""
    vectors = rows[VECTOR]
    vectors = vectors.combine_chunks() if isinstance(vectors, pa.ChunkedArray) else vectors
    return rows[ID].to_numpy(), vectors.flatten().to_numpy().reshape(len(rows), vectors.type.list_size)


def _by_id(ids: Ids, vectors: Floats) -> tuple[Ids, Floats]:
    order = np.argsort(ids)
    return ids[order], vectors[order]


def _named(ids: NDArray[np.int64]) -> Iterator[str]:
    """Yield filters that name these ids: whole numbers, and no text of any user."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield f"{ID} IN ({','.join(str(int(one)) for one in ids[start : start + IDS_AT_ONCE])})"
