"""Who is most similar to whom: exact nearest neighbours by cosine, with ties in row order.

A float32 matrix product finds the candidates quickly but gives equal rows scores that differ in the
last bit. So the candidates (whatever comes within ``BAND`` of the k-th best score) are scored again in
float64, each pair by the same sum, and only those scores decide. Identical rows are scored once and
share one score.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

BLOCK_BYTES = 16 * 2**20
"""Scores held at a time; a few times as much is in use while the best are chosen."""

BAND = 1e-5
"""Wider than the error of a float32 product of two rows of length 1."""

DECIMALS = 12
"""Scores that agree to so many decimals are equal: float64 sums of the same value in two orders do."""

PAIRS = 2**17
"""Candidates in one block from which on a float64 product is cheaper than a sum for each pair."""

Vectors = NDArray[np.floating[Any]]
Rows = NDArray[np.int64]
Scores = NDArray[np.float64]


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
    queries, vectors = checked("queries", queries), checked("vectors", vectors)
    if queries.shape[1] != vectors.shape[1]:
        raise ValueError(
            f"queries are {queries.shape[1]} wide but vectors {vectors.shape[1]}; "
            "both must come from the same encoder"
        )
    left_out = _left_out(exclude, len(queries), len(vectors))
    spare = int((left_out >= 0).any())
    if not 1 <= k <= len(vectors) - spare:
        raise ValueError(f"k must be in 1..{len(vectors) - spare}, got {k}")

    first_rows, members, sizes = _identical(vectors)
    distinct = vectors if len(first_rows) == len(vectors) else vectors[first_rows]
    indices = np.empty((len(queries), k), np.int64)
    similarities = np.empty((len(queries), k), np.float32)
    step = max(1, BLOCK_BYTES // (4 * len(distinct)))
    for start in range(0, len(queries), step):
        block = slice(start, start + step)
        query, group, scores = _best(queries[block], distinct, min(k + spare, len(distinct)))
        pair, row = _spread(group, members, sizes, k + spare)
        query, scores = query[pair], scores[pair]
        kept = row != left_out[block][query]
        chosen = _first(k, query[kept], scores[kept], row[kept])
        indices[block] = row[kept][chosen]
        similarities[block] = scores[kept][chosen]
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
    rows = np.asarray(values)
    if rows.ndim != 2:
        raise ValueError(f"{name} must have two axes (rows, width), got shape {rows.shape}")
    if rows.dtype != np.float32:
        rows = rows.astype(np.float64)
    finite = np.isfinite(rows).all(axis=1)
    if not finite.all():
        raise ValueError(f"{name} must be finite, row {np.argmin(finite)} is not")
    return rows


def _left_out(exclude: ArrayLike | None, n: int, m: int) -> Rows:
    if exclude is None:
        return np.full(n, -1, np.int64)
    rows = np.asarray(exclude)
    if rows.shape != (n,):
        raise ValueError(f"exclude needs one row for each of {n} queries, got shape {rows.shape}")
    if n and (rows.dtype.kind not in "iu" or rows.min() < -1 or rows.max() >= m):
        raise ValueError(f"exclude must be whole numbers in -1..{m - 1}, got {rows}")
    return rows.astype(np.int64)


def _identical(vectors: Vectors) -> tuple[Rows, Rows, Rows]:
    """Group identical rows: the first row of each group, all rows by group, the groups' sizes.

    Groups are in the order of their first rows, and rows within a group in theirs.
    """
    numbers: dict[bytes, int] = {}
    group = np.array([numbers.setdefault(row.tobytes(), len(numbers)) for row in vectors], np.int64)
    members = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    return members[np.cumsum(sizes) - sizes], members, sizes


def _best(queries: Vectors, vectors: Vectors, need: int) -> tuple[Rows, Rows, Scores]:
    """Pair queries with rows, and score them: among the pairs are every query's best ``need`` rows."""
    rough = queries.astype(np.float32, copy=False) @ vectors.astype(np.float32, copy=False).T
    band = BAND * _longest(queries) * _longest(vectors)
    found = np.flatnonzero(rough >= (_reached(rough, need) - band)[:, None])
    if found.size > PAIRS:  # k is large, or rows differ by less than the band, or queries are zero
        fine = np.round(queries.astype(np.float64) @ vectors.astype(np.float64).T, DECIMALS)
        best = np.argsort(-fine, axis=1, kind="stable")[:, :need]
        query = np.repeat(np.arange(len(queries)), need)
        return query, best.ravel(), fine[query, best.ravel()]
    query, row = np.divmod(found, len(vectors))
    return query, row, _scores(queries, vectors, query, row)


def _longest(rows: Vectors) -> float:
    return float(np.sqrt(np.einsum("ij,ij->i", rows, rows).max()))


def _reached(scores: NDArray[np.float32], need: int) -> NDArray[np.float32]:
    """For each row a score that at least ``need`` of its entries reach, close to the ``need``-th best.

    Columns are dealt into groups like cards: at least ``need`` entries reach the ``need``-th best of the
    groups' maxima. Maxima cost a fraction of a partition of all scores.
    """
    groups = min(scores.shape[1], 8 * need)
    whole = scores.shape[1] // groups * groups
    maxima = scores[:, :whole].reshape(len(scores), -1, groups).max(axis=1)
    reached: NDArray[np.float32] = np.partition(maxima, groups - need, axis=1)[:, groups - need]
    return reached


def _scores(queries: Vectors, vectors: Vectors, query: Rows, row: Rows) -> Scores:
    """Return the dot product of every pair in float64, the same sum wherever the pair stands."""
    scores = np.empty(len(query))
    step = max(1, 2**16 // max(1, vectors.shape[1]))  # pairs that stay in the processor's cache
    for start in range(0, len(query), step):
        pairs = slice(start, start + step)
        left = queries[query[pairs]].astype(np.float64, copy=False)
        right = vectors[row[pairs]].astype(np.float64, copy=False)
        scores[pairs] = np.vecdot(left, right)
    return np.round(scores, DECIMALS)


def _spread(group: Rows, members: Rows, sizes: Rows, need: int) -> tuple[Rows, Rows]:
    """Replace the group of each pair by its first ``need`` rows: the pair each came from, and the row."""
    counts = np.minimum(sizes, need)[group]
    pair = np.repeat(np.arange(len(group)), counts)
    place = np.arange(len(pair)) - (np.cumsum(counts) - counts)[pair]
    return pair, members[(np.cumsum(sizes) - sizes)[group[pair]] + place]


def _first(k: int, query: Rows, scores: Scores, row: Rows) -> Rows:
    """Where the k best pairs of every query stand (n, k): by score, then by row."""
    order = np.lexsort((row, -scores, query))
    starts = np.flatnonzero(np.diff(query[order], prepend=-1))
    chosen: Rows = order[starts[:, None] + np.arange(k)]
    return chosen
