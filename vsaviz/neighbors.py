"""Who is most similar to whom: exact nearest neighbours by cosine, with ties in row order.

How the best rows are found, and why that is exact: see ``vsaviz.best_rows``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vsaviz.best_rows import DECIMALS, Rows, Vectors, best_rows

__all__ = ["DECIMALS", "Vectors", "checked", "nearest", "overlap", "own_neighbors"]


def nearest(
    queries: ArrayLike, vectors: ArrayLike, k: int = 5, *, exclude: ArrayLike | None = None
) -> tuple[Rows, NDArray[np.float32]]:
    """Return the k rows of ``vectors`` (m, D) most similar to each of ``queries`` (n, D).

    Best first; equal scores keep the order of ``vectors``. Exact, and in bounded memory: queries are
    taken in blocks.

    Parameters
    ----------
    queries, vectors
        Rows of length 1 (or 0), whose dot product is the cosine. They are used as given, never
        normalised.
    k
        How many; at most m, or m − 1 where a row is left out.
    exclude
        For each query one row of ``vectors`` to leave out, usually the document itself; −1 leaves out
        none. Another row that is equal to it stays.

    Returns
    -------
    indices : int64 (n, k)
    similarities : float32 (n, k)

    Raises
    ------
    ValueError
        If k is out of its range, or shapes or values do not fit.

    Examples
    --------
    >>> indices, similarities = nearest([[1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0], [0.6, 0.8]], k=2)
    >>> indices, similarities
    (array([[1, 2]]), array([[1. , 0.6]], dtype=float32))
    """
    queries, longest_query = _measured("queries", queries)
    vectors, longest = _measured("vectors", vectors)
    if queries.shape[1] != vectors.shape[1]:
        raise ValueError(
            f"queries are {queries.shape[1]} wide but vectors {vectors.shape[1]}; "
            "both must come from the same encoder"
        )
    others = left_out(exclude, len(queries), len(vectors))
    spare = int((others >= 0).any())
    if not 1 <= k <= len(vectors) - spare:
        raise ValueError(f"k must be in 1..{len(vectors) - spare}, got {k}")

    indices = np.empty((len(queries), k), np.int64)
    similarities = np.empty((len(queries), k), np.float32)
    for block, rows, scores in best_rows(queries, vectors, k + spare, (longest_query, longest)):
        kept = without(rows, others[block], k)
        indices[block] = rows[kept].reshape(-1, k)
        similarities[block] = scores[kept].reshape(-1, k)
    return indices, similarities


def own_neighbors(vectors: ArrayLike, k: int = 5) -> tuple[Rows, NDArray[np.float32]]:
    """Return every row's k nearest among the other rows of ``vectors`` (n, D), as `nearest` does.

    Of n rows each has n − 1 others, so k is cut to that; with none or one row the arrays are (n, 0).

    >>> own_neighbors([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]], k=1)[0]
    array([[2], [2], [1]])
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    vectors = checked("vectors", vectors)
    n = len(vectors)
    if n < 2:
        return np.empty((n, 0), np.int64), np.empty((n, 0), np.float32)
    return nearest(vectors, vectors, min(k, n - 1), exclude=np.arange(n))


def overlap(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return for each row the share (n,) of its neighbours that two tables (n, k) have in common.

    1 where both name the same neighbours in whatever order, 0 where they share none. With k = 0 there
    is nothing to disagree on: 1.

    >>> overlap([[1, 2], [0, 2]], [[2, 1], [3, 2]])
    array([1. , 0.5])
    """
    a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
    if a.ndim != 2 or a.shape != b.shape:
        raise ValueError(f"neighbours must be two tables (n, k), got shapes {a.shape} and {b.shape}")
    if not a.size:
        return np.ones(len(a))
    # A number for every (row, neighbour), so that one set operation serves all rows.
    offsets = np.arange(len(a))[:, None] * (1 + max(a.max(), b.max()))
    shared: NDArray[np.float64] = np.isin(a + offsets, b + offsets).mean(axis=1)
    return shared


def checked(name: str, values: ArrayLike) -> Vectors:
    """Return rows of finite numbers, float32 if they came so and float64 otherwise.

    Raises ValueError, with ``name`` in the message, if there are not two axes or a value is not finite.
    """
    return _measured(name, values)[0]


def _measured(name: str, values: ArrayLike) -> tuple[Vectors, float]:
    """Return the same with the length of the longest row: it is infinite if a value is not finite."""
    rows = np.asarray(values)
    if rows.ndim != 2:
        raise ValueError(f"{name} must have two axes (rows, width), got shape {rows.shape}")
    if rows.dtype != np.float32:
        rows = rows.astype(np.float64)
    with np.errstate(all="ignore"):
        longest = float(np.sqrt(np.vecdot(rows, rows).max(initial=0)))
    if not np.isfinite(longest):
        finite = np.isfinite(rows).all(axis=1)
        if not finite.all():
            raise ValueError(f"{name} must be finite, row {np.argmin(finite)} is not")
        longest = float(np.abs(rows).max()) * rows.shape[1] ** 0.5
    return rows, longest


def without(rows: Rows, others: Rows, k: int) -> NDArray[np.bool_]:
    """Return which k of each query's rows (n, k or k + 1) are kept, without the one that is left out.

    Where that is not among them, the last one goes.
    """
    kept = rows != others[:, None]
    kept[:, k:] &= ~kept.all(axis=1, keepdims=True)
    return kept


def left_out(exclude: ArrayLike | None, n: int, m: int) -> Rows:
    """Return for each of n queries the row of m to leave out, −1 for none, if ``exclude`` says so.

    Raises ValueError if it does not fit.
    """
    if exclude is None:
        return np.full(n, -1, np.int64)
    rows = np.asarray(exclude)
    if rows.shape != (n,):
        raise ValueError(f"exclude needs one row for each of {n} queries, got shape {rows.shape}")
    if n and (rows.dtype.kind not in "iu" or rows.min() < -1 or rows.max() >= m):
        raise ValueError(f"exclude must be whole numbers in -1..{m - 1}, got {rows}")
    return rows.astype(np.int64)
