"""What is looked at: the documents on the screen, and what is known beside them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features import Vocabulary
from vsaviz.schemes.keyed import Floats
from vsaviz.ui.encoding import Encoding


@dataclass(frozen=True)
class OnDisk:
    """The collection on disk of which the documents on the screen are a sample, and what it has of them."""

    name: str
    n: int
    """Of all its documents."""
    indexed: bool
    """Whether it has an approximate index."""
    encoding: Encoding
    """Its own, without weights set by hand."""
    vocabulary: Vocabulary = field(repr=False)
    """What its encoder has learnt."""
    ids: NDArray[np.int64] = field(repr=False)
    """Of the documents on the screen, ascending."""
    vectors: Floats = field(repr=False)
    """Of the documents on the screen, as they stand on disk."""


@dataclass(frozen=True)
class Loaded:
    """The documents on the screen; ``key`` changes whenever they do."""

    key: str
    name: str
    documents: list[Any] = field(repr=False)
    label: str = ""
    labels: list[str] = field(default_factory=list, repr=False)
    """One a document, no part of it; none for documents of one's own."""
    files: list[str] = field(default_factory=list, repr=False)
    """The name of each document's file; none where all are of one file."""
    on_disk: OnDisk | None = field(default=None, repr=False)
