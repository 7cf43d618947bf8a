"""Exact neighbours among vectors that are mapped into memory, block by block; ties by id."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from vsaviz.collection.flat import Flat
from vsaviz.collection.rows import Ids, Progress
from vsaviz.schemes.keyed import Floats
from vsaviz.search.hits import DECIMALS

BAND = 1e-5
"""Wider than the error of a float32 product of two rows of length 1."""
BLOCK_ROWS = 2**15
"""Rows of one product."""
SCORES = 2**25
"""Scores that are held at a time."""
PAIRS_AT_ONCE = 2**12

Scored = tuple[Ids, NDArray[np.float64]]
"""Ids and their similarities, best first."""


def exact_nearest(queries: Floats, flat: Flat, k: int) -> list[Scored]:
    """Return for each query (n, width) the k nearest of the rows that are alive, if there are so many.

    float32 products find all rows within ``BAND`` of the k-th best; float64 sums decide among them.
    """
    k = min(k, int(flat.alive.sum()))
    if not k:
        return [(np.empty(0, np.int64), np.empty(0)) for _ in queries]
    found = []
    step = max(1, SCORES // len(flat.ids))
    for start in range(0, len(queries), step):
        block = queries[start : start + step].astype(np.float32)
        for query, scores in zip(block, _scores(block, flat), strict=True):
            band = BAND * float(np.linalg.norm(query))
            least = np.partition(scores, len(scores) - k)[len(scores) - k] - band
            found.append(first(query, flat.ids, flat.vectors, np.flatnonzero(scores >= least), k))
    return found


def nearest_in_blocks(
    query: Floats,
    blocks: Iterable[tuple[Ids, Floats]],
    k: int,
    among: Ids | None = None,
    progress: Progress | None = None,
) -> Scored:
    """Return the same for one query and blocks of ids and vectors, of which one is held at a time.

    Only rows whose ids are ``among`` these count, if they are given. ``progress`` is told the rows that are
    done.
    """
    best: Scored = (np.empty(0, np.int64), np.empty(0))
    wanted, band, done = query.astype(np.float32), BAND * float(np.linalg.norm(query)), 0
    for ids, vectors in blocks:
        least = best[1][k - 1] - band if len(best[1]) == k else -np.inf
        likely = vectors @ wanted >= least
        rows = np.flatnonzero(likely if among is None else likely & np.isin(ids, among))
        best = _merged(best, first(query, ids, vectors, rows, k), k)
        done += len(ids)
        if progress:
            progress(done)
    return best


def _merged(one: Scored, other: Scored, k: int) -> Scored:
    ids, scores = (np.concatenate(pair) for pair in zip(one, other, strict=True))
    order = np.lexsort((ids, -scores))[:k]
    return ids[order], scores[order]


def first(query: Floats, ids: Ids, vectors: Floats, rows: NDArray[np.int64], k: int) -> Scored:
    """Return the k best of some rows, scored in float64: by similarity, then by id."""
    scores = np.empty(len(rows))
    exact = query.astype(np.float64)
    for start in range(0, len(rows), PAIRS_AT_ONCE):
        part = slice(start, start + PAIRS_AT_ONCE)
        # A sum for each row by itself, so that equal rows get equal scores.
        scores[part] = np.vecdot(vectors[rows[part]].astype(np.float64), exact)
    scores = np.round(scores, DECIMALS)
    order = np.lexsort((ids[rows], -scores))[:k]
    return ids[rows[order]], scores[order]


def _scores(queries: Floats, flat: Flat) -> NDArray[np.float32]:
    scores = np.empty((len(queries), len(flat.ids)), np.float32)
    for start in range(0, len(flat.ids), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        if len(queries) == 1:  # a product with one vector reads the rows once, without rearranging them
            np.matmul(flat.vectors[part], queries[0], out=scores[0, part])
        else:
            scores[:, part] = queries @ flat.vectors[part].T
    scores[:, ~flat.alive] = -np.inf
    return scores
