"""What theory says of lengths and cosines along a chain of bindings, for the schemes whose law is known."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, polygamma

from vsaviz.schemes import Scheme
from vsaviz.schemes.mbat_gaussian import MbatGaussian

Floats = NDArray[np.float64]

INSIDE = 0.95
"""What the bounds hold of all chains, at each step."""
DEVIATIONS = 1.959964
"""Standard deviations on either side that hold as much of a normal distribution."""


@dataclass(frozen=True)
class Drift:
    """Between which bounds lengths and cosines lie after 0, 1, … bindings; arrays of (steps + 1,)."""

    length: tuple[Floats, Floats]
    """The lower and the upper bound of a length, against that at the start."""
    cosine: tuple[Floats, Floats]
    """The same of the cosine of a pair."""


def leading(steps: int, dimensions: int) -> float:
    """Return √(m/2D), the deviation of the logarithm of a length after m Gaussian matrices, to leading order.

    >>> round(leading(50, 100), 3)
    0.5
    """
    return float(np.sqrt(steps / (2 * dimensions)))


def log_length(steps: int, dimensions: int) -> tuple[float, float]:
    """Return mean and standard deviation of log |M₁ … M_m v| / |v|, entries of each M from N(0, 1/D).

    D |M v|² / |v|² has the chi-square distribution with D degrees of freedom whatever v is, so that the steps
    are independent: the logarithm has mean m (ψ(D/2) + log(2/D)) / 2 and variance m ψ₁(D/2) / 4, exactly.

    >>> mean, deviation = log_length(50, 256)
    >>> round(mean, 3), round(deviation, 3), round(leading(50, 256), 3)
    (-0.098, 0.313, 0.312)
    """
    mean = steps * (digamma(dimensions / 2) + np.log(2 / dimensions)) / 2
    return float(mean), float(np.sqrt(steps * polygamma(1, dimensions / 2)) / 2)


def _gaussian(dimensions: int, steps: int, cosine: float) -> Drift:
    """Return the bounds for Gaussian matrices.

    (M v, M w) are D independent draws of a normal pair whose correlation is the cosine ρ, so that artanh of
    their cosine has mean artanh ρ + ρ/2D and variance 1/(D − 2) (R. A. Fisher, 1921, for known means).
    """
    means, deviations = np.array([log_length(m, dimensions) for m in range(steps + 1)]).T
    spread = DEVIATIONS * deviations
    centre = [float(np.arctanh(cosine))]
    for _ in range(steps):
        centre.append(centre[-1] + float(np.tanh(centre[-1])) / (2 * dimensions))
    around = DEVIATIONS * np.sqrt(np.arange(steps + 1) / (dimensions - 2))
    return Drift(
        length=(np.exp(means - spread), np.exp(means + spread)),
        cosine=(np.tanh(centre - around), np.tanh(centre + around)),
    )


def _none(_dimensions: int, steps: int, cosine: float) -> Drift:
    one, same = np.ones(steps + 1), np.full(steps + 1, cosine)
    return Drift(length=(one, one), cosine=(same, same))


LAWS: dict[type[Scheme], Callable[[int, int, float], Drift]] = {MbatGaussian: _gaussian}
"""The schemes that change lengths by a known law."""


def drift(kind: type[Scheme], dimensions: int, steps: int, cosine: float) -> Drift | None:
    """Return the bounds for a scheme; None where binding changes lengths by no law that is known here."""
    law = _none if kind.isometric else LAWS.get(kind)
    return law(dimensions, steps, cosine) if law else None
