"""What a search finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vsaviz.search.filters import Step

DECIMALS = 12
"""Scores that agree to so many decimals are equal: float64 sums of the same value in two orders do."""


@dataclass(frozen=True)
class Hit:
    """A document that was found."""

    row: int
    similarity: float
    """Of a query: the share of it that the document holds, 0 to 1. Of a document: their exact cosine, or
    half of it and half the share of the changes."""
    document: Any
    contributions: list[tuple[str, float]]
    """Fields and what they add to the similarity, the largest first."""
    cosine: float | None = None
    """Of the query's vector with the document's, where the index has vectors."""


class Hits(list[Hit]):
    """What was found, best first, with how many documents the filters left and what is to be said.

    Attributes
    ----------
    steps
        Pairs of what was asked and how many documents were left; the first counts all.
    notes
        Plain sentences: fields that no document has, filters that leave nothing.
    """

    def __init__(self, hits: Iterable[Hit], steps: list[Step], notes: list[str]):
        super().__init__(hits)
        self.steps = steps
        self.notes = notes


class Scored(Protocol):
    """Exact scores of some documents."""

    @property
    def ranking(self) -> NDArray[np.float64]:
        """The score of each document, (n,); those of 0 and less are not to be shown."""
        ...

    def contributions(self, document: int) -> list[tuple[str, float]]:
        """Return (field, contribution) to a document's score, the largest first."""
        ...


def best(scores: NDArray[np.float64], k: int) -> list[int]:
    """Return where the k highest scores above 0 stand, best first; equal ones keep their order.

    >>> best(np.array([0.5, 0.0, 1.0, 0.5]), 3)
    [2, 0, 3]
    """
    rounded = np.round(scores, DECIMALS)
    order = np.argsort(-rounded, kind="stable")[:k]
    return order[rounded[order] > 0].tolist()


def by_size(contributions: dict[str, float]) -> list[tuple[str, float]]:
    """Return the contributions that are not 0, the largest first, equal ones by name."""
    kept = ((name, part) for name, part in contributions.items() if part)
    return sorted(kept, key=lambda one: (-one[1], one[0]))
