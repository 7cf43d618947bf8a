"""Time in series: positions as powers of one role, between a bag of values and a plain sequence.

A series x of n numbers becomes V = Σ_t P(t) ∘ Σ_k W[t, k] A_k. W writes each number as the two knots beside
it, weighted by how rare they are, as in documents. A graded position is a fractional power of one phasor,
P(t) = B^(s t / n): two of them are alike as K(s Δ / n), the characteristic function of B's angles. Scale 0
is the bag, in which all positions are one; scale ∞ the plain sequence, in which every position is a role of
its own. As D grows, V(x)·V(y) tends to Σ_tu K[t, u] (W_x[t]·W_y[u]): the exact kernel.

Source: K. Schlegel, P. Neubert, P. Protzel, *HDC-MiniROCKET: Explicit Time Encoding in Time Series
Classification with Hyperdimensional Computing*, IJCNN 2022; powers: T. A. Plate (2003), chapter 4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from vsaviz.lab.series.bumps import LENGTH, Problem, moved, patterns, stretched, written
from vsaviz.schemes.fhrr import FhrrSum
from vsaviz.schemes.keyed import Floats

Numbers = NDArray[np.float64]

SCALES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, np.inf)
"""From the bag to the plain sequence."""
BAG, PLAIN = 0.0, float(np.inf)
PHASES = ("uniform", "normal")
"""How the angles of B are spread, with the same variance π²/3: K is a sinc, or a Gaussian."""


@dataclass(frozen=True)
class Code:
    """How series become vectors."""

    dimensions: int = 1024
    phases: str = "uniform"
    seed: int = 0


@dataclass(frozen=True)
class Accuracy:
    """The share of series that their most similar example labels rightly, at each scale."""

    scales: list[float]
    measured: list[float]
    exact: list[float]
    """The same with the exact kernel instead of vectors."""
    tested: int
    """How many series were labelled."""
    examples: Numbers
    """Some of the series, (2 classes, 3, n)."""


@dataclass(frozen=True)
class Likeness:
    """Cosines of a pattern with itself changed, for each scale (scales, changes)."""

    changes: Numbers
    scales: list[float]
    measured: Numbers
    exact: Numbers


def kernel(lags: Numbers, scale: float, phases: str = "uniform") -> Numbers:
    """Return how alike two positions are that lie ``lags`` steps apart.

    >>> kernel(np.array([0.0, 4.0, 8.0]), scale=8).round(2).tolist(), kernel(np.array([0.0, 5.0]), 0).tolist()
    ([1.0, 0.64, 0.0], [1.0, 1.0])
    """
    if np.isinf(scale):
        return np.asarray(lags == 0, dtype=np.float64)
    turned = scale * lags / LENGTH
    if phases == "normal":
        return np.asarray(np.exp(-((np.pi * turned) ** 2) / 6))
    return np.asarray(np.sinc(turned))


def positions(scale: float, code: Code) -> NDArray[np.complex64]:
    """Return the phasors of all positions, (n, D)."""
    scheme = FhrrSum(code.dimensions, code.seed)
    if np.isinf(scale):
        return scheme.role_vectors([("at", t) for t in range(LENGTH)])
    angles = np.angle(scheme.role_vectors([("key", "time")]))[0].astype(np.float64)
    if code.phases == "normal":
        angles = ndtri(np.clip((angles + np.pi) / (2 * np.pi), 1e-6, 1 - 1e-6)) * np.pi / np.sqrt(3)
    powers = np.exp(1j * np.outer(np.arange(LENGTH) * scale / LENGTH, angles))
    return powers.astype(np.complex64)


def encoded(W: Numbers, scale: float, code: Code) -> Floats:
    """Return the vectors of written series (m, n, knots): unit rows whose dot product is the cosine."""
    scheme = FhrrSum(code.dimensions, code.seed)
    atoms = scheme.atoms([("number", k) for k in range(W.shape[-1])])
    bound = positions(scale, code)[:, None] * atoms  # (n, knots, D)
    rows = scheme.lift(bound.reshape(-1, code.dimensions))
    return scheme.embed(scheme.finish(W.reshape(len(W), -1).astype(np.float32) @ rows))


def exact_cosines(W: Numbers, scale: float, phases: str = "uniform") -> Numbers:
    """Return the cosines of written series (m, n, knots) among each other that no dimension limits."""
    steps = np.arange(LENGTH, dtype=np.float64)
    K = kernel(steps[:, None] - steps, scale, phases)
    m = len(W)
    spread = np.tensordot(W, K, ([1], [0])).transpose(0, 2, 1)  # (m, n, knots)
    dots = spread.reshape(m, -1) @ W.reshape(m, -1).T
    lengths = np.sqrt(np.maximum(np.diag(dots), np.finfo(np.float64).tiny))
    return np.asarray(dots / np.outer(lengths, lengths))


def accuracy(
    problem: Problem,
    code: Code,
    scales: Sequence[float] = SCALES,
    progress: Callable[[float], None] | None = None,
) -> Accuracy:
    """Return how well the most similar of a few examples labels a series: early, or late.

    ``progress`` is told the share that is done.
    """
    drawn = problem.draw()
    W = [written(x) for x in drawn.series]
    measured, exact = [], []
    for done, scale in enumerate(scales):
        vectors = encoded(np.concatenate(W), scale, code).reshape(len(W), -1, 2 * code.dimensions)
        cosines = vectors @ vectors.transpose(0, 2, 1)
        measured.append(drawn.share_right(cosines))
        limits = np.stack([exact_cosines(one, scale, code.phases) for one in W])
        exact.append(drawn.share_right(limits))
        if progress:
            progress((done + 1) / len(scales))
    return Accuracy(list(scales), measured, exact, drawn.tested, drawn.examples(3))


def shifted(scale: float, code: Code, changes: Sequence[int] = tuple(range(-12, 13))) -> Likeness:
    """Return how alike a pattern and the same some steps later are: as a bag, graded, and as a sequence."""
    return _likeness(patterns(moved(changes)), np.array(changes, dtype=np.float64), scale, code)


def warped(
    scale: float, code: Code, changes: Sequence[float] = tuple(np.linspace(-0.3, 0.3, 31))
) -> Likeness:
    """Return how alike a pattern and the same stretched about its middle by some share are."""
    return _likeness(patterns(stretched(changes)), np.array(changes), scale, code)


def _likeness(series: Numbers, changes: Numbers, scale: float, code: Code) -> Likeness:
    """Compare the series (changes, n) with the one that is not changed."""
    W = written(series)
    same = int(np.abs(changes).argmin())
    scales = [BAG, scale, PLAIN]
    vectors = [encoded(W, one, code) for one in scales]
    measured = np.stack([rows @ rows[same] for rows in vectors]).astype(np.float64)
    exact = np.stack([exact_cosines(W, one, code.phases)[same] for one in scales])
    return Likeness(changes, scales, measured, exact)
