"""One document's nearest under several encodings, and what has moved against the first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz.lab.comparing.agreement import DECIMALS, K


@dataclass(frozen=True)
class Neighbor:
    """One line of a list: a document, how similar, and its rank in the first list, counted from 1."""

    row: int
    similarity: float
    rank: int
    rank_in_first: int

    @property
    def moved(self) -> int:
        """By how many places it stands higher than in the first list."""
        return self.rank_in_first - self.rank


@dataclass(frozen=True)
class NeighborList:
    """One encoding's nearest of a document."""

    neighbors: tuple[Neighbor, ...]
    kept: tuple[int, ...]
    """How many of its k nearest are among those of each encoding."""
    rank: tuple[float, ...]
    """Spearman's correlation of the places of all other documents with those under each encoding."""


def neighbor_lists(similarities: Sequence[NDArray[np.floating]], row: int, k: int = K) -> list[NeighborList]:
    """Return a list for each encoding from a document's similarities (n,) under it.

    Equal similarities stand in the order of rows. Of n documents each has n − 1 others: k is cut to that.

    >>> first, second = neighbor_lists([np.array([1, 0.9, 0.8]), np.array([1, 0.1, 0.2])], 0, k=1)
    >>> second.neighbors
    (Neighbor(row=2, similarity=0.2, rank=1, rank_in_first=2),)
    """
    orders = [_order(one, row) for one in similarities]
    k = min(k, len(orders[0])) if orders else 0
    ranks = [_ranks(order) for order in orders]
    tops = [set(order[:k].tolist()) for order in orders]
    return [
        NeighborList(
            tuple(
                Neighbor(other, round(float(one[other]), DECIMALS), place, ranks[0][other])
                for place, other in enumerate(order[:k].tolist(), start=1)
            ),
            tuple(len(top & other) for other in tops),
            tuple(_spearman(own, other, order) for other in ranks),
        )
        for one, order, own, top in zip(similarities, orders, ranks, tops, strict=True)
    ]


def _order(similarities: NDArray[np.floating], row: int) -> NDArray[np.int64]:
    order = np.argsort(-np.round(similarities, DECIMALS), kind="stable")
    return order[order != row]


def _ranks(order: NDArray[np.int64]) -> dict[int, int]:
    return {other: place for place, other in enumerate(order.tolist(), start=1)}


def _spearman(one: dict[int, int], other: dict[int, int], rows: NDArray[np.int64]) -> float:
    n = len(rows)
    squares = sum((one[row] - other[row]) ** 2 for row in rows.tolist())
    return 1.0 - 6.0 * squares / (n * (n * n - 1)) if n > 1 else 1.0
