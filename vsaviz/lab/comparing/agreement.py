"""How alike two encodings of the same documents are: their maps, their neighbours, their vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import orthogonal_procrustes
from scipy.stats import rankdata

from vsaviz.neighbors import overlap

Floats = NDArray[np.floating]
Rows = NDArray[np.int64]

K = 10
DECIMALS = 5
"""Similarities that agree to so many decimals are equal: a float32 product is no closer."""


@dataclass(frozen=True)
class Aligned:
    """A map laid over another: its points (n, 2), and how well the two fit, 0 to 1."""

    points: NDArray[np.float32] = field(repr=False)
    fit: float


def aligned(points: ArrayLike, to: ArrayLike) -> Aligned:
    """Return points (n, 2) with the spread of others (n, 2), moved, turned and mirrored to lie over them.

    Orthogonal Procrustes on centred points of equal spread (Schönemann 1966). ``fit`` is the square of the
    correlation that is reached: the share of one map's squared distances from its centre that the other can
    reproduce. Points that are all one have no orientation, and lie in the centre.

    >>> aligned([[0, 1], [0, 3], [1, 1]], [[1, 1], [5, 1], [1, 3]]).points.round(3).tolist()
    [[1.0, 1.0], [5.0, 1.0], [1.0, 3.0]]
    """
    from_, onto = np.asarray(points, dtype=np.float64), np.asarray(to, dtype=np.float64)
    if from_.shape != onto.shape:
        raise ValueError(f"both maps must have the same points, got shapes {from_.shape} and {onto.shape}")
    if not len(onto):
        return Aligned(from_.astype(np.float32), 1.0)
    centre = onto.mean(axis=0)
    A, B = from_ - from_.mean(axis=0), onto - centre
    size, other = np.square(A).sum(), np.square(B).sum()
    if not size or not other:
        return Aligned((0 * A + centre).astype(np.float32), float(size == other))
    turn, shared = orthogonal_procrustes(A, B)
    laid = A @ turn * np.sqrt(other / size) + centre
    return Aligned(laid.astype(np.float32), min(float(shared**2 / size / other), 1.0))


@dataclass(frozen=True)
class Profile:
    """What an encoding says about who is like whom, kept small enough to compare several.

    ``nearest`` (n, k) are each document's nearest others. For the documents asked about, ``ranks`` (q, n) are
    the places of all others by similarity, centred and of length 1, and ``gram`` (q, q) are similarities
    among them, centred and of length 1.
    """

    nearest: Rows = field(repr=False)
    ranks: NDArray[np.float32] = field(repr=False)
    gram: Floats = field(repr=False)


def profile(similarities: Floats, asked: Rows, k: int = K) -> Profile:
    """Return the profile of an encoding from its similarities (n, n), for the rows ``asked``."""
    return Profile(
        nearest_others(similarities, k),
        _unit(_ranks(similarities, asked), axis=1),
        _unit(_centred(similarities[np.ix_(asked, asked)].astype(np.float64))),
    )


def _ranks(similarities: Floats, asked: Rows) -> NDArray[np.float32]:
    """Return the places of all other documents (q, n) less their mean, and 0 for the document itself."""
    itself = np.arange(len(asked)), asked
    rows = similarities[asked].round(DECIMALS)
    rows[itself] = np.inf
    ranks = rankdata(-rows, axis=1).astype(np.float32)
    n = rows.shape[1]
    ranks -= (n + 2) / 2  # the mean of 2 to n
    ranks[itself] = 0
    return ranks


def nearest_others(similarities: Floats, k: int = K) -> Rows:
    """Return each row's k nearest others (n, k), best first; equal ones in the order of rows."""
    n = len(similarities)
    scores = -np.round(similarities, DECIMALS)
    np.fill_diagonal(scores, np.inf)
    few = min(max(n - 1, 0), k)
    best: Rows = np.argsort(scores, axis=1, kind="stable")[:, :few].copy()  # a view would keep all n columns
    return best


@dataclass(frozen=True)
class Agreement:
    """How far several encodings agree, a matrix (m, m) for each measure; 1 is complete."""

    overlap: Floats
    """The mean share of a document's k nearest that are the same."""
    rank: Floats
    """Spearman's correlation of the places of all other documents, its mean over those asked about."""
    cka: Floats
    """Linear centred kernel alignment (Kornblith and others 2019)."""


def agreement(profiles: Sequence[Profile]) -> Agreement:
    """Return how far each of several encodings agrees with each."""
    m = len(profiles)
    found = Agreement(np.eye(m), np.eye(m), np.eye(m))
    for i in range(m):
        for j in range(i + 1, m):
            one, other = profiles[i], profiles[j]
            shared = overlap(one.nearest, other.nearest)
            found.overlap[i, j] = found.overlap[j, i] = shared.mean() if len(shared) else 1.0
            found.rank[i, j] = found.rank[j, i] = _alike(one.ranks, other.ranks)
            found.cka[i, j] = found.cka[j, i] = (one.gram * other.gram).sum() if one.gram.any() else 1.0
    return found


def linear_cka(X: ArrayLike, Y: ArrayLike) -> float:
    """Return the linear centred kernel alignment of two tables (n, D) and (n, E): 1 up to rotation and scale.

    |Yᵀ X|² / (|Xᵀ X| |Yᵀ Y|) of centred columns: Kornblith and others, *Similarity of Neural Network
    Representations Revisited* (2019).
    """
    grams = (np.asarray(rows, dtype=np.float64) @ np.asarray(rows, dtype=np.float64).T for rows in (X, Y))
    one, other = (_unit(_centred(gram)) for gram in grams)
    return float((one * other).sum())


def _alike(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float((one.astype(np.float64) * other).sum(axis=1).mean()) if one.any() else 1.0


def _centred(gram: Floats) -> Floats:
    """Return a kernel as it is once its vectors are centred."""
    rows = gram - gram.mean(axis=0, keepdims=True)
    return rows - rows.mean(axis=1, keepdims=True)


def _unit(table: Floats, axis: int | None = None) -> Floats:
    """Return a table, or each row of it, of length 1; what is 0 stays so."""
    lengths = np.sqrt(np.square(table, dtype=np.float64).sum(axis=axis, keepdims=axis is not None))
    return (table / np.where(lengths > 0, lengths, 1.0)).astype(table.dtype)
