"""The parts of a finished folder as one Lance table: for engines that search it where it lies."""

from collections.abc import Iterator
from typing import Any

from vsaviz.collection.engine import lancedb
from vsaviz.distributed.store import Store
from vsaviz.distributed.writing import Vectors
from vsaviz.errors import InputError
from vsaviz.streaming.engine import pa, pq
from vsaviz.streaming.manifest import NAME, Manifest, manifest_of
from vsaviz.streaming.parts import Layout

TABLE = "vectors"


def lance_table(output: Vectors) -> int:
    """Write ``vectors.lance`` beside the parts of a finished folder, and return how many rows it has.

    It is there whole or not at all, and replaces an older one. The parts pass through this process, a row
    group at a time; they may be deleted afterwards. The folder must lie where LanceDB writes: on a disk, or
    on S3, GCS or Azure.

    Raises
    ------
    InputError
        If the folder is not finished, or does not hold float32.
    ImportError
        If LanceDB is missing, which is an extra of its own: ``vsaviz[collection]``.
    """
    store = output.store
    if NAME not in store.names():
        raise InputError(f"{store.url} is no folder of vectors: it has no {NAME}; encode into it first")
    manifest = manifest_of(store.read(NAME), store.file(NAME).url)
    if not manifest.finished or manifest.layout.get("kept") != "float32":
        raise InputError(f"{store.url} must be finished and hold float32; encode it first, or anew")
    schema = Layout(manifest.width, first="file").schema
    schema = schema.set(0, pa.field("file", pa.string()))
    rows = pa.RecordBatchReader.from_batches(schema, _batches(store, manifest, schema))
    place = store.url.removeprefix("file://")
    table = lancedb.connect(place, storage_options=dict(store.options) or None).create_table(
        TABLE, data=rows, mode="overwrite"
    )
    return int(table.count_rows())


def _batches(store: Store, manifest: Manifest, schema: Any) -> Iterator[Any]:
    for part in manifest.parts:
        with store.file(part.name).open() as stream, pq.ParquetFile(stream) as file:
            for number in range(file.num_row_groups):
                yield from file.read_row_group(number).cast(schema).combine_chunks().to_batches()
