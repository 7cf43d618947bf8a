"""Documents that are nearly the same as another, and those that are like no other."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

from vsaviz.neighbors import Vectors, checked, nearest, own_neighbors

THRESHOLD = 0.95
"""Cosine from which two documents are near-duplicates."""

SAME = 1 - 1e-6
"""Cosine from which two vectors are the same, but for rounding."""

LISTED = 1_000
"""Pairs that are returned, the most similar; all are counted."""

NEIGHBORS = 5
"""The nearest others to which an outlier is compared."""

TOLD = 20
"""Outliers that are returned."""

REDUCED = 64
"""Leading directions of the first look, which can only overrate a cosine."""

ROWS_AT_ONCE = 256
LOOKED_INTO = 4_000
"""Documents up to which each one's nearest are sought among all."""
REFERENCES = 1_000
"""Beyond, each is first compared with so many."""
SEEN_IN_FULL = 2_000
"""And so many at most then with all."""

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Duplicates:
    """Pairs of different documents whose cosine reaches a threshold."""

    threshold: float
    pairs: Rows = field(repr=False)
    """The rows of each pair (m, 2), the most similar first; at most 1,000."""
    similarities: Scores = field(repr=False)
    n_pairs: int
    """How many there are in all."""
    n_same: int
    """How many of them have the same vector."""
    n_documents: int
    """How many documents have such a partner."""
    of: int
    """How many documents were compared, each with each."""
    closest: tuple[int, int, float] | None = None
    """Where no pair reaches the threshold, the two most similar and their cosine, if sought."""


@dataclass(frozen=True)
class Outliers:
    """The documents least similar to their nearest others, the oddest first."""

    rows: Rows
    scores: Scores
    """The mean cosine to the ``k`` nearest others."""
    k: int
    usual: float
    """The median of that score over the documents that were looked into first: all, or a sample."""
    of: int
    exact: bool
    """Whether no other document can have a lower score; else these are the oddest of those looked into."""


def near_duplicates(
    vectors: ArrayLike, threshold: float = THRESHOLD, seed: int = 0, progress: Progress | None = None
) -> Duplicates:
    """Return the pairs of vectors (n, D), rows of length 1, with a cosine of at least ``threshold``.

    All are compared. The first look is along 64 leading directions and at what these leave out: by the
    inequality of Cauchy and Schwarz x·y ≤ p·q + |x − p| |y − q|, so that no pair is missed; pairs that could
    reach the threshold are then computed in full.

    Raises
    ------
    ValueError
        If the vectors are not finite numbers, or the threshold is not above 0.
    """
    rows = checked("vectors", vectors).astype(np.float32, copy=False)
    if not threshold > 0:
        raise ValueError(f"threshold must be above 0, got {threshold}")
    n = len(rows)
    bounds = _bounding(rows, seed)
    best = _Best(n)
    for start in range(0, n, ROWS_AT_ONCE):
        block = slice(start, start + ROWS_AT_ONCE)
        one, other = np.nonzero(bounds[block] @ bounds[start:].T >= threshold - 1e-4)
        one, other = one[other > one], other[other > one]
        cosines = _cosines(rows, one + start, other + start)
        reached = cosines >= threshold - 5e-7  # rounding in float32
        best.take(one[reached] + start, other[reached] + start, cosines[reached])
        if progress is not None:
            progress(1 - ((n - start) / n) ** 2)
    pairs, cosines = best.sorted()
    closest = None if best.n or not 2 <= n <= LOOKED_INTO else _closest(rows)
    return Duplicates(threshold, pairs, cosines, best.n, best.n_same, int(best.has_partner.sum()), n, closest)


def _closest(rows: Vectors) -> tuple[int, int, float]:
    near, cosines = own_neighbors(rows, 1)
    one = int(np.argmax(cosines[:, 0]))
    return one, int(near[one, 0]), float(cosines[one, 0])


class _Best:
    """The most similar pairs so far, and how many there were."""

    def __init__(self, n_documents: int):
        self.n = self.n_same = 0
        self.has_partner = np.zeros(n_documents, dtype=bool)
        self._pairs = np.empty((0, 2), np.int64)
        self._cosines = np.empty(0)

    def take(self, one: Rows, other: Rows, cosines: Scores) -> None:
        """Count pairs, and keep the most similar."""
        self.n += len(one)
        self.n_same += int((cosines >= SAME).sum())
        self.has_partner[one] = self.has_partner[other] = True
        self._pairs = np.concatenate([self._pairs, np.stack([one, other], axis=1)])
        self._cosines = np.concatenate([self._cosines, cosines])
        if len(self._pairs) > 4 * LISTED:
            self._pairs, self._cosines = self.sorted()

    def sorted(self) -> tuple[Rows, Scores]:
        """Return the most similar pairs, equal ones by row."""
        rounded = np.round(self._cosines, 6)
        order = np.lexsort((self._pairs[:, 1], self._pairs[:, 0], -rounded))[:LISTED]
        return self._pairs[order], self._cosines[order]


