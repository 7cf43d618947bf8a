"""Clusters of documents, found in the space of their vectors by HDBSCAN."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.cluster import HDBSCAN
from threadpoolctl import threadpool_limits

from vsaviz.clusters.space import ROWS_AT_ONCE, Points, along, components, drawn_together
from vsaviz.neighbors import Vectors, checked

SAMPLED = 4_000
"""Documents among which clusters are found; each other one joins its nearest of these."""

FEWEST = 5
"""Documents of the smallest cluster that can be asked for."""

DENSE = 3
"""Neighbours by which HDBSCAN measures density, the document itself among them."""

Progress = Callable[[float], None]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Clusters:
    """Which documents are in which cluster. Clusters are numbered from the largest."""

    labels: Rows = field(repr=False)
    """The cluster of each document (n,); -1 where it is in none."""
    sizes: Rows
    """How many documents each has."""
    strength: NDArray[np.float32] = field(repr=False)
    """How firmly each document is in its cluster (n,), from 0 to 1; 0 in none."""
    smallest: int
    """So many documents a cluster has at least, as it was asked for."""
    sampled: int
    """How many documents were looked at; the others are where the nearest of these is."""

    def rows(self, cluster: int) -> Rows:
        """Return the documents of a cluster, or with -1 those in none."""
        return np.flatnonzero(self.labels == cluster)


def usual_size(n: int) -> int:
    """Return the usual size of the smallest cluster: half the square root of n, at least 5 and 1 in 200.

    >>> usual_size(50), usual_size(2_000), usual_size(50_000)
    (5, 22, 250)
    """
    return max(FEWEST, round(n**0.5 / 2), n // 200)


def find_clusters(
    vectors: ArrayLike, smallest: int | None = None, seed: int = 0, progress: Progress | None = None
) -> Clusters:
    """Return clusters of vectors (n, D), rows of length 1.

    HDBSCAN (R. Campello, D. Moulavi and J. Sander, 2013) on 50 principal components, after each document was
    drawn to its neighbours. ``smallest`` is `usual_size` where it is None. Of more than 4,000 documents a
    seeded sample is looked at. No number and no kind of rows is an error: there may be no cluster.

    Raises
    ------
    ValueError
        If the vectors are not finite numbers, or ``smallest`` is below 2.
    """
    rows = checked("vectors", vectors)
    n = len(rows)
    least = usual_size(n) if smallest is None else smallest
    if least < 2:
        raise ValueError(f"smallest must be at least 2, got {smallest}")
    sample = _sample(n, seed)
    least_here = least if len(sample) == n else max(FEWEST, round(least * len(sample) / n))
    if len(sample) < 2 * least_here:
        return Clusters(np.full(n, -1), np.empty(0, np.int64), np.zeros(n, np.float32), least, len(sample))
    tell = progress or _silent
    tell(0.0)
    with threadpool_limits(1, user_api="blas"):  # many small products: threads would wait for each other
        mean, directions, points = components(rows, sample, seed)
        tell(0.2)
        drawn = drawn_together(points, least_here)
        tell(0.4)
        found = _hdbscan(drawn, least_here)
    tell(0.7)
    labels = np.full(n, -1, np.int64)
    strength = np.zeros(n, np.float32)
    labels[sample], strength[sample] = found
    if len(sample) < n:
        others = np.delete(np.arange(n), sample)
        near = _nearest(rows, others, (mean, directions, points), tell)
        labels[others], strength[others] = found[0][near], found[1][near]
    return _by_size(labels, strength, least, len(sample))


def _sample(n: int, seed: int) -> Rows:
    if n <= SAMPLED:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, SAMPLED, replace=False))


def _hdbscan(points: Points, smallest: int) -> tuple[Rows, NDArray[np.float32]]:
    if not points.any():  # all alike: there is nothing to tell apart
        return np.full(len(points), -1), np.zeros(len(points), np.float32)
    model = HDBSCAN(
        min_cluster_size=smallest,
        min_samples=min(DENSE, len(points)),
        max_cluster_size=len(points) // 2,
        algorithm="brute",  # trees gain nothing in so many dimensions
        copy=True,
    )
    with np.errstate(divide="ignore", invalid="ignore"):  # identical documents: density without end
        model.fit(points.astype(np.float64))
    strength = np.nan_to_num(model.probabilities_, nan=1.0)
    return model.labels_.astype(np.int64), np.where(model.labels_ < 0, 0, strength).astype(np.float32)


def _nearest(rows: Vectors, others: Rows, space: tuple[Points, Points, Points], tell: Progress) -> Rows:
    """Return for each of the other rows the number of the nearest sampled one."""
    mean, directions, points = space
    if not len(directions):
        return np.zeros(len(others), np.int64)
    near = np.empty(len(others), np.int64)
    for start in range(0, len(others), ROWS_AT_ONCE):
        placed = along(rows[others[start : start + ROWS_AT_ONCE]], mean, directions)
        near[start : start + len(placed)] = np.argmax(placed @ points.T, axis=1)
        tell(0.7 + 0.3 * start / len(others))
    return near


def _by_size(labels: Rows, strength: NDArray[np.float32], smallest: int, sampled: int) -> Clusters:
    """Return clusters numbered from the largest; of equal ones first that of the first document."""
    sizes = np.bincount(labels[labels >= 0])
    first = np.array([int(np.argmax(labels == cluster)) for cluster in range(len(sizes))], np.int64)
    order = np.lexsort((first, -sizes))
    number = np.full(len(sizes) + 1, -1, np.int64)  # the last stands for −1
    number[order] = np.arange(len(order))
    return Clusters(number[labels], sizes[order].astype(np.int64), strength, smallest, sampled)


def _silent(share: float) -> None:
    """Tell nobody."""
