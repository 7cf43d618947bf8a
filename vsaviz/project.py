"""Place vectors on a plane: PCA, t-SNE or UMAP, on any number of rows and without a warning."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.decomposition import PCA
from threadpoolctl import threadpool_limits

from vsaviz.neighbors import Vectors, checked, nearest, own_neighbors

FITTED = 5_000
"""Rows that t-SNE and UMAP are fitted on; the others are placed by their neighbours among these."""

AT_ONCE = 5_000
"""Rows that are placed between two reports."""

REDUCING, FITTING = 0.1, 0.8
"""Shares that are done when the rows are reduced, and when the sample is fitted."""

PLACED_BY = 15
"""Neighbours that place a row which was not fitted."""

PERPLEXITY = 30
NEIGHBORS = 15
FEWEST = 4
"""Different rows that t-SNE and UMAP need."""

REDUCED = 50
"""Principal components that t-SNE is given: the usual practice, many times faster than the full width."""

NOISE = 1e-5
"""Against the longest row, the extent below which a direction is rounding, drawn as exactly 0."""

ONE_THREAD = 1_000
"""Rows up to which t-SNE keeps to one thread: it gains a second at most from more, and where other
processes hold the cores its threads wait for each other (measured: 18 rows in 55 s, not 0.3 s)."""

Points = NDArray[np.float32]
Progress = Callable[[str, float], None]
"""Told in a few words what comes next, and the share that is done."""


@dataclass(frozen=True)
class Projection:
    """Where the rows lie, and how that was found.

    ``points`` are float32 (n, 2). ``method`` is the one really used. ``note`` says what was changed to
    make the method work on these rows, and is empty if nothing was.
    """

    points: Points
    method: str
    note: str = ""


Method = Callable[[Vectors, int, Progress], Projection]


def project(vectors: ArrayLike, method: str = "pca", seed: int = 0) -> Points:
    """Return a place on the plane (n, 2) for each of ``vectors`` (n, D), as `projection` finds it.

    >>> project([[1.0, 0.0], [0.0, 1.0]]).round(3)
    array([[ 0.707,  0. ], [-0.707,  0. ]], dtype=float32)
    """
    return projection(vectors, method, seed).points


def projection(
    vectors: ArrayLike, method: str = "pca", seed: int = 0, progress: Progress | None = None
) -> Projection:
    """Place ``vectors`` (n, D), rows of length 1 or 0, on the plane, and say how it was done.

    The same seed gives the same points. No number of rows and no kind of row is an error: where a method
    cannot work, its settings are lowered or PCA is shown, and the note says so.

    Parameters
    ----------
    vectors
        The rows to place.
    method
        A name in ``METHODS``. "pca" sees all rows. "tsne" and "umap" are fitted on a sample of 5,000 at
        most; every other row gets the mean place of its 15 nearest fitted rows, weighted by similarity,
        or the place of a fitted row that is its equal.
    seed
        For the sample and for the method.
    progress
        Told in a few words what comes next, and the share of stages that is done; what it raises ends the
        work. The first UMAP of a process compiles for up to a minute.

    Raises
    ------
    ValueError
        If the method is unknown, or the vectors are not a finite table.
    ImportError
        If UMAP is chosen and not installed.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}; known: {', '.join(METHODS)}")
    return METHODS[method](checked("vectors", vectors), seed, progress or _silent)


def _silent(step: str, share: float) -> None:
    """Tell nobody."""