def _bounding(rows: Vectors, seed: int) -> NDArray[np.float32]:
    """Return short rows whose dot products are never below those of ``rows`` (but for rounding)."""
    k = min(REDUCED, *rows.shape)
    if not rows.any() or rows.shape[1] <= REDUCED + 1:
        return rows
    draw = np.random.default_rng(seed)
    some = rows[np.sort(draw.choice(len(rows), min(len(rows), 4 * REFERENCES), replace=False))]
    directions = _leading(some, k, seed)
    along = rows @ directions.T
    left = np.maximum(np.einsum("ij,ij->i", rows, rows) - np.einsum("ij,ij->i", along, along), 0)
    return np.column_stack([along, np.sqrt(left)]).astype(np.float32)


def _leading(rows: Vectors, k: int, seed: int) -> NDArray[np.float32]:
    """Return orthonormal directions (k, D) along which rows are long; which ones is of no matter."""
    with threadpool_limits(1, user_api="blas"):  # many small products: threads would wait for each other
        found = randomized_svd(rows, k, random_state=seed)[2]
    return found.astype(np.float32)


def _cosines(rows: Vectors, one: Rows, other: Rows) -> Scores:
    cosines = np.empty(len(one))
    step = max(1, (1 << 22) // max(1, rows.shape[1]))
    for start in range(0, len(one), step):
        pairs = slice(start, start + step)
        cosines[pairs] = np.einsum("ij,ij->i", rows[one[pairs]], rows[other[pairs]])
    return cosines


def outliers(
    vectors: ArrayLike, most: int = TOLD, seed: int = 0, progress: Progress | None = None
) -> Outliers:
    """Return the vectors (n, D), rows of length 1, least similar to their five nearest others.

    Of a large collection each is first compared with a sample. Among all documents its score can only be
    higher; so those with the lowest are compared with all, until no other can be among the oddest.

    Raises
    ------
    ValueError
        If the vectors are not finite numbers, or ``most`` is below 1.
    """
    rows = checked("vectors", vectors)
    if most < 1:
        raise ValueError(f"most must be at least 1, got {most}")
    n, k = len(rows), min(NEIGHBORS, len(rows) - 1)
    if k < 1:
        return Outliers(np.empty(0, np.int64), np.empty(0), 0, 0.0, n, True)
    tell = progress or _silent
    if n <= LOOKED_INTO:
        scores = _scores(rows, np.arange(n), rows, np.arange(n), tell)
        order = np.lexsort((np.arange(n), scores))[:most]
        return Outliers(order, scores[order], k, float(np.median(scores)), n, True)
    sample = np.sort(np.random.default_rng(seed).choice(n, REFERENCES, replace=False))
    least = _scores(rows, np.arange(n), rows[sample], sample, lambda share: tell(0.6 * share))
    return _oddest(rows, least, most, sample, lambda share: tell(0.6 + 0.4 * share))


def _oddest(rows: Vectors, least: Scores, most: int, sample: Rows, tell: Progress) -> Outliers:
    """Return the oddest; no document's score is below ``least``."""
    n = len(rows)
    order = np.lexsort((np.arange(n), least))
    found = np.full(n, np.inf)
    found[sample[:64]] = _scores(rows, sample[:64], rows, np.arange(n), _silent)
    usual = float(np.median(found[sample[:64]]))
    exact = False
    step = 128
    for start in range(0, min(n, SEEN_IN_FULL), step):
        block = order[start : start + step]
        found[block] = _scores(rows, block, rows, np.arange(n), _silent)
        done = start + len(block)
        worst = np.partition(found, most - 1)[most - 1] if most <= done else np.inf
        if done == n or least[order[done]] >= worst:
            exact = True
            break
        tell(done / SEEN_IN_FULL)
    oddest = np.lexsort((np.arange(n), found))[:most]
    return Outliers(oddest, found[oddest], NEIGHBORS, usual, n, exact)


def _scores(rows: Vectors, chosen: Rows, others: Vectors, numbers: Rows, tell: Progress) -> Scores:
    """Return the mean cosine of chosen rows to their nearest of some others, which are rows ``numbers``."""
    place = np.full(len(rows), -1)
    place[numbers] = np.arange(len(numbers))
    k = min(NEIGHBORS, len(numbers) - 1)
    scores = np.empty(len(chosen))
    for start in range(0, len(chosen), ROWS_AT_ONCE):
        block = chosen[start : start + ROWS_AT_ONCE]
        near = nearest(rows[block], others, k, exclude=place[block])[1]
        scores[start : start + len(block)] = near.astype(np.float64).mean(axis=1)
        tell((start + len(block)) / len(chosen))
    return scores


def _silent(share: float) -> None:
    """Tell nobody."""
