"""The other model of the same documents: vectors that a person gives, or one that is built in."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from vsaviz.errors import InputError
from vsaviz.lab.probe.other_models import LARGEST, read_vectors, word_vectors
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import notice

BUILT_IN = "words (TF-IDF)"


@dataclass(frozen=True)
class Model:
    """The other model; ``digest`` is that of an uploaded file, empty for the one that is built in."""

    name: str
    digest: str = ""
    vectors: NDArray[np.float64] | None = None
    """Of all documents of the collection, where they were uploaded."""

    def of(self, documents: list[Any], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return its vectors of some documents, which are the given rows of the collection."""
        return word_vectors(documents) if self.vectors is None else self.vectors[rows]


def choose_model(n_documents: int) -> Model:
    """Let a person give vectors of another model; without them it is the one that is built in."""
    file = st.file_uploader(
        "Vectors of another model",
        type="npy",
        key="probe_vectors",
        max_upload_size=LARGEST >> 20,
        help="What numpy.save writes: one row of numbers for each document of the collection, in its order. "
        f"Without a file, a small model of words stands in: {BUILT_IN}.",
    )
    if file is None:
        return Model(BUILT_IN)
    data = file.getvalue()
    digest = blake2b(data, digest_size=16).hexdigest()
    key = (digest, n_documents)
    try:
        vectors = remembered("probe_read", key, lambda: read_vectors(data, n_documents, file.name), most=1)
    except InputError as error:
        notice(f"{error}. Meanwhile the figure shows {BUILT_IN}.", "error")
        return Model(BUILT_IN)
    return Model(file.name, digest, vectors)
