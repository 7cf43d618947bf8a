"""One numbered Parquet file of vectors: written a block at a time, read back the same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as File
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from vsaviz.quantized import int8
from vsaviz.streaming.engine import pa, pq

TYPES = ("float32", "int8")
"""How components are kept; a row of int8 has its scale beside it."""


def part_name(number: int) -> str:
    """Return the name of a part.

    >>> part_name(7)
    'part-00007.parquet'
    """
    return f"part-{number:05}.parquet"


FIRST = {"row": pa.int64(), "file": pa.dictionary(pa.int32(), pa.string())}
"""The first column: the number of the document among all, or the file that it is in."""


@dataclass(frozen=True)
class Layout:
    """What a part has: vectors of a width, how components are kept, and the first column, of ``FIRST``."""

    width: int
    kept: str = "float32"
    first: str = "row"

    @property
    def schema(self) -> Any:
        """The names and types of the columns."""
        columns = [(self.first, FIRST[self.first]), ("id", pa.string()), ("offset", pa.int64())]
        columns += [("scale", pa.float32())] * (self.kept == "int8")
        component = pa.field("item", pa.int8() if self.kept == "int8" else pa.float32(), nullable=False)
        return pa.schema([*columns, ("vector", pa.list_(component, self.width))])


class PartWriter:
    """Writes a part; where ``placed`` gives the name, it is in its place only when it is whole."""

    def __init__(self, file: File, layout: Layout):
        self._schema = layout.schema
        self._kept = layout.kept
        # Vectors hardly shrink, and no two components are equal.
        self._writer = pq.ParquetWriter(
            file, self._schema, compression="none", use_dictionary=["file"], write_statistics=[layout.first]
        )

    def write(self, first: Any, ids: list[str], offsets: list[int], vectors: NDArray[np.float32]) -> None:
        """Append documents: what stands in the first column, their ids, offsets and vectors."""
        texts = [text.encode("utf-8", "backslashreplace") for text in ids]
        columns = [first, pa.array(texts, pa.string()), np.array(offsets, np.int64)]
        components: NDArray[Any] = vectors
        if self._kept == "int8":
            components, scales = int8(vectors)
            columns.append(scales)
        flat = pa.array(np.ascontiguousarray(components).ravel())
        arrays = [
            *map(pa.array, columns),
            pa.FixedSizeListArray.from_arrays(flat, type=self._schema[-1].type),
        ]
        self._writer.write_table(pa.table(arrays, schema=self._schema), row_group_size=len(ids))

    def close(self) -> None:
        """End the file."""
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_part(file: File) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
    """Yield the ids and vectors of a part, float32 (n, width), a block at a time."""
    with pq.ParquetFile(file) as part:
        for number in range(part.num_row_groups):
            table = part.read_row_group(number)
            listed = table["vector"].combine_chunks()
            vectors = listed.flatten().to_numpy(zero_copy_only=False).reshape(len(listed), -1)
            if "scale" in table.column_names:
                vectors = vectors * table["scale"].to_numpy()[:, None]
            yield table["id"].to_pylist(), vectors.astype(np.float32, copy=False)
