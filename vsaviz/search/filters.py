"""Filters: what documents must be, exactly, before similarity ranks them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import Path, field_name
from vsaviz.search.known_fields import KnownFields

Step = tuple[str, int]
"""What was asked of documents, and how many were left."""


@dataclass(frozen=True)
class Filter:
    """One thing that is asked of documents."""

    text: str
    """How people read it."""
    keeps: Callable[[Any], bool]
    """Whether a document is kept."""
    paths: tuple[Path, ...] = ()
    """Where it looks, as far as that is known."""


@dataclass(frozen=True)
class Filtered:
    """What filters have left."""

    rows: NDArray[np.int64]
    """Of the documents that all filters keep, ascending."""
    steps: list[Step]
    """How many were left after each filter; the first step counts all."""
    notes: list[str]


def filtered(documents: Sequence[Any], filters: Sequence[Filter], known: KnownFields) -> Filtered:
    """Return what the filters keep; each sees only what those before it have kept.

    Notes name the paths that no document has, and say so if nothing is left.
    """
    left: Sequence[int] = range(len(documents))
    steps = [("all documents", len(documents))]
    for one in filters:
        left = [row for row in left if one.keeps(documents[row])]
        steps.append((one.text, len(left)))
    paths = dict.fromkeys(path for one in filters for path in one.paths if not known.has(path))
    notes = [known.missing(field_name(path)) for path in paths]
    if not left:
        notes.append(f"the filters leave nothing: {told(steps)}")
    return Filtered(np.array(left, dtype=np.int64), steps, notes)


def told(steps: Sequence[Step]) -> str:
    """Return the steps as one line.

    >>> told([("all documents", 5000), ("age >= 40", 312)])
    '5,000 documents → 312 after age >= 40'
    """
    (_, n), *rest = steps
    return " → ".join([f"{n:,} documents", *(f"{left:,} after {text}" for text, left in rest)])
