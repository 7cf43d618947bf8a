"""Schemes at a D that an experiment can wait for."""

from vsaviz import schemes
from vsaviz.pairs import DENSE_AT_MOST
from vsaviz.schemes import Scheme


def affordable(name: str, dimensions: int, seed: int = 0) -> Scheme:
    """Return the scheme at the D nearest to the chosen one; with dense matrices at D = 256 at most.

    >>> affordable("vtb", 1000).dimensions, affordable("mbat-haar", 1024).dimensions
    (961, 256)
    """
    kind = schemes.scheme_type(name)
    limit = dimensions if kind.largest is None else min(dimensions, DENSE_AT_MOST)
    return kind(kind.dimensions_near(limit)[0], seed)
