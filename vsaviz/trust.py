"""How far a map can be trusted: whether those that are neighbours on it are neighbours at all."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.neighbors import KDTree

from vsaviz.neighbors import Vectors, checked

NEAREST = 10
"""Neighbours on the map that are looked at."""

NEAR = 0.05
"""The share of all documents that are near one by cosine: who is next on the map should be one of them."""

NEAR_AT_LEAST = 30

SEEN = 2_000
"""Documents that are looked at; of more a seeded sample is."""

MOSTLY = 0.5
"""A document is misplaced where more of its neighbours on the map than this share are not near it."""

CELLS = 1 << 23
"""Cosines held at once."""

Rows = NDArray[np.int64]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Trust:
    """Whether neighbours on a map are neighbours by cosine, for some documents."""

    rows: Rows = field(repr=False)
    """The documents that were judged, ascending."""
    scores: NDArray[np.float64] = field(repr=False)
    """The trustworthiness of each one's place: 1 where its neighbours on the map are its nearest, lower the
    farther away they are by rank. Their mean over all that were seen is the map's."""
    strangers: NDArray[np.float64] = field(repr=False)
    """The share of each one's neighbours on the map that are not among its ``among`` nearest by cosine."""
    seen: int
    """How many documents were candidates for neighbours: all, or a sample."""
    k: int
    among: int

    @property
    def overall(self) -> float:
        """The trustworthiness of the map, from 0 to 1; chance gives about a half."""
        return float(self.scores.mean())

    @property
    def misplaced(self) -> Rows:
        """The documents most of whose neighbours on the map are not near them."""
        return self.rows[self.strangers > MOSTLY]

    @property
    def share_misplaced(self) -> float:
        """The share of the judged documents that are misplaced."""
        return len(self.misplaced) / len(self.rows)


def trust(
    vectors: ArrayLike,
    points: ArrayLike,
    *,
    every: bool = False,
    seed: int = 0,
    progress: Progress | None = None,
) -> Trust | None:
    """Judge a map: ``points`` (n, 2) of ``vectors`` (n, D), rows of length 1.

    The score is the trustworthiness of J. Venna and S. Kaski (2001) as ``sklearn.manifold.trustworthiness``
    has it, with k = 10 and cosines for distances: for each 1 − 2 Σ max(0, r − k) / (k (2n − 3k − 1)),
    r being the rank by cosine of each of its k neighbours on the map. Equals share the best rank.

    Of more than 2,000 documents a seeded sample is seen, as the whole collection would be. With ``every`` all
    documents are judged, by their neighbours in the sample. None for fewer than four documents.

    Raises
    ------
    ValueError
        If the vectors are not finite numbers, or the points are not as many.
    """
    rows = checked("vectors", vectors)
    places = np.asarray(points, dtype=np.float64)
    n = len(rows)
    if places.shape != (n, 2):
        raise ValueError(f"{n} vectors need points of shape ({n}, 2), got {places.shape}")
    sample = (
        np.arange(n) if n <= SEEN else np.sort(np.random.default_rng(seed).choice(n, SEEN, replace=False))
    )
    if len(sample) < 4:
        return None
    k = min(NEAREST, (len(sample) - 1) // 2)
    among = min(max(NEAR_AT_LEAST, round(NEAR * len(sample))), max(k, (len(sample) - 1) // 3))
    judged = np.arange(n) if every else sample
    ranks = _ranks(rows, places, sample, judged, k, progress or _silent)
    worst = k * (2 * len(sample) - 3 * k - 1)
    scores = 1 - 2 * np.maximum(ranks - k, 0).sum(axis=1) / worst
    return Trust(judged, scores, (ranks > among).mean(axis=1), len(sample), k, among)


def _ranks(
    rows: Vectors, places: NDArray[np.float64], sample: Rows, judged: Rows, k: int, tell: Progress
) -> Rows:
    """Return for each judged document the ranks by cosine of its k neighbours on the map (n, k)."""
    tree = KDTree(places[sample])
    known = rows[sample].astype(np.float32, copy=False)
    number = np.full(len(rows), -1)
    number[sample] = np.arange(len(sample))
    ranks = np.empty((len(judged), k), np.int64)
    step = max(1, CELLS // len(sample))
    for start in range(0, len(judged), step):
        block = judged[start : start + step]
        near = _others(tree.query(places[block], k + 1, return_distance=False), number[block])
        cosines = rows[block].astype(np.float32, copy=False) @ known.T
        itself = np.flatnonzero(number[block] >= 0)
        cosines[itself, number[block][itself]] = -np.inf
        own = np.take_along_axis(cosines, near, axis=1) + ROUNDING
        for column in range(k):
            ranks[start : start + len(block), column] = 1 + (cosines > own[:, column : column + 1]).sum(
                axis=1
            )
        tell((start + len(block)) / len(judged))
    return ranks


ROUNDING = np.float32(1e-6)
"""Cosines that differ by less are equal."""


def _others(near: Rows, itself: Rows) -> Rows:
    """Return k of k + 1 neighbours (n, k + 1): without the document itself, or else without the last."""
    is_other = near != itself[:, None]
    is_other[is_other.all(axis=1), -1] = False
    return near[is_other].reshape(len(near), -1)


def _silent(share: float) -> None:
    """Tell nobody."""
