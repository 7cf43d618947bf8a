"""A file of documents → a folder of vectors, in constant memory, gone on with after a kill."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path as File
from typing import Any

import numpy as np

from vsaviz import kept_encoder
from vsaviz.durable import PART, placed
from vsaviz.errors import InputError
from vsaviz.streaming.fitting import Say, fitted
from vsaviz.streaming.lines import Block
from vsaviz.streaming.manifest import NAME as MANIFEST
from vsaviz.streaming.manifest import Manifest, Part, read_manifest
from vsaviz.streaming.naming import names, naming_path
from vsaviz.streaming.pace import Pace, paced
from vsaviz.streaming.parts import TYPES, Layout, PartWriter, part_name
from vsaviz.streaming.source import Identity, Source
from vsaviz.vectorizer import JSONVectorizer

NEW = "encode into a new folder"
ROWS = 1 << 15
"""A part ends with the block that reaches so many rows: what a kill can cost, at most."""


@dataclass(frozen=True)
class Folder:
    """Where the vectors of a source go, and how they are kept: ``kept`` is "float32" or "int8"."""

    path: File
    kept: str = "float32"
    rows: int = ROWS

    def __post_init__(self) -> None:
        if self.kept not in TYPES:
            raise ValueError(f"kept must be one of {', '.join(TYPES)}, got {self.kept!r}")
        if self.rows < 1:
            raise ValueError(f"rows of a part must be at least 1, got {self.rows}")


def encode_file(
    source: Source, folder: Folder, vectorizer: JSONVectorizer, say: Say = lambda _: None
) -> Manifest:
    """Fit ``vectorizer``'s settings to a source and write all vectors as numbered Parquet parts.

    A folder that was begun with the same input and settings is gone on with after its last whole part, with
    the encoder that is in it: in the end it has the same parts as if nothing had happened. What fitting had
    done is done again if the process was killed before the first part was begun. One process at a time may
    write to a folder.

    Raises
    ------
    InputError
        If a line is not JSON, the folder was begun with another input, encoder or settings, or holds other
        files, or the input changed meanwhile.
    ImportError
        If pyarrow is missing.
    """
    identity = Identity.of(source.file)
    settings = settings_of(vectorizer)
    layout = {"record_path": source.record_path, "kept": folder.kept, "rows": folder.rows}
    if (folder.path / MANIFEST).exists():
        manifest = read_manifest(folder.path)
        manifest.check(identity, settings | layout, folder.path)
        if manifest.finished:
            say(f"{folder.path} is finished: nothing to do")
            return manifest
        say(f"going on after {manifest.rows:,} documents in {len(manifest.parts):,} parts")
    else:
        _check_empty(folder.path)
        encoder = fitted(source, vectorizer, say)
        folder.path.mkdir(parents=True, exist_ok=True)
        saved = kept_encoder.saved_bytes(encoder)
        kept_encoder.keep(folder.path, saved)
        fingerprint = kept_encoder.fingerprint(saved)
        manifest = Manifest(identity, settings, layout, fingerprint, encoder.n_features_out_)
        manifest.write(folder.path)
    _clear(folder.path, manifest)
    # Also at first, so that it makes no difference to the last bit whether this is the first run.
    encoder = kept_encoder.load(folder.path, manifest.fingerprint, cure=NEW)
    manifest = _write_parts(source, folder, encoder, manifest, say)
    if Identity.of(source.file) != identity:
        raise InputError(f"{source.file.name} changed while it was read; encode it into a new folder")
    return replace(manifest, finished=True).write(folder.path)


def _write_parts(
    source: Source, folder: Folder, encoder: JSONVectorizer, manifest: Manifest, say: Say
) -> Manifest:
    vocabulary = encoder.vocabulary_
    path = naming_path(vocabulary.fields, vocabulary.n_documents)
    stream = paced(source.blocks(manifest.end), Pace("encoding", say))
    for first in stream:
        name, end = part_name(len(manifest.parts)), first.end
        layout = Layout(manifest.width, folder.kept)
        with placed(folder.path / name) as file, PartWriter(file, layout) as writer:
            for block in _of_part(first, stream, folder.rows):
                documents, row = block.documents(), block.place.row  # which says where a line is broken
                rows = np.arange(row, row + len(documents))
                ids = names(documents, path, [f"#{number}" for number in rows])
                writer.write(rows, ids, block.offsets, encoder.transform(block.text()))
                end = block.end
        part = Part(name, first.place, end)
        manifest = replace(manifest, parts=(*manifest.parts, part)).write(folder.path)
    return manifest


def _of_part(first: Block, others: Iterator[Block], rows: int) -> Iterator[Block]:
    """Yield blocks until there are enough rows."""
    for block in chain([first], others):
        yield block
        if block.end.row - first.place.row >= rows:
            return


def settings_of(vectorizer: JSONVectorizer) -> dict[str, Any]:
    """Return all that vectors depend on beside the input; ValueError if it cannot be written down."""
    if callable(vectorizer.strings):
        raise ValueError("strings: a callable cannot be streamed; choose words+ngrams, words or exact")
    return vectorizer.encoding_params()


def _check_empty(folder: File) -> None:
    found = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    other = [name for name in found if not name.startswith((kept_encoder.NAME, MANIFEST))]
    if other:
        raise InputError(f"{folder} holds other files, such as {other[0]}; name a new folder")


def _clear(folder: File, manifest: Manifest) -> None:
    """Remove what a kill left: parts that were not whole, or whole and not yet in the manifest."""
    known = {part.name for part in manifest.parts}
    for part in manifest.parts:
        if not (folder / part.name).is_file():
            raise InputError(f"{folder / part.name} is missing; encode into a new folder")
    for file in [*folder.glob(f"*{PART}"), *folder.glob("part-*.parquet")]:
        if file.name not in known:
            file.unlink()
