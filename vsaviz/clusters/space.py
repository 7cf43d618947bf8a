"""Where clusters are looked for: leading principal components, with each document drawn to its neighbours."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from vsaviz.neighbors import Vectors

COMPONENTS = 50
"""Principal components; with 15 or 30 of them clusters agree less with known labels."""

NEIGHBORS = 10
PASSES = 2
"""Each document moves to the mean of itself and its 10 nearest, twice; of fewer for small clusters."""

ROWS_AT_ONCE = 1_024
LEAST = 1e-6
"""Against a row of length 1, what is shorter has no direction."""

Points = NDArray[np.float32]


def components(vectors: Vectors, rows: NDArray[np.int64], seed: int) -> tuple[Points, Points, Points]:
    """Return the mean, the leading directions of some rows (k, D), and these rows along them, of length 1."""
    chosen = vectors[rows].astype(np.float32, copy=False)
    mean = chosen.mean(axis=0, dtype=np.float64).astype(np.float32)
    centred = chosen - mean
    k = min(COMPONENTS, *centred.shape)
    if np.abs(centred).max(initial=0.0) <= LEAST:
        none = np.zeros((0, centred.shape[1]), np.float32)
        return mean, none, np.zeros((len(rows), 1), np.float32)
    solver = "full" if min(centred.shape) <= 2 * COMPONENTS else "arpack"
    model = PCA(k, svd_solver=solver, random_state=seed).fit(centred)
    directions = model.components_.astype(np.float32)
    return mean, directions, _unit(centred @ directions.T)


def along(vectors: Vectors, mean: Points, directions: Points) -> Points:
    """Return rows along the directions, of length 1."""
    return _unit((vectors.astype(np.float32, copy=False) - mean) @ directions.T)


def drawn_together(points: Points, smallest: int) -> Points:
    """Return points (m, k) of length 1, each drawn to the mean of its neighbours: fewer than ``smallest``.

    This is blurring mean shift (K. Fukunaga and L. Hostetler, 1975; Y. Cheng, 1995) with the nearest for
    a window: in many dimensions density hardly differs from place to place, and the steps make it differ.
    """
    k = min(NEIGHBORS, smallest - 1, len(points) - 1)  # a group of the smallest size keeps to itself
    for _ in range(PASSES if k > 0 else 0):
        moved = np.empty_like(points)
        for start in range(0, len(points), ROWS_AT_ONCE):
            likeness = points[start : start + ROWS_AT_ONCE] @ points.T
            near = np.argpartition(-likeness, k, axis=1)[:, : k + 1]
            moved[start : start + ROWS_AT_ONCE] = points[near].mean(axis=1)
        points = _unit(moved)
    return points


def _unit(points: NDArray[np.floating[Any]]) -> Points:
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    unit = np.divide(points, lengths, out=np.zeros_like(points), where=lengths > LEAST)
    return unit.astype(np.float32, copy=False)
