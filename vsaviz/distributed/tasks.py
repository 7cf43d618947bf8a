"""What workers do: each task reads one piece with one thread, and gives back little.

A task may run twice, or be stopped midway: what it writes has a name that hangs on its piece alone, and is
there whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path as File

import numpy as np
from sklearn.base import clone

from vsaviz import kept_encoder
from vsaviz.distributed.pieces import Piece
from vsaviz.distributed.store import Store
from vsaviz.learning import FitState, Frequencies
from vsaviz.learning.sample import EVERY
from vsaviz.streaming import fitting
from vsaviz.streaming.engine import pa, pq
from vsaviz.streaming.lines import Block
from vsaviz.streaming.naming import names, naming_path
from vsaviz.streaming.parts import Layout, PartWriter, part_name
from vsaviz.threads import bounded
from vsaviz.vectorizer import JSONVectorizer

NEW = "encode into a new folder"


@dataclass(frozen=True)
class Taught:
    """How much a sample is, and the encoder that was fitted to it, as gzipped plain JSON."""

    n_documents: int
    complete: bool
    encoder: bytes


@dataclass(frozen=True)
class Target:
    """Where vectors go, how they are kept, and the encoder that makes them, which is there."""

    store: Store
    kept: str
    fingerprint: str


def learnt(piece: Piece, limit: int) -> FitState:
    """Return what fitting needs of a piece."""
    with bounded(1), piece.said():
        state = fitting.learnt(piece.blocks(), FitState(limit=limit))
        if piece.start:
            state.documents()  # a line that is not JSON is told here, where its number can be found
        return state


def merged(states: Sequence[FitState]) -> FitState:
    """Return the state of all."""
    return states[0].merged(*states[1:])


def taught(state: FitState, vectorizer: JSONVectorizer, limit: int) -> Taught | None:
    """Return the encoder that a state teaches; None if so low a limit left out what it has room for."""
    if EVERY > limit == state.limit:
        return None
    with bounded(1):
        encoder = clone(vectorizer).partial_fit(state)
        packed = kept_encoder.packed(kept_encoder.saved_bytes(encoder))
        return Taught(state.n_documents, state.complete, packed)


def counted(piece: Piece, lesson: Taught) -> Frequencies:
    """Return how many documents of a piece have each feature."""
    with bounded(1), piece.said():
        return fitting.counted(piece.blocks(), unpacked(lesson.encoder).vocabulary_)


def added(counts: Sequence[Frequencies]) -> Frequencies:
    """Return the counts of all."""
    return reduce(Frequencies.plus, counts)


def encoded(piece: Piece, target: Target) -> int:
    """Write the vectors of a piece, if they are not there, and return how many there are."""
    name = part_name(piece.number)
    if not target.store.has(name):
        with bounded(1), piece.said():
            target.store.put(name, lambda file: _write(file, piece, target))
    with target.store.file(name).open() as stream:
        return int(pq.read_metadata(stream).num_rows)


def _write(file: File, piece: Piece, target: Target) -> None:
    encoder = _encoder(target)
    vocabulary = encoder.vocabulary_
    path = naming_path(vocabulary.fields, vocabulary.n_documents)
    with PartWriter(file, Layout(encoder.n_features_out_, target.kept, "file")) as writer:
        for block in piece.blocks():
            documents = block.documents()
            ids = names(documents, path, [f"{block.name}#{offset}" for offset in block.offsets])
            writer.write(_file(block), ids, block.offsets, encoder.transform(block.text()))


def _file(block: Block) -> object:
    places = pa.array(np.zeros(len(block.offsets), np.int32))
    return pa.DictionaryArray.from_arrays(places, [block.name])


@lru_cache(maxsize=2)
def unpacked(encoder: bytes) -> JSONVectorizer:
    """Return an encoder of gzipped plain JSON; a process reads it once."""
    return kept_encoder.unpacked(encoder)


@lru_cache(maxsize=2)
def _encoder(target: Target) -> JSONVectorizer:
    """Return the encoder of a folder; a process reads it once."""
    store, name = target.store, kept_encoder.NAME
    return kept_encoder.checked(store.read(name), store.file(name).url, target.fingerprint, cure=NEW)
