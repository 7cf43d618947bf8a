"""How the shares of two groups differ: of how many documents something is true."""

import numpy as np
from scipy.special import gammaln

from vsaviz.groups.effects import Effects, Floats, Ints, Z

AS_LIKELY = 1 + 1e-7
"""Probabilities that differ by less are equal: the logarithms of factorials are no more exact."""


def of_shares(inside: Ints, total: Ints, n_inside: int, n: int) -> Effects:
    """Return how shares differ: ``inside`` of ``n_inside`` documents, ``total`` of all ``n``.

    The interval of the difference is Newcombe's hybrid of two score intervals (his method 10), p is that of
    Fisher's exact test.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890.
    """
    one, other = inside / n_inside, (total - inside) / (n - n_inside)
    one_low, one_high = _score_interval(one, n_inside)
    other_low, other_high = _score_interval(other, n - n_inside)
    effect = one - other
    return Effects(
        inside=one,
        outside=other,
        effect=effect,
        low=effect - np.hypot(one - one_low, other_high - other),
        high=effect + np.hypot(one_high - one, other - other_low),
        p=fisher(inside, total, n_inside, n),
        n_inside=np.full(len(total), n_inside),
        n_outside=np.full(len(total), n - n_inside),
    )


def _score_interval(share: Floats, n: int) -> tuple[Floats, Floats]:
    """Return the ends of a share's 95 % interval.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212.
    """
    middle = share + Z**2 / (2 * n)
    reach = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return (middle - reach) / (1 + Z**2 / n), (middle + reach) / (1 + Z**2 / n)


def fisher(inside: Ints, total: Ints, n_inside: int, n: int) -> Floats:
    """Return the two-sided p of Fisher's exact test: all outcomes count that are no more probable.

    Outcomes are worked out once for each different total, which is less than there are entries to count.

    Source: R. A. Fisher, Journal of the Royal Statistical Society 98 (1935) 39–82.
    """
    log_factorial = gammaln(np.arange(n + 1) + 1.0)
    p = np.empty(len(total))
    order = np.argsort(total, kind="stable")
    starts = np.flatnonzero(np.diff(total[order], prepend=-1))
    for rows in np.split(order, starts[1:]) if len(order) else ():
        k = int(total[rows[0]])
        lowest = max(0, k + n_inside - n)
        x = np.arange(lowest, min(k, n_inside) + 1)
        ways = log_factorial[x] + log_factorial[k - x]
        ways += log_factorial[n_inside - x] + log_factorial[n - n_inside - k + x]
        likely = np.exp(ways.min() - ways)
        likely /= likely.sum()
        ascending = np.sort(likely)
        upto = np.searchsorted(ascending, likely[inside[rows] - lowest] * AS_LIKELY, side="right")
        p[rows] = np.cumsum(ascending)[upto - 1]
    return np.minimum(p, 1.0)
