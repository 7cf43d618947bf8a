"""What is looked for in the whole of a collection on disk, and the search: documents are read when found."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.keyed import Floats
from vsaviz.ui.aside import Tell
from vsaviz.ui.loaded import OnDisk
from vsaviz.ui.uploading.on_disk import collections_folder

COUNTS = (10, 25, 50)


@dataclass(frozen=True)
class Asked:
    """Whose neighbours are looked for, and how."""

    key: str
    """Tells one question from another."""
    vector: Floats
    """By the collection's own encoder."""
    itself: int | None = None
    """The id of the document, if it is one of the collection: it is no neighbour of its own."""
    k: int = COUNTS[0]
    exact: bool = False


@dataclass(frozen=True)
class Found:
    """Documents by similarity, best first, read from the disk."""

    ids: NDArray[np.int64]
    similarities: NDArray[np.float64]
    documents: list[Any]


def searching(kept: OnDisk, asked: Asked) -> Callable[[Tell], Found]:
    """Return the search; nothing of Streamlit's is called by it."""
    from vsaviz.collection.offered import by_name, offered_path  # an extra
    from vsaviz.collection.reader import Reader

    path = offered_path(collections_folder() or File(), kept.name)

    def search(tell: Tell) -> Found:
        with by_name(path):
            reader = Reader(path)
            k = asked.k + (asked.itself is not None)
            ((ids, similarities),) = reader.nearest(
                asked.vector[None], k, exact=asked.exact, progress=lambda n: tell("", n / max(1, kept.n))
            )
            others = np.flatnonzero(ids != asked.itself)[: asked.k]
            return Found(ids[others], similarities[others], reader.documents(ids[others]))

    return search
