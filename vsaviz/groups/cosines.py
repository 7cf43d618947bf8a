"""How alike the documents of two groups are: within each, and between them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vsaviz.schemes.keyed import Floats


@dataclass(frozen=True)
class Cosines:
    """Mean cosines of pairs of different documents; None where a group has fewer than two."""

    within: tuple[float | None, float | None]
    between: float


def mean_cosines(one: ArrayLike, other: ArrayLike) -> Cosines:
    """Return the mean dot product within two tables of rows (n, D) and (m, D), and between them.

    The mean over pairs is read from sums of rows, so that a million pairs cost no more than the rows.

    Raises
    ------
    ValueError
        If a table has no rows.

    >>> mean_cosines([[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0]])
    Cosines(within=(0.0, None), between=0.5)
    """
    tables = [np.asarray(rows) for rows in (one, other)]
    if not all(len(rows) for rows in tables):
        raise ValueError(f"groups of {len(tables[0])} and {len(tables[1])} rows; each needs at least one")
    sums = [rows.sum(axis=0, dtype=np.float64) for rows in tables]
    first, second = (_within(rows, total) for rows, total in zip(tables, sums, strict=True))
    between = float(sums[0] @ sums[1]) / (len(tables[0]) * len(tables[1]))
    return Cosines((first, second), between)


def _within(rows: Floats, total: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    n = len(rows)
    if n < 2:
        return None
    itself = float(np.einsum("ij,ij->", rows, rows, dtype=np.float64))
    return (float(total @ total) - itself) / (n * (n - 1))
