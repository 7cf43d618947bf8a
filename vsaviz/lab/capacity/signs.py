"""What cutting bundles costs in likeness: the cosine of two bundles against that of their plain sums.

Where bundles are sums both are the same. Signs of sums lie on (2/π) arcsin of it, the law of J. H. Van
Vleck for the signs of Gaussian numbers; phases lie between.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz import schemes
from vsaviz.lab.capacity.set_bounds import arcsine
from vsaviz.schemes.keyed import Floats

ITEMS = 101
"""In each bundle: odd, so that signs never tie, and so many that sums are nearly Gaussian."""
STEPS = 21


@dataclass(frozen=True)
class Likeness:
    """Pairs of bundles that share more and more of their items."""

    scheme: str
    kind: str
    """``sums``, ``signs``, or how else bundles are made: ``other``."""
    sums: NDArray[np.float64]
    """The cosines of the plain sums."""
    bundles: NDArray[np.float64]
    """The cosines of the bundles."""

    @property
    def expected(self) -> NDArray[np.float64]:
        """The cosines of the bundles by theory; nan where there is none."""
        lines = {"sums": self.sums, "signs": arcsine(self.sums)}
        return lines.get(self.kind, np.full_like(self.sums, np.nan))


def likeness(name: str, dimensions: int, seed: int = 0) -> Likeness:
    """Return how alike bundles are that share from none to all of their items."""
    kind = schemes.scheme_type(name)
    scheme = kind(kind.dimensions_near(dimensions)[0], seed)
    atoms = scheme.atoms([("sign", number) for number in range(2 * ITEMS)])
    lifted = scheme.lift(atoms).astype(np.float64)
    first = scheme.unfold(lifted[:ITEMS].sum(axis=0)[None])[0]
    bundled = scheme.embed(scheme.bundle(atoms[:ITEMS])[None])[0]
    sums, bundles = [], []
    for start in np.linspace(0, ITEMS, STEPS).round().astype(int).tolist():
        total = scheme.unfold(lifted[start : start + ITEMS].sum(axis=0)[None])[0]
        sums.append(first @ total / np.linalg.norm(first) / np.linalg.norm(total))
        bundles.append(bundled @ scheme.embed(scheme.bundle(atoms[start : start + ITEMS])[None])[0])
    return Likeness(name, _kind(kind.linear, bundled), np.array(sums), np.array(bundles, dtype=np.float64))


def _kind(linear: bool, bundled: Floats) -> str:
    if linear:
        return "sums"
    return "signs" if np.ptp(np.abs(bundled)) < 1e-6 else "other"
