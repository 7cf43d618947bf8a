"""What can be read of a collection: documents, vectors, a sample, and what a search finds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as File
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from vsaviz import kept_encoder as encoder
from vsaviz.collection import asked
from vsaviz.collection.about import About, bytes_below
from vsaviz.collection.exact import Scored
from vsaviz.collection.manifest import Manifest, read_manifest
from vsaviz.collection.rows import Ids, Progress
from vsaviz.collection.searcher import Found, Searcher
from vsaviz.collection.table import Table
from vsaviz.collection.texts import from_text
from vsaviz.errors import InputError
from vsaviz.features.meanings import Model
from vsaviz.neighbors import checked
from vsaviz.schemes.keyed import Floats
from vsaviz.search.filters import Filter
from vsaviz.search.hits import Hit, Hits
from vsaviz.search.holding import without_filters
from vsaviz.search.where import where_filters
from vsaviz.vectorizer import JSONVectorizer


@dataclass(frozen=True)
class Sample:
    """Some of a collection's documents, by id."""

    ids: Ids
    documents: list[Any]
    vectors: Floats


class Reader:
    """A collection as it was when it was opened; ``Collection`` can write, too.

    Nothing is written into the folder, not even the flat copy of the vectors that makes exact search fast:
    where a ``Collection`` has not made one, every vector is read from the table.

    Raises
    ------
    InputError
        If there is none in the folder, if it is damaged, or if vectors and encoder do not belong together.
    """

    _writes = False

    def __init__(self, folder: str | File, *, strings: Model | None = None):
        self.folder = File(folder)
        self._strings = strings
        self._manifest: Manifest = read_manifest(self.folder)
        if not self._manifest.complete:
            raise InputError(f"{folder}: its creation was stopped; create it again")
        self._table = Table.open(self.folder)
        if self._table.fingerprint != self.fingerprint:
            raise InputError(
                f"{folder}: the vectors were made by the encoder {self._table.fingerprint!r}, and its own is "
                f"{self.fingerprint!r}; put the right files together, or index the documents again"
            )
        self._renew()

    def _renew(self) -> None:
        """Read what has been written since."""
        self._searcher = Searcher(self.folder, self._table, self._manifest.width, self._writes)

    @property
    def fingerprint(self) -> str:
        """What the encoder is known by: vectors of another one cannot be compared with those here."""
        return self._manifest.fingerprint

    @cached_property
    def vectorizer(self) -> JSONVectorizer:
        """The encoder; it is loaded when it is first needed."""
        return encoder.load(self.folder, self.fingerprint, self._strings, cure="index the documents again")

    def __len__(self) -> int:
        return self._searcher.n

    @property
    def indexed(self) -> int | None:
        """How many documents the approximate index covers; None if there is none."""
        return self._searcher.indexed

    def about(self) -> About:
        """Return what there is to say without reading documents."""
        return About(
            documents=len(self),
            scheme=self._manifest.scheme,
            dimensions=self._manifest.dimensions,
            width=self._manifest.width,
            fingerprint=self.fingerprint,
            indexed=self.indexed,
            bytes=bytes_below(self.folder),
        )

    def check(self, vectorizer: JSONVectorizer) -> None:
        """Raise InputError unless an encoder is the one whose vectors are here."""
        found = encoder.fingerprint(encoder.saved_bytes(vectorizer))
        if found != self.fingerprint:
            raise InputError(
                f"{self.folder} has vectors of the encoder {self.fingerprint}, and this one is {found}; use "
                "collection.vectorizer, or make another collection"
            )

    def blocks(self) -> Iterator[tuple[Ids, list[Any]]]:
        """Yield all documents with their ids in blocks of up to 2,048, in the order of insertion."""
        for ids, texts in self._table.texts():
            yield ids, list(map(from_text, texts))

    def __iter__(self) -> Iterator[Any]:
        for _, documents in self.blocks():
            yield from documents

    def vectors(self) -> Iterator[tuple[Ids, Floats]]:
        """Yield all vectors, float32 (n, width), with their ids in blocks of up to 2,048, as ``blocks``."""
        return self._table.rows_after(-1)

    def documents(self, ids: ArrayLike) -> list[Any]:
        """Return the documents of these ids, in their order.

        Raises
        ------
        InputError
            If there is no document of an id.
        """
        wanted = checked_ids(ids)
        texts = self._table.documents(wanted)
        missing = next((one for one in wanted.tolist() if one not in texts), None)
        if missing is not None:
            raise InputError(f"{self.folder} has no document {missing}; it may have been deleted")
        return [from_text(texts[one]) for one in wanted.tolist()]

    def sample(self, n: int, seed: int = 0) -> Sample:
        """Return n documents with their vectors, drawn by the seed, or all if there are fewer; by id."""
        total = len(self)
        chosen = np.sort(np.random.default_rng(seed).choice(total, min(n, total), replace=False))
        ids, texts, vectors = self._table.at(chosen.tolist())
        return Sample(ids, list(map(from_text, texts)), vectors)

    # Searching

    def search(
        self, query: Any, k: int = 10, *, where: Any = None, without: Any = None, exact: bool = False
    ) -> Hits:
        """Return the k documents most similar to a document or piece of JSON, by the cosine of their vectors.

        Similarities are exact in any case, and equal ones stand in the order of insertion. With an index,
        and unless ``exact``, some of the nearest may be missed.

        Parameters
        ----------
        query
            Any JSON value.
        k
            How many, at most.
        where, without
            What documents must be and must not hold, exactly, as in ``Index.search``. The steps of the hits
            count what filters left only where all documents had to be read for it.
        exact
            Do without the index, if there is one.

        Raises
        ------
        InputError
            If the query is not JSON, or a filter is wrong.
        ValueError
            If k is not at least 1.
        """
        return _hits(self._best(self._vector(query), k, _filters(where, without), exact))

    def like(
        self, row: int, k: int = 10, *, where: Any = None, without: Any = None, exact: bool = False
    ) -> Hits:
        """Return the k other documents most similar to one of these, by its id, as ``search`` does."""
        ids, vectors = self._table.vectors(checked_ids([row]))
        if not len(ids):
            raise InputError(f"{self.folder} has no document {row}; it may have been deleted")
        found = _hits(self._best(vectors[0], k + 1, _filters(where, without), exact))
        return Hits([hit for hit in found if hit.row != row][:k], found.steps, found.notes)

    def ask(
        self,
        piece: Any,
        k: int = 10,
        *,
        where: Any = None,
        without: Any = None,
        weights: Mapping[str, float] | None = None,
        exact: bool = False,
    ) -> Hits:
        """Return the k documents that hold the largest share of a piece of JSON, as ``Index.search`` does.

        Vectors propose 200 documents or more, whose shares are then exact.
        """
        _check_k(k)
        vector = _named(lambda: asked.question(piece, self.vectorizer, weights))
        found = self._best(vector, asked.candidates(k), _filters(where, without), exact)
        return asked.ranked(piece, k, found, self.vectorizer, weights)

    def nearest(
        self, vectors: ArrayLike, k: int = 10, *, exact: bool = False, progress: Progress | None = None
    ) -> list[Scored]:
        """Return for each vector (n, width) of this encoder the ids and similarities of the k nearest.

        ``progress`` is told how many rows have been compared where each of them is read from the table.

        Raises
        ------
        InputError
            If the vectors are of another width: they are none of this encoder.
        """
        _check_k(k)
        queries = checked("vectors", vectors).astype(np.float32)
        if queries.shape[1] != self._manifest.width:
            raise InputError(
                f"vectors must be {self._manifest.width} wide, as those of the collection's encoder, got "
                f"{queries.shape[1]}; make them with collection.vectorizer"
            )
        return self._searcher.nearest(queries, k, exact, progress)

    def _vector(self, query: Any) -> Floats:
        return _named(lambda: self.vectorizer.transform([query])[0])

    def _best(self, vector: Floats, k: int, filters: Sequence[Filter], exact: bool) -> Found:
        _check_k(k)
        return self._searcher.best(vector, k, filters, exact)


def _named(encode: Callable[[], Floats]) -> Floats:
    """Return the vector of a query; an error names it so."""
    try:
        return encode()
    except InputError as error:
        raise InputError(str(error).replace("document 0", "query", 1)) from None


def checked_ids(ids: ArrayLike) -> Ids:
    """Return ids as whole numbers, or raise InputError."""
    found = np.asarray(ids)
    if found.ndim != 1 or (len(found) and found.dtype.kind not in "iu"):
        raise InputError(f"ids must be a list of whole numbers, got {ids!r}")
    return found.astype(np.int64)


def _check_k(k: int) -> None:
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")


def _hits(found: Found) -> Hits:
    rows = zip(found.ids.tolist(), found.similarities.tolist(), found.documents, strict=True)
    hits = [Hit(row, similarity, document, [], similarity) for row, similarity, document in rows]
    return Hits(hits, found.steps, found.notes)


def _filters(where: Any, without: Any) -> list[Filter]:
    return where_filters(where) + without_filters(without)