def _fitted_on_sample(method: Method) -> Method:
    """Let a slow method see a sample of ``FITTED`` rows, and place the others by their neighbours."""

    @wraps(method)
    def placed(vectors: Vectors, seed: int, progress: Progress) -> Projection:
        n = len(vectors)
        if n <= FITTED:
            return method(vectors, seed, progress)
        sample = np.sort(np.random.default_rng(seed).choice(n, FITTED, replace=False))
        fitted = method(vectors[sample], seed, progress)
        if fitted.method == "pca":  # which has a place for every row
            return replace(_pca(vectors, seed, progress), note=fitted.note)
        points = np.empty((n, 2), np.float32)
        points[sample] = fitted.points
        rest = np.delete(np.arange(n), sample)
        for start in range(0, len(rest), AT_ONCE):
            share = FITTING + (1 - FITTING) * start / len(rest)
            progress(f"placing the other {n - FITTED:,} documents", share)
            block = rest[start : start + AT_ONCE]
            points[block] = _place(vectors[block], vectors[sample], fitted.points)
        sampled = f"fitted on {FITTED:,} of {n:,} documents, the rest placed by their neighbours"
        return replace(fitted, points=points, note="; ".join(filter(None, (fitted.note, sampled))))

    return placed


def _place(vectors: Vectors, fitted: Vectors, points: Points) -> Points:
    """Return the mean place (n, 2) of each row's nearest fitted rows, weighted by similarity."""
    rows, similarities = nearest(vectors, fitted, min(PLACED_BY, len(fitted)))
    weights = np.maximum(similarities.astype(np.float64), 0)
    equal = weights >= 1 - NOISE
    weights = np.where(equal.any(axis=1, keepdims=True), equal, weights)
    weights[~weights.any(axis=1)] = 1
    weights /= weights.sum(axis=1, keepdims=True)
    places: Points = np.einsum("nk,nkc->nc", weights, points[rows]).astype(np.float32)
    return places


def place_others(others: ArrayLike, vectors: ArrayLike, on: Projection, near: Sequence[int]) -> Points:
    """Return the places (m, 2) of rows that were not projected, ``others`` (m, D), on a map of ``vectors``.

    PCA has a place for every row. t-SNE and UMAP have none: there it is the mean place of the rows ``near``,
    weighted by similarity, or of all rows if there are none.

    >>> vectors = np.eye(3)
    >>> on = projection(vectors)
    >>> bool(np.allclose(place_others(vectors, vectors, on, []), on.points, atol=1e-6))
    True
    """
    new, known = checked("others", others), checked("vectors", vectors)
    if on.method == "pca":
        return _pca_places(new, known, on.points)
    rows = np.asarray(near if len(near) else range(len(known)), dtype=np.int64)
    return _place(new, known[rows], on.points[rows])


def _pca_places(new: Vectors, vectors: Vectors, points: Points) -> Points:
    """Return scores under the loadings that gave the points: Vᵀ P, each column over its squared norm."""
    squares = np.square(points, dtype=np.float64).sum(axis=0)
    products = (vectors.T @ points).astype(np.float64)
    loadings = np.divide(products, squares, out=np.zeros_like(products), where=squares > 0)
    places: Points = ((new - vectors.mean(axis=0, dtype=np.float64)) @ loadings).astype(np.float32)
    return places


def _pca(vectors: Vectors, seed: int, progress: Progress) -> Projection:
    progress(f"PCA of {len(vectors):,} documents", 0.0)
    return Projection(_components(vectors, 2, seed), "pca")


