"""A file of documents → a folder of vectors, in constant memory, gone on with after a kill."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path as File
from typing import Any

from vsaviz.errors import InputError
from vsaviz.streaming.durable import PART, written
from vsaviz.streaming.fitting import Say, fitted
from vsaviz.streaming.lines import Block
from vsaviz.streaming.manifest import NAME as MANIFEST
from vsaviz.streaming.manifest import Manifest, Part, read_manifest
from vsaviz.streaming.naming import names, naming_path
from vsaviz.streaming.pace import Pace, paced
from vsaviz.streaming.parts import TYPES, PartWriter, part_name
from vsaviz.streaming.source import Identity, Source
from vsaviz.vectorizer import JSONVectorizer

ENCODER = "encoder.json.gz"
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
    settings = _settings(vectorizer)
    layout = {"record_path": source.record_path, "kept": folder.kept, "rows": folder.rows}
    if (folder.path / MANIFEST).exists():
        manifest = read_manifest(folder.path)
        _check(manifest, identity, settings | layout, folder.path)
        if manifest.finished:
            say(f"{folder.path} is finished: nothing to do")
            return manifest
        say(f"going on after {manifest.rows:,} documents in {len(manifest.parts):,} parts")
    else:
        _check_empty(folder.path)
        encoder = fitted(source, vectorizer, say)
        folder.path.mkdir(parents=True, exist_ok=True)
        fingerprint = _save(encoder, folder.path)
        manifest = Manifest(identity, settings, layout, fingerprint, encoder.n_features_out_)
        manifest.write(folder.path)
    _clear(folder.path, manifest)
    # Also at first, so that it makes no difference to the last bit whether this is the first run.
    encoder = _loaded(folder.path, manifest.fingerprint, vectorizer)
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
        with PartWriter(folder.path / name, manifest.width, folder.kept) as writer:
            for block in _of_part(first, stream, folder.rows):
                row = block.place.row
                named = names(block.documents(), path, row)  # which says, too, where a line is broken
                writer.write(row, named, block.offsets, encoder.transform(block.text()))
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


def _settings(vectorizer: JSONVectorizer) -> dict[str, Any]:
    if callable(vectorizer.strings):
        raise ValueError("strings: a callable cannot be streamed; choose words+ngrams, words or exact")
    return dict(vectorizer.get_params())


def _check(manifest: Manifest, identity: Identity, chosen: dict[str, Any], folder: File) -> None:
    if manifest.input != identity:
        raise InputError(
            f"{folder} was begun with another input, {manifest.input.name} of {manifest.input.size:,} "
            "bytes (name, size, time or beginning differ); encode into a new folder"
        )
    begun = manifest.settings | manifest.layout
    for name, value in chosen.items():
        if begun.get(name) != value:
            was = f"{name} = {begun.get(name)!r}, not {value!r}"
            raise InputError(f"{folder} was begun with {was}; encode into a new folder")


def _check_empty(folder: File) -> None:
    found = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    other = [name for name in found if not name.startswith((ENCODER, MANIFEST))]
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


def _save(encoder: JSONVectorizer, folder: File) -> str:
    """Put the encoder into the folder and return its fingerprint."""

    def write(part: File) -> None:
        encoder.save(plain)
        part.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))

    plain = folder / f"{ENCODER}.json{PART}"
    written(folder / ENCODER, write)
    fingerprint = _fingerprint(plain.read_bytes())
    plain.unlink()
    return fingerprint


def _fingerprint(saved: bytes) -> str:
    return hashlib.blake2b(saved, digest_size=16).hexdigest()


def _loaded(folder: File, expected: str, vectorizer: JSONVectorizer) -> JSONVectorizer:
    file = folder / ENCODER
    try:
        found = _fingerprint(gzip.decompress(file.read_bytes()))
    except (OSError, EOFError) as error:
        raise InputError(f"{file} cannot be read ({error}); encode into a new folder") from error
    if found != expected:
        raise InputError(f"{file} is not the encoder of these vectors; encode into a new folder")
    return type(vectorizer).load(file)
