"""Documents in many files → a folder of vectors, written by many workers, gone on with after a kill."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from vsaviz import kept_encoder
from vsaviz.distributed import tasks
from vsaviz.distributed.documents import Documents, identity
from vsaviz.distributed.engine import dask
from vsaviz.distributed.fitting import fit
from vsaviz.distributed.pieces import Piece
from vsaviz.distributed.running import Watch, results, unwatched
from vsaviz.distributed.store import Options, Store, full
from vsaviz.errors import InputError
from vsaviz.streaming import Identity, Manifest, Part
from vsaviz.streaming.lines import Place
from vsaviz.streaming.manifest import NAME, manifest_of
from vsaviz.streaming.parts import TYPES, part_name
from vsaviz.streaming.writing import settings_of
from vsaviz.vectorizer import JSONVectorizer


@dataclass(frozen=True)
class Vectors:
    """A folder for vectors, which all workers see: a path, or a URL that fsspec knows.

    ``kept`` is "float32" or "int8"; ``options`` are what fsspec needs to reach it, as in ``Documents``.
    """

    url: str | os.PathLike[str]
    kept: str = "float32"
    options: Options = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.kept not in TYPES:
            raise ValueError(f"kept must be one of {', '.join(TYPES)}, got {self.kept!r}")
        object.__setattr__(self, "url", full(self.url, self.options))

    @property
    def store(self) -> Store:
        """The folder."""
        return Store(str(self.url), self.options)


def encode(
    client: "dask.Client",
    documents: Documents,
    output: Vectors,
    vectorizer: JSONVectorizer | None = None,
    watch: Watch = unwatched,
) -> Manifest:
    """Write the vectors of documents in many files as a Parquet data set, and return its manifest.

    Each task reads a piece, encodes it, and puts its part in its place when it is whole. A folder that was
    begun with the same files and settings is gone on with: parts that are there are not made again, and in
    the end all are as if nothing had happened. One call at a time may write to a folder.

    Parameters
    ----------
    client
        Of any Dask cluster, whose workers have vsaviz and see the files and the folder.
    documents
        The files.
    output
        The folder.
    vectorizer
        The encoder; it is fitted to the documents if it has not been fitted before.
    watch
        As in ``fit``.

    Raises
    ------
    InputError
        If a line is not JSON, the folder was begun with other files, another encoder or settings, or holds
        other files, or the files changed meanwhile.
    """
    found = documents.found()
    known = identity(documents, found)
    vectorizer = JSONVectorizer() if vectorizer is None else vectorizer
    manifest = _manifest(documents, known, output, vectorizer)
    if manifest is None:
        if not _is_fitted(vectorizer):
            vectorizer = fit(client, documents, vectorizer, watch)
        manifest = _begin(documents, known, output, vectorizer)
    if manifest.finished:
        return manifest
    output.store.clear()
    pieces = documents.pieces(found)
    target = tasks.Target(output.store, output.kept, manifest.fingerprint)
    futures = client.map(tasks.encoded, pieces, target=target, pure=False)
    watch(futures)
    counts = results(client, futures)
    if identity(documents, documents.found()) != known:
        raise InputError(f"{documents.url} changed while it was read; encode it into a new folder")
    output.store.clear()
    manifest = replace(manifest, parts=_parts(pieces, counts), finished=True)
    output.store.put_bytes(NAME, manifest.text)
    return manifest


def _manifest(
    documents: Documents, known: Identity, output: Vectors, chosen: JSONVectorizer
) -> Manifest | None:
    """Return the manifest of a folder that was begun with the same; None if it is empty."""
    store, there = output.store, output.store.names()
    if NAME in there:
        manifest = manifest_of(store.read(NAME), store.file(NAME).url)
        manifest.check(known, settings_of(chosen) | _layout(documents, output), store.url)
        _check_encoder(manifest, chosen, store)
        return manifest
    if other := sorted(name for name in there if not name.startswith((NAME, kept_encoder.NAME))):
        raise InputError(f"{store.url} holds other files, such as {other[0]}; name a new folder")
    return None


def _begin(documents: Documents, known: Identity, output: Vectors, vectorizer: JSONVectorizer) -> Manifest:
    """Put a fitted encoder and a manifest into a folder."""
    saved = kept_encoder.saved_bytes(vectorizer)
    output.store.put_bytes(kept_encoder.NAME, kept_encoder.packed(saved))
    mark, width = kept_encoder.fingerprint(saved), int(vectorizer.n_features_out_)
    manifest = Manifest(known, settings_of(vectorizer), _layout(documents, output), mark, width)
    output.store.put_bytes(NAME, manifest.text)
    return manifest


def _layout(documents: Documents, output: Vectors) -> dict[str, Any]:
    return {"column": documents.column, "kept": output.kept, "piece": documents.piece}


def _check_encoder(manifest: Manifest, vectorizer: JSONVectorizer, store: Store) -> None:
    if _is_fitted(vectorizer):
        found = kept_encoder.fingerprint(kept_encoder.saved_bytes(vectorizer))
        if found != manifest.fingerprint:
            raise InputError(
                f"{store.url} was begun with the encoder {manifest.fingerprint}, and this one is {found}; "
                "encode into a new folder"
            )


def _is_fitted(vectorizer: JSONVectorizer) -> bool:
    try:
        check_is_fitted(vectorizer)
    except NotFittedError:
        return False
    return True


def _parts(pieces: Sequence[Piece], counts: Sequence[int]) -> tuple[Part, ...]:
    parts, row = [], 0
    for piece, n in zip(pieces, counts, strict=True):
        place, end = Place(piece.start, row), Place(-1 if piece.stop is None else piece.stop, row + n)
        parts.append(Part(part_name(piece.number), place, end, piece.file.name))
        row += n
    return tuple(parts)
