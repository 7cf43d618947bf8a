"""What the figure of stability says, in words."""

from collections.abc import Sequence

import numpy as np

from vsaviz.lab.drift import leading
from vsaviz.lab.stability import Chain, Walk
from vsaviz.ui.experiments.reading import listed

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
STEADY = 1e-4
"""Lengths and cosines that never change by more than this are said to stay."""


def reading(walks: Sequence[Walk], chain: Chain) -> str:
    """Return in words what came out."""
    steady = [walk for walk in walks if walk.departure < STEADY]
    drifted = [walk for walk in walks if walk.departure >= STEADY]
    parts = []
    if drifted:
        lengths = listed([_length(walk, chain) for walk in drifted])
        cosines = listed([_cosine(walk) for walk in drifted])
        parts.append(
            f"lengths are {lengths} times what they were; a cosine of {chain.cosine:.2f} is {cosines}."
        )
    if steady:
        most = max(walk.departure for walk in steady)
        names = listed([walk.scheme for walk in steady])
        parts.append(f"{names} changed no length and no cosine by more than {_small(most)}.")
    return f"After {chain.steps} binding{'s' * (chain.steps > 1)}: {' '.join(parts)}"


def _length(walk: Walk, chain: Chain) -> str:
    last = walk.lengths[:, -1]
    between = f"between {_times(last.min())} and {_times(last.max())} under {walk.scheme}"
    if walk.theory is None:
        return between
    expected = leading(chain.steps, walk.dimensions)
    return (
        f"{between} (standard deviation of their logarithm {walk.spread:.2f}; theory, √(m/2D), expects "
        f"{expected:.2f})"
    )


def _cosine(walk: Walk) -> str:
    low, high = (
        f"{end:.2f}".replace("-", "−") for end in (walk.cosines[:, -1].min(), walk.cosines[:, -1].max())
    )
    return f"between {low} and {high} under {walk.scheme}"


def _times(ratio: float) -> str:
    """Return a ratio with two digits that count.

    >>> _times(0.4321), _times(3.3e-16), _times(12.3)
    ('0.43', '3.3·10⁻¹⁶', '12')
    """
    digits, _, power = f"{ratio:.2g}".partition("e")
    return f"{digits}·10{str(int(power)).translate(RAISED)}" if power else digits


def _small(value: float) -> str:
    """Return a small number written out, rounded up to one digit.

    >>> _small(2.1e-6), _small(3e-16)
    ('0.000003', '0.000000001')
    """
    least = max(value, 1e-9)
    exponent = int(np.floor(np.log10(least)))
    rounded = np.ceil(least / 10.0**exponent) * 10.0**exponent
    return f"{rounded:.9f}".rstrip("0").rstrip(".")
