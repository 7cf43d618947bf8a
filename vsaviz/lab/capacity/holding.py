"""How often a bundle's contents are read back rightly, by theory: signal, noise, and the best of N.

A bundle of k unit vectors has with each of them the cosine c / √k, where c is the cosine of the bundle with
the plain sum: ⟨xᵢ, b⟩ averages to ⟨s, b⟩ / k. c is 1 where bundles are sums. Signs of sums have c² = 2/π, the
correction of the arcsine law: a bundle of signs holds as much as a sum of 2/π as many dimensions. Phases
have c² = π/4. With any other vector the cosine is chance, of deviation 1/√width, and so is what is added to
the signal, less what the signal leaves.

A role that is not unitary returns its filler with cosine r = ``returned(1)``: in units of the signal the
filler's own term has the squared length 1/r², each other one 1, so that the signal is c / √(k − 1 + 1/r²).

The right one of N comes first if it exceeds N − 1 others, after E. P. Frady, D. Kleyko and F. T. Sommer, *A
Theory of Sequence Indexing and Working Memory in Recurrent Neural Networks* (2018).

All that is Gaussian. Unions of sparse bits are not, and have no such theory here: nan.
"""

from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from vsaviz import schemes
from vsaviz.schemes.base import SMALLEST

EXACT = 4096
"""D at which the cosine of a bundle with its sum is taken: chance hardly counts there."""
DRAWS = 8
_Z = np.linspace(-8, 8, 801)
_DENSITY = np.exp(-(_Z**2) / 2) / np.exp(-(_Z**2) / 2).sum()


@lru_cache(maxsize=1024)
def kept(name: str, k: int) -> float:
    """Return c: the cosine of a bundle of k with the plain sum, by the scheme's own rule for bundling.

    >>> kept("map-i", 15), round(kept("bsc", 101) ** 2, 1)
    (1.0, 0.6)
    """
    kind = schemes.scheme_type(name)
    if hasattr(kind, "disjunction"):
        return float("nan")
    if kind.linear or k == 1:
        return 1.0
    scheme = kind(kind.dimensions_near(EXACT)[0])
    cosines = []
    for draw in range(DRAWS):
        atoms = scheme.atoms([("kept", draw, number) for number in range(k)])
        total = scheme.unfold(scheme.lift(atoms).sum(axis=0, dtype=np.float64)[None])[0]
        cosines.append(scheme.embed(scheme.bundle(atoms)[None])[0] @ total / np.linalg.norm(total))
    return float(np.mean(cosines))


def signal(name: str, k: int, depth: int = 0) -> float:
    """Return the cosine with which one of k bundled vectors comes back after ``depth`` steps unbound."""
    own = schemes.scheme_type(name).returned(depth) ** -2
    return float(kept(name, k) / np.sqrt(k - 1 + own))


def noise(name: str, dimensions: int) -> float:
    """Return the deviation of the cosine of unrelated vectors: 1/√width."""
    return float(schemes.scheme_type(name)(dimensions).width ** -0.5)


def expected_pairs(name: str, k: int, dimensions: int, n_items: int) -> float:
    """Return how likely a filler exceeds the n − 1 other items: ∫ φ(z) Φ((signal + σ' z) / σ)^(n−1) dz.

    >>> expected_pairs("map-i", 1, 256, 1000) > 0.9999
    True
    """
    right, spread = signal(name, k, depth=1), noise(name, dimensions)
    above = right / spread + np.sqrt(1 - right**2) * _Z
    return float(_DENSITY @ ndtr(above) ** (n_items - 1))


def expected_items(name: str, k: int, dimensions: int, n_items: int) -> float:
    """Return the share of k items among the k most similar of n.

    As many others lie above the threshold as items below it: k Φ((t − signal)/σ') = (n − k) Φ(−t/σ).
    """
    alone = signal(name, k)
    if k >= n_items or np.isnan(alone):
        return 1.0 if k >= n_items else alone
    right, spread = alone / noise(name, dimensions), np.sqrt(max(1 - alone**2, 1e-9))

    def lost(threshold: float) -> float:
        return float(k * ndtr((threshold - right) / spread) - (n_items - k) * ndtr(-threshold))

    return float(1 - ndtr((brentq(lost, -20.0, 20.0 + right) - right) / spread))


def dimension_for(name: str, reading: str, k: int, n_items: int, accurate: float) -> int:
    """Return the first possible D from 16 at which theory expects that share; ``reading``: items or pairs."""
    expected = {"items": expected_items, "pairs": expected_pairs}[reading]
    kind = schemes.scheme_type(name)
    low, high = SMALLEST, SMALLEST
    while expected(name, k, kind.dimensions_near(high)[-1], n_items) < accurate:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        enough = expected(name, k, kind.dimensions_near(middle)[-1], n_items) >= accurate
        low, high = (low, middle) if enough else (middle, high)
    return int(kind.dimensions_near(high)[-1])
