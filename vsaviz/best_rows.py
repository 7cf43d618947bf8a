"""The rows with the largest dot products, exactly: rough scores of all, exact ones of the few that matter.

A float32 matrix product finds the candidates quickly but gives equal rows scores that differ in the
last bit. So the candidates (whatever comes within ``BAND`` of the k-th best score) are scored again in
float64, each pair by the same sum, and only those scores decide. Columns are taken in blocks: the
maxima of groups of columns raise a threshold that few further scores reach.
"""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating[Any]]
Rows = NDArray[np.int64]
Scores = NDArray[np.float64]
Rough = Callable[[slice], NDArray[np.float32]]
"""Gives some queries' scores (n, columns) with some of the rows."""

QUERIES, COLUMNS = 1024, 4096
"""Taken together: 16 MB of rough scores, and a product large enough for BLAS to be at its fastest."""

BAND = 1e-5
"""Wider than the error of two float32 products of rows of length 1."""

DECIMALS = 12
"""Scores that agree to so many decimals are equal: float64 sums of the same value in two orders do."""

CROWD = 2048
"""A query with more candidates than this, and 4 k, is scored with all rows in one float64 product."""

FEW_ROWS = 16
"""So are all queries where there are not so many rows for each of the k that are sought."""

EXACT_BYTES = 1 << 26
"""Float64 scores held at a time."""


def best_rows(
    queries: Vectors, vectors: Vectors, k: int, lengths: tuple[float, float]
) -> Iterator[tuple[slice, Rows, Scores]]:
    """Yield some queries, their k best rows (n, k) and the scores of these; equal scores in row order.

    ``lengths`` are those of the longest query and the longest vector, to which float32's error is
    proportional. All is in bounded memory.
    """
    for start in range(0, len(queries), QUERIES):
        block = slice(start, min(start + QUERIES, len(queries)))
        some = queries[block]
        rows = np.empty((len(some), k), dtype=np.int64)
        scores = np.empty((len(some), k))
        crowded = np.ones(len(some), dtype=bool)
        if FEW_ROWS * k < len(vectors):
            band = BAND * lengths[0] * lengths[1]
            query, row, _, crowded = candidates(_products(some, vectors), len(some), len(vectors), k, band)
            exact = pair_scores(some, vectors, query, row)
            first = first_pairs(k, query, exact, row)
            rows[~crowded], scores[~crowded] = row[first], exact[first]
        if crowded.any():
            rows[crowded], scores[crowded] = _among_all(some[crowded], vectors, k)
        yield block, rows, scores


def _products(queries: Vectors, vectors: Vectors) -> Rough:
    singles = queries.astype(np.float32, copy=False)
    return lambda columns: singles @ vectors[columns].astype(np.float32, copy=False).T


