"""Bounds for sets in vectors, of the form of Clarkson, Ubaru and Yang (2023); derived here, step by step.

*Membership*, for one question. A set of k random sign vectors, summed: an item's mean product with the sum is
1 for a member and 0 for another, plus the mean of kD fair signs over D. By Hoeffding's inequality it passes
1/2 wrongly with probability at most exp(−D/8k): D = 8 k ln(1/δ) is enough. Of signs of sums a member's mean
product is p(k) ≈ √(2/πk), each of the D terms is −1 or 1, and half of p is passed wrongly with at most
exp(−D p²/8) ≈ exp(−D/4πk): π/2 times as many dimensions. Sparse bits, a one in each of w = √D segments of √D:
the one of another item is covered in a segment with probability q = 1 − (1 − 1/√D)^k, independently, and
all are with q^w, which is no bound but the chance itself.

*Shared items* of two sets of k, c of them shared; estimates are kept from 0 to k. Sums: the mean product
of both is c on average, off by at most ε k but with probability 4 exp(−D (ε²/4 − ε³/6)): the lemma of
Johnson and Lindenstrauss for signs (D. Achlioptas 2003), for the sum and difference of the sets' indicators.
Signs: the mean product of two bundles is g(c), a known rising function, within t of it but with probability
2 exp(−D t²/2) (Hoeffding); the inverse of g at the ends is the bound. Bits: the share of zeros of the union
tells the union's size; the variance of that share is known exactly, and Chebyshev's inequality bounds it.
"""

from functools import lru_cache
from math import comb, exp, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import binom

Numbers = NDArray[np.float64]


def signal_of_signs(k: int) -> float:
    """Return p: the mean product of a member with the signs of the sum of k, about √(2/πk).

    >>> [round(signal_of_signs(k), 3) for k in (1, 3, 15)]
    [1.0, 0.5, 0.209]
    """
    return comb(k - 1, k // 2) / 2 ** (k - 1)


def wrong_of_sums(k: int, dimensions: int) -> float:
    """Return exp(−D/8k)."""
    return exp(-dimensions / (8 * k))


def wrong_of_signs(k: int, dimensions: int) -> float:
    """Return exp(−D p(k)²/8)."""
    return exp(-dimensions * signal_of_signs(k) ** 2 / 8)


def wrong_of_bits(k: int, dimensions: int) -> float:
    """Return q^√D / 2: half of the questions are of members, which are never missed."""
    segment = round(sqrt(dimensions))
    return float((1 - (1 - 1 / segment) ** k) ** segment / 2)


def off_of_sums(k: int, shared: int, dimensions: int, unsure: float) -> float:  # noqa: ARG001
    """Return ε k with 4 exp(−D (ε²/4 − ε³/6)) = δ; k, where no ε up to 1 gives that.

    The bound does not depend on how many are shared.
    """
    needed = log(4 / unsure) / dimensions
    if needed >= 1 / 12:
        return float(k)
    return float(k * brentq(lambda e: e**2 / 4 - e**3 / 6 - needed, 0, 1))


def off_of_signs(k: int, shared: int, dimensions: int, unsure: float) -> float:
    """Return how far the inverse of g lies from c where the mean product is off by √(2 ln(2/δ)/D)."""
    t = sqrt(2 * log(2 / unsure) / dimensions)
    mean = float(agreement(k)[shared])
    return max(abs(shared_of_signs(mean + sign * t, k) - shared) for sign in (-1, 1))


def off_of_bits(k: int, shared: int, dimensions: int, unsure: float) -> float:
    """Return how far off the estimate is where the zeros are off by √(variance/δ)."""
    segment, size = round(sqrt(dimensions)), 2 * k - shared
    empty = (1 - 1 / segment) ** size
    both = (1 - 2 / segment) ** size
    variance = segment * (segment * (segment - 1) * both + segment * empty - (segment * empty) ** 2)
    t = sqrt(variance / unsure) / dimensions
    return max(abs(shared_of_bits(min(empty + sign * t, 1.0), k, dimensions) - shared) for sign in (-1, 1))


@lru_cache(maxsize=64)
def agreement(k: int) -> Numbers:
    """Return g(0) … g(k): the mean product of the signs of two sums of k signs that share c of them.

    What is shared sums to C, the rests are independent given C. Equal ties give equal signs. For many items g
    tends to (2/π) arcsin(c/k).

    >>> [round(float(g), 2) for g in agreement(3)]
    [0.0, 0.25, 0.5, 1.0]
    """
    found = []
    for shared in range(k + 1):
        rest = k - shared
        common = 2 * np.arange(shared + 1) - shared
        chance = binom.pmf(np.arange(shared + 1), shared, 0.5)
        others = 2 * np.arange(rest + 1) - rest
        signs = np.sign(common[:, None] + others[None, :])
        weights = binom.pmf(np.arange(rest + 1), rest, 0.5)
        found.append(chance @ ((signs @ weights) ** 2 + ((signs == 0) @ weights) ** 2))
    return np.array(found)


def shared_of_signs(product: float, k: int) -> float:
    """Return the inverse of g at a mean product: how many items two sets of k seem to share, 0 to k."""
    return float(np.interp(product, agreement(k), np.arange(k + 1)))


def shared_of_bits(zeros: float, k: int, dimensions: int) -> float:
    """Return how many items two sets of k seem to share, 0 to k, from the share of zeros in their union.

    >>> round(shared_of_bits((1 - 1 / 32) ** 25, 15, 1024), 3)
    5.0
    """
    size = log(max(zeros, 1 / (2 * dimensions))) / log(1 - 1 / sqrt(dimensions))
    return float(np.clip(2 * k - size, 0, k))


def arcsine(cosine: Numbers) -> Numbers:
    """Return (2/π) arcsin x: the cosine of the signs of two Gaussian vectors whose cosine is x."""
    return np.arcsin(np.clip(cosine, -1, 1)) * (2 / pi)
