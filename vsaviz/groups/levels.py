"""How the levels of two groups differ: numbers and times, compared by their order alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

from vsaviz.groups.effects import Effects, Floats, Ints, Z


@dataclass(frozen=True)
class Ladder:
    """Several fields' values in order, one rung for each different value: n rungs in all."""

    values: Floats
    """Ascending within each field."""
    starts: Ints
    """The first rung of each field."""

    def of(self, fields: NDArray[np.bool_]) -> "Ladder":
        """Return the ladder of some of the fields."""
        lengths = np.diff(np.append(self.starts, len(self.values)))[fields]
        return Ladder(self.values[self.spread(fields)], np.cumsum(lengths) - lengths)

    def spread(self, per_field: NDArray[Any]) -> NDArray[Any]:
        """Return for each rung what its field has."""
        return np.repeat(per_field, np.diff(np.append(self.starts, len(self.values))))

    def sums(self, per_rung: NDArray[Any]) -> Floats:
        """Return the sum over each field's rungs."""
        return np.add.reduceat(per_rung.astype(np.float64), self.starts)

    def below(self, per_rung: NDArray[Any]) -> Floats:
        """Return for each rung the sum over the lower ones of its field, and half its own."""
        upto = np.cumsum(per_rung, dtype=np.float64)
        return upto - per_rung / 2 - self.spread((upto - per_rung)[self.starts])

    def medians(self, per_rung: NDArray[Any]) -> Floats:
        """Return each field's median of documents counted on its rungs; of two in the middle the lower."""
        reached = self.below(per_rung) + per_rung / 2 >= self.spread(self.sums(per_rung)) / 2
        rungs = np.where(reached, np.arange(len(self.values)), len(self.values))
        return self.values[np.minimum.reduceat(rungs, self.starts)]


def of_levels(inside: Ints, total: Ints, ladder: Ladder) -> Effects:
    """Return how levels differ, given how many documents stand on each rung of each field's ladder.

    Both groups must have two documents or more in each field. The variance is DeLong's, the interval
    Cliff's, which is not symmetric; where the groups do not overlap, it ends where Wilson's would for the
    smaller one. p is that of the Mann–Whitney test with ties, by its normal limit.

    Sources: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837–845; D. Feng,
    N. Cliff, Journal of Modern Applied Statistical Methods 3 (2004) 322–332.
    """
    outside = total - inside
    n, m = ladder.sums(inside), ladder.sums(outside)
    # For each rung, how far a document there stands above those of the other group, from −1 to 1.
    above = 2 * ladder.below(outside) / ladder.spread(m) - 1
    under = 1 - 2 * ladder.below(inside) / ladder.spread(n)
    effect = ladder.sums(inside * above) / n
    variance = np.zeros_like(effect)
    for count, each, size in ((inside, above, n), (outside, under, m)):
        off = each - ladder.spread(effect)
        variance += ladder.sums(count * off**2) / (size - 1) / size
    low, high = _asymmetric_interval(effect, variance, n, m)
    p = _mann_whitney(effect, n, m, ladder.sums(total.astype(np.float64) ** 3 - total))
    medians = ladder.medians(inside), ladder.medians(outside)
    return Effects(*medians, effect, low, high, p, n.astype(np.int64), m.astype(np.int64))


def _asymmetric_interval(effect: Floats, variance: Floats, n: Floats, m: Floats) -> tuple[Floats, Floats]:
    apart = 1 - effect**2
    # Where the groups hardly overlap, what was seen of the variance is too small.
    spread = Z**2 * np.maximum(variance, apart / (n * m - 1))
    reach = np.sqrt(spread * (apart**2 + spread))
    scale = np.maximum(apart + spread, np.finfo(float).tiny)
    low, high = (effect * apart - reach) / scale, (effect * apart + reach) / scale
    fewest = np.minimum(n, m)
    end = (fewest - Z**2) / (fewest + Z**2)
    separate = apart <= 1e-12
    low = np.where(separate, np.where(effect > 0, end, -1), low)
    high = np.where(separate, np.where(effect > 0, 1, -end), high)
    return np.maximum(low, -1), np.minimum(high, 1)


def _mann_whitney(effect: Floats, n: Floats, m: Floats, ties: Floats) -> Floats:
    """Return the two-sided p with the correction for continuity; ``ties`` sums t³ − t over all rungs.

    Source: H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50–60.
    """
    every = n + m
    variance = n * m / 12 * (every + 1 - ties / (every * (every - 1)))
    off = np.maximum(np.abs(effect) * n * m / 2 - 0.5, 0)
    z = np.divide(off, np.sqrt(variance), out=np.zeros_like(off), where=variance > 1e-9)
    return erfc(z / np.sqrt(2))
