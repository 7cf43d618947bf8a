"""Sets as bundles: is this one a member, and how many do two sets share? Measured, beside bounds.

After K. L. Clarkson, S. Ubaru and E. Yang, *Capacity Analysis of Vector Symbolic Architectures* (2023), who
bound both for MAP-I (by sketching), MAP-B and sparse binary vectors (Bloom filters). Their constants are not
copied: the bounds in ``set_bounds`` are of that paper's form, and derived here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vsaviz import schemes
from vsaviz.lab.capacity.set_codes import CODES, SetCode

DIMENSIONS = (64, 144, 256, 576, 1024, 2304, 4096)
"""Squares, since the sparse bits come in √D segments of √D."""


@dataclass(frozen=True)
class SetSettings:
    """What is asked of sets."""

    k: int = 15
    """Items in each set."""
    shared: int = 5
    """How many of them two sets share."""
    trials: int = 40
    unsure: float = 0.05
    """δ: the share of estimates that may be farther off than the bound, and the quantile that is measured."""
    seed: int = 0


@dataclass(frozen=True)
class SetErrors:
    """How wrong one code was at each D, measured and at most."""

    title: str
    dimensions: tuple[int, ...]
    wrong: tuple[float, ...]
    """The share of wrong answers, half of the questions being of members."""
    wrong_bound: tuple[float, ...]
    off: tuple[float, ...]
    """How far off the estimate of the shared items is, at most in all but δ of the trials."""
    off_bound: tuple[float, ...]


def set_errors(settings: SetSettings, progress: Callable[[float], None] | None = None) -> list[SetErrors]:
    """Return for each code how wrong it was at each D; ``progress`` is told the share that is done."""
    found: list[SetErrors] = []
    steps = len(CODES) * len(DIMENSIONS)
    for code in CODES:
        measured = []
        for D in DIMENSIONS:
            measured.append(_measured(code, D, settings))
            if progress:
                progress((len(found) * len(DIMENSIONS) + len(measured)) / steps)
        wrong, off = zip(*measured, strict=True)
        k, shared = settings.k, settings.shared
        most_wrong = tuple(code.wrong(k, D) for D in DIMENSIONS)
        most_off = tuple(code.off(k, shared, D, settings.unsure) for D in DIMENSIONS)
        found.append(SetErrors(code.title, DIMENSIONS, wrong, most_wrong, off, most_off))
    return found


def _measured(code: SetCode, dimensions: int, settings: SetSettings) -> tuple[float, float]:
    """Return the share of wrong answers, and the quantile of how far off the estimate is."""
    scheme = schemes.create(code.scheme, dimensions, settings.seed)
    k, wrong, off = settings.k, [], []
    for trial in range(settings.trials):
        drawn = scheme.atoms([("set", trial, number) for number in range(2 * k)])
        one = code.held(scheme, drawn[:k])
        start = k - settings.shared
        other = code.held(scheme, drawn[start : start + k])
        says = code.answers(scheme, one, drawn, k)
        wrong.append((np.count_nonzero(~says[:k]) + np.count_nonzero(says[k:])) / (2 * k))
        off.append(abs(code.shared(scheme, one, other, k) - settings.shared))
    return float(np.mean(wrong)), float(np.quantile(off, 1 - settings.unsure))