@_fitted_on_sample
def _tsne(vectors: Vectors, seed: int, progress: Progress) -> Projection:
    """Fit t-SNE on the leading principal components; unit rows make Euclidean distance cosine's."""
    from sklearn.manifold import TSNE

    progress(f"{REDUCED} principal components of {len(vectors):,} documents", 0.0)
    reduced = _components(vectors, REDUCED, seed)
    if _too_few(vectors, reduced):
        return _instead("t-SNE", vectors, seed, progress)
    n = len(vectors)
    perplexity = min(PERPLEXITY, (n - 1) // 3)
    progress(f"t-SNE of {n:,} documents", REDUCING)
    start = reduced[:, :2] * (1e-4 / reduced[:, 0].std())  # as scikit-learn scales its own
    model = TSNE(perplexity=perplexity, init=start, random_state=seed)
    with threadpool_limits(1 if n <= ONE_THREAD else None, user_api="openmp"):
        points = model.fit_transform(reduced)
    return Projection(points, "tsne", _lowered("perplexity", PERPLEXITY, perplexity, n))


@_fitted_on_sample
def _umap(vectors: Vectors, seed: int, progress: Progress) -> Projection:
    """Fit UMAP to the exact neighbours, from PCA's places: its own start fails on few or equal rows."""
    places = _components(vectors, 2, seed)
    if _too_few(vectors, places):
        return _instead("UMAP", vectors, seed, progress)
    n = len(vectors)
    neighbors = min(NEIGHBORS, n - 1)
    progress(f"UMAP of {n:,} documents; the first one compiles for up to a minute", REDUCING)
    jitter = np.random.default_rng(seed).normal(scale=1e-3, size=places.shape)
    start = places * (10 / np.abs(places).max()) + jitter
    with warnings.catch_warnings():
        # It warns of what is meant here: neighbours given, no later transform, one thread for the seed.
        warnings.simplefilter("ignore")
        try:
            from umap import UMAP
        except ImportError:
            raise ImportError("UMAP is an extra: pip install 'vsaviz[umap]'") from None
        model = UMAP(
            n_neighbors=neighbors,
            init=start.astype(np.float32),
            precomputed_knn=_distances(vectors, neighbors),
            random_state=seed,
            n_jobs=1,
        )
        points = model.fit_transform(vectors)
    return Projection(points.astype(np.float32), "umap", _lowered("neighbours", NEIGHBORS, neighbors, n))


METHODS: dict[str, Method] = {"pca": _pca, "tsne": _tsne, "umap": _umap}


def _components(vectors: Vectors, count: int, seed: int) -> Points:
    """Return the leading principal components (n, count), columns of 0 where there are no more.

    The largest loading of each is positive, so that neither a library's habits nor the order of rows
    mirrors the map. ARPACK finds them exactly where spectra decay too slowly for random sketches.
    """
    points = np.zeros((len(vectors), count), np.float32)
    if not vectors.size:
        return points
    centred = (vectors - vectors.mean(axis=0, dtype=np.float64)).astype(np.float32)
    rounding = NOISE * np.linalg.norm(vectors, axis=1).max()
    if np.linalg.norm(centred, axis=1).max() <= rounding:
        return points
    found = min(count, *centred.shape)
    solver = "full" if min(centred.shape) <= 2 * REDUCED else "arpack"
    model = PCA(found, svd_solver=solver, random_state=seed)
    scores = model.fit_transform(centred) * _signs(model.components_)
    scores[:, np.abs(scores).max(axis=0) <= rounding] = 0
    points[:, :found] = scores
    return points


def _signs(loadings: Points) -> Points:
    """Return for each row of loadings the sign of its largest, the first of equals."""
    largest = np.abs(loadings).round(6).argmax(axis=1)
    signs: Points = np.where(loadings[np.arange(len(loadings)), largest] < 0, -1, 1)
    return signs


def _too_few(vectors: Vectors, components: Points) -> bool:
    return not components.any() or len(np.unique(vectors, axis=0)) < FEWEST


def _instead(name: str, vectors: Vectors, seed: int, progress: Progress) -> Projection:
    note = f"{name} needs at least {FEWEST} different documents: PCA shown instead"
    return replace(_pca(vectors, seed, progress), note=note)


def _lowered(setting: str, usual: int, used: int, n: int) -> str:
    return "" if used == usual else f"{setting} lowered from {usual} to {used} for {n} documents"


def _distances(vectors: Vectors, k: int) -> tuple[NDArray[np.int64], Points]:
    """Return each row's k nearest and their Euclidean distances, itself first, as UMAP wants them."""
    rows, similarities = own_neighbors(vectors, k - 1)
    squares = np.einsum("ij,ij->i", vectors, vectors)
    distances = np.sqrt(np.maximum(squares[:, None] + squares[rows] - 2 * similarities, 0))
    itself = np.arange(len(vectors))[:, None]
    return np.hstack([itself, rows]), np.hstack([0 * itself, distances]).astype(np.float32)
