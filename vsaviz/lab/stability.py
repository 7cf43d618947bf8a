"""What happens to a length, and to the cosine of a pair, when vectors are bound again and again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz import schemes
from vsaviz.lab.drift import Drift, drift
from vsaviz.schemes import Scheme, Symbol

Floats = NDArray[np.float64]
Progress = Callable[[float], None]

DIMENSIONS = (64, 128, 256, 512, 1024)


@dataclass(frozen=True)
class Chain:
    """Pairs of vectors, each bound ``steps`` times one after the other, with a fresh role each time."""

    schemes: tuple[str, ...] = ("mbat-gaussian", "mbat", "mbat-haar")
    dimensions: int = 128
    steps: int = 50
    runs: int = 20
    cosine: float = 0.8
    """That of each pair at the start."""
    seed: int = 0


@dataclass(frozen=True)
class Walk:
    """How one scheme fared; arrays of (runs, steps + 1), the start first."""

    scheme: str
    dimensions: int
    lengths: Floats
    """Against that at the start."""
    cosines: Floats
    theory: Drift | None

    @property
    def spread(self) -> float:
        """The standard deviation of the logarithms of the last lengths."""
        return float(np.log(self.lengths[:, -1]).std(ddof=1))

    @property
    def departure(self) -> float:
        """By how much any length or cosine at any step differs from the start, at most."""
        changed = np.abs(self.lengths - 1).max(), np.abs(self.cosines - self.cosines[:, :1]).max()
        return float(max(changed))


def stability(chain: Chain, progress: Progress | None = None) -> list[Walk]:
    """Return the walk of every scheme, at the D nearest to the chosen one.

    Lengths and cosines are those of real sums, before a scheme cuts them to signs, bits or angles. Each run
    has vectors and roles of its own; only where binding keeps every length, so that there is no spread to
    estimate, the runs have their roles in common. ``progress`` is told the share that is done.
    """
    walks = []
    for done, name in enumerate(chain.schemes):

        def report(share: float, done: int = done) -> None:
            if progress:
                progress((done + share) / len(chain.schemes))

        walks.append(_walk(schemes.scheme_type(name), chain, report))
    return walks


def _walk(kind: type[Scheme], chain: Chain, report: Progress) -> Walk:
    scheme = kind(kind.dimensions_near(chain.dimensions)[0], chain.seed)
    rows = _pairs(scheme, chain.runs, chain.cosine)
    together = (
        [slice(0, chain.runs)] if kind.isometric else [slice(run, run + 1) for run in range(chain.runs)]
    )
    seen = [_measured(scheme, rows)]
    for step in range(chain.steps):
        for number, runs in enumerate(together):
            role: Symbol = ("stability", number, step)
            bound = rows[runs].reshape(-1, scheme.sum_width)
            rows[runs] = scheme.bind_lifted(role, bound).reshape(rows[runs].shape)
            report((step + (number + 1) / len(together)) / chain.steps)
        seen.append(_measured(scheme, rows))
    lengths, cosines = np.moveaxis(np.array(seen), 0, -1)
    theory = drift(kind, scheme.dimensions, chain.steps, chain.cosine)
    return Walk(scheme.name, scheme.dimensions, lengths / lengths[:, :1], cosines, theory)


def _pairs(scheme: Scheme, runs: int, cosine: float) -> NDArray[np.float32]:
    """Return pairs of lifted vectors with exactly this cosine: (runs, 2, m)."""
    one, other = (
        scheme.lift(scheme.atoms([("stability", name, run) for run in range(runs)])).astype(np.float64)
        for name in ("one", "other")
    )
    one /= _lengths(scheme.unfold(one))[:, None]
    other -= _dots(scheme.unfold(one), scheme.unfold(other))[:, None] * one
    other /= _lengths(scheme.unfold(other))[:, None]
    second = cosine * one + np.sqrt(1 - cosine**2) * other
    return np.stack([one, second], axis=1).astype(np.float32)


def _measured(scheme: Scheme, rows: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Return the length of each run's first vector, and the cosine of its pair."""
    one, other = (scheme.unfold(np.ascontiguousarray(rows[:, which])) for which in (0, 1))
    length = _lengths(one)
    return length, _dots(one, other) / (length * _lengths(other))


def _dots(A: NDArray[np.floating], B: NDArray[np.floating]) -> Floats:
    return np.einsum("ij,ij->i", A, B, dtype=np.float64)


def _lengths(rows: NDArray[np.floating]) -> Floats:
    return np.sqrt(_dots(rows, rows))
