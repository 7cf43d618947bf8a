"""What is looked for in the whole of a collection on disk, and the search: documents are read when found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.keyed import Floats
from vsaviz.ui.aside import Tell
from vsaviz.ui.loaded import OnDisk
from vsaviz.ui.reading_disk import reading

if TYPE_CHECKING:
    from vsaviz.collection.reader import Reader

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

    def search(reader: "Reader", tell: Tell) -> Found:
        k = asked.k + (asked.itself is not None)
        ((ids, similarities),) = reader.nearest(
            asked.vector[None], k, exact=asked.exact, progress=lambda n: tell("", n / max(1, kept.n))
        )
        others = np.flatnonzero(ids != asked.itself)[: asked.k]
        return Found(ids[others], similarities[others], reader.documents(ids[others]))

    return reading(kept, search)
