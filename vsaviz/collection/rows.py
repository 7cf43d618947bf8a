"""Documents on their way into the table: blocks of ids, texts and vectors."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vsaviz.collection.engine import pa
from vsaviz.collection.texts import as_text
from vsaviz.errors import InputError
from vsaviz.features.walk import walk
from vsaviz.neighbors import checked
from vsaviz.schemes.keyed import Floats
from vsaviz.vectorizer import JSONVectorizer

AT_ONCE = 2048
"""Documents that are encoded and written together."""

Ids = NDArray[np.int64]
Progress = Callable[[int], None]
"""Is told how many documents are done."""

ID, DOCUMENT, VECTOR = "id", "document", "vector"


def schema(width: int, fingerprint: str) -> Any:
    """Return the columns of the table; the encoder's fingerprint goes with the vectors."""
    fields = [
        pa.field(ID, pa.int64(), nullable=False),
        pa.field(DOCUMENT, pa.large_string(), nullable=False),
        pa.field(VECTOR, pa.list_(pa.float32(), width), nullable=False, metadata={"encoder": fingerprint}),
    ]
    return pa.schema(fields)


@dataclass(frozen=True)
class Source:
    """Documents with what makes their vectors: the encoder, or the vectors themselves."""

    documents: Iterable[Any]
    vectorizer: JSONVectorizer
    vectors: ArrayLike | None = None
    progress: Progress | None = None

    def batches(self, columns: Any, first: int) -> Iterator[Any]:
        """Yield record batches with ids from ``first`` on.

        Raises
        ------
        InputError
            If a document is not JSON; its place is counted in all documents.
        ValueError
            If there are not as many vectors as documents, or of another width.
        """
        given = None if self.vectors is None else np.asarray(self.vectors)
        done = 0
        documents = iter(self.documents)
        while block := list(islice(documents, AT_ONCE)):
            texts, vectors = self._encoded(block, given, done)
            yield _batch(columns, first + done, texts, vectors)
            done += len(block)
            if self.progress is not None:
                self.progress(done)
        if given is not None and len(given) != done:
            raise ValueError(f"{len(given)} vectors but {done} documents")

    def _encoded(self, block: list[Any], given: NDArray[Any] | None, done: int) -> tuple[list[str], Floats]:
        try:
            if given is None:
                vectors = self.vectorizer.transform(block)
            else:
                walk(block)  # as encoding does, it refuses what is not JSON
                vectors = checked("vectors", given[done : done + len(block)]).astype(np.float32)
            texts = list(map(_text, range(len(block)), block))
        except InputError as error:
            raise InputError(_renumbered(str(error), done)) from None
        if vectors.shape != (len(block), self.vectorizer.n_features_out_):
            shape = (done + len(vectors), vectors.shape[1])
            raise ValueError(
                f"vectors must be {self.vectorizer.n_features_out_} wide, one for each document, got {shape}"
            )
        return texts, vectors


def _text(row: int, document: Any) -> str:
    try:
        return as_text(document)
    except InputError as error:
        raise InputError(f"document {row}: {error}") from None


def _renumbered(message: str, done: int) -> str:
    return re.sub(r"^document (\d+)", lambda found: f"document {int(found[1]) + done}", message)


def _batch(columns: Any, first: int, texts: list[str], vectors: Floats) -> Any:
    width = columns.field(VECTOR).type.list_size
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
    arrays = [
        pa.array(np.arange(first, first + len(texts), dtype=np.int64)),
        pa.array(texts, pa.large_string()),
        pa.FixedSizeListArray.from_arrays(flat, width),
    ]
    return pa.record_batch(arrays, schema=columns)
