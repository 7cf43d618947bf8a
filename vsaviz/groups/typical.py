"""Which of some documents is most like the others, and which are least."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vsaviz.neighbors import DECIMALS, checked

ODD_AT_MOST = 3
ROWS_AT_ONCE = 4096


@dataclass(frozen=True)
class Typical:
    """The rows of a group's most typical document and of its odd ones, the oddest first."""

    row: int
    odd: list[int]


def typical(vectors: ArrayLike) -> Typical:
    """Return the row of ``vectors`` (n, D), of length 1, with the largest mean similarity to the others.

    Odd are up to three with the smallest, but fewer than half of all; of one or two rows none is odd. Ties
    keep the order of the rows.

    Raises
    ------
    ValueError
        If there are no rows, or these are not finite numbers.

    >>> typical([[1.0, 0.0], [0.8, 0.6], [0.6, 0.8], [-1.0, 0.0]])
    Typical(row=1, odd=[3])
    """
    rows = checked("vectors", vectors)
    n = len(rows)
    if not n:
        raise ValueError("no vectors; give at least one row")
    total = rows.sum(axis=0, dtype=np.float64)
    means = np.zeros(n)
    for start in range(0, n, ROWS_AT_ONCE):
        block = rows[start : start + ROWS_AT_ONCE].astype(np.float64, copy=False)
        own = np.vecdot(block, block)
        means[start : start + len(block)] = (np.vecdot(block, total) - own) / max(n - 1, 1)
    means = np.round(means, DECIMALS)
    fewest_first = np.argsort(means, kind="stable")
    return Typical(int(np.argmax(means)), fewest_first[: min(ODD_AT_MOST, (n - 1) // 2)].tolist())