def candidates(
    rough: Rough, n: int, m: int, k: int, band: float = 0.0
) -> tuple[Rows, Rows, NDArray[np.float32], NDArray[np.bool_]]:
    """Pair n queries with rows of m, and score them: whatever comes within ``band`` of a query's k-th best.

    The last array says which queries have too many for that: these have no pairs.
    """
    best = np.full((n, k), -np.inf, dtype=np.float32)
    found, reached = [], []
    crowded = np.zeros(n, dtype=bool)
    counts = np.zeros(n, dtype=np.int64)
    most = CROWD + 4 * k
    for start in range(0, m, COLUMNS):
        scores = rough(slice(start, min(start + COLUMNS, m)))
        best = _raised(best, scores)
        threshold = np.where(crowded, np.inf, best.min(axis=1) - band).astype(np.float32)
        reaching = scores >= threshold[:, None]
        if np.count_nonzero(reaching) > most:  # else no query can have so many in this block
            counts += np.count_nonzero(reaching, axis=1)
            crowded |= counts > most
            reaching[crowded] = False
        flat = np.flatnonzero(reaching)
        found.append(flat // scores.shape[1] * m + start + flat % scores.shape[1])
        reached.append(scores.ravel()[flat])
    pairs, of_pairs = np.concatenate(found), np.concatenate(reached)
    query = pairs // m
    kept = (of_pairs >= (best.min(axis=1) - band)[query]) & ~crowded[query]
    return query[kept], pairs[kept] % m, of_pairs[kept], crowded


def _raised(best: NDArray[np.float32], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each query the k best of ``best`` (n, k) and of the maxima of groups of columns.

    Columns are dealt into groups like cards, so that the maxima are scores of different rows: at least k
    rows reach the least of them. Maxima cost a fraction of a partition of all scores.
    """
    n, k = best.shape
    groups = min(scores.shape[1], max(128, 8 * k))
    whole = scores.shape[1] // groups * groups
    maxima = scores[:, :whole].reshape(n, -1, groups).max(axis=1)
    both = np.concatenate([best, maxima], axis=1)
    return np.partition(both, both.shape[1] - k, axis=1)[:, -k:]


def pair_scores(queries: Vectors, vectors: Vectors, query: Rows, row: Rows) -> Scores:
    """Return the dot product of every pair in float64, the same sum wherever the pair stands."""
    scores = np.empty(len(query))
    step = max(1, 2**16 // max(1, vectors.shape[1]))  # pairs that stay in the processor's cache
    for start in range(0, len(query), step):
        pairs = slice(start, start + step)
        left = queries[query[pairs]].astype(np.float64, copy=False)
        # A sum of products, not a product of BLAS: that may depend on where in memory a row begins.
        scores[pairs] = (left * vectors[row[pairs]]).sum(axis=1)
    return np.round(scores, DECIMALS)


def first_pairs(k: int, query: Rows, scores: NDArray[np.floating[Any]], row: Rows) -> Rows:
    """Where the k best pairs of every query stand (n, k): by score, then by row."""
    order = np.lexsort((row, -scores, query))
    starts = np.flatnonzero(np.diff(query[order], prepend=-1))
    chosen: Rows = order[starts[:, None] + np.arange(k)]
    return chosen


def _among_all(queries: Vectors, vectors: Vectors, k: int) -> tuple[Rows, Scores]:
    """Return the k best rows of each query and their scores, from exact scores of all rows.

    Identical rows are scored once: they share one score.
    """
    first, group = _identical(vectors)
    rows = np.empty((len(queries), k), dtype=np.int64)
    scores = np.empty((len(queries), k))
    step = max(1, EXACT_BYTES // (8 * len(vectors)))
    for start in range(0, len(queries), step):
        some = queries[start : start + step].astype(np.float64)
        exact = np.empty((len(some), len(first)))
        for column in range(0, len(first), COLUMNS):
            chosen = first[column : column + COLUMNS]
            exact[:, column : column + COLUMNS] = some @ vectors[chosen].astype(np.float64).T
        for query, of_all in enumerate(np.round(exact, DECIMALS)[:, group], start):
            rows[query] = best = largest(of_all, k)
            scores[query] = of_all[best]
    return rows, scores


def largest(scores: NDArray[np.floating[Any]], k: int) -> Rows:
    """Where the k largest of some scores stand, the largest first; equal ones in their order."""
    reached = np.partition(scores, len(scores) - k)[len(scores) - k]
    above = np.flatnonzero(scores > reached)
    rows = np.concatenate([above, np.flatnonzero(scores == reached)[: k - len(above)]])
    return rows[np.argsort(-scores[rows], kind="stable")]


def _identical(vectors: Vectors) -> tuple[Rows, Rows]:
    """Group identical rows: the first row of each group, and the group of each row."""
    numbers: dict[bytes, int] = {}
    digests = (blake2b(row.tobytes(), digest_size=16).digest() for row in vectors)
    group = np.array([numbers.setdefault(digest, len(numbers)) for digest in digests], dtype=np.int64)
    return np.unique(group, return_index=True)[1], group
