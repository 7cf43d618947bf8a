"""Ways to hold a set in one vector, and to ask it: sums of signs, signs of sums, unions of sparse bits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from vsaviz.lab.capacity import set_bounds as bounds
from vsaviz.schemes import Scheme
from vsaviz.schemes.base import Native


@dataclass(frozen=True)
class SetCode:
    """One way to hold a set in a vector, and to ask it."""

    title: str
    scheme: str
    held: Callable[[Scheme, Native], Native]
    """The vector of a set, of its items (k, D)."""
    answers: Callable[[Scheme, Native, Native, int], NDArray[np.bool_]]
    """Whether the vector of a set of k items says yes to each of some items (n, D)."""
    shared: Callable[[Scheme, Native, Native, int], float]
    """How many items two sets of k seem to share, from their vectors."""
    wrong: Callable[[int, int], float]
    """The bound on the share of wrong answers, of k and D; for sparse bits that share itself."""
    off: Callable[[int, int, int, float], float]
    """What the estimate is not off by more than, but with probability δ: of k, how many are shared, D, δ."""


def _sum(_: Scheme, items: Native) -> Native:
    return items.sum(axis=0, dtype=np.float64)


def _bundle(scheme: Scheme, items: Native) -> Native:
    return scheme.bundle(items).astype(np.float64)


def _union(_: Scheme, items: Native) -> Native:
    union: Native = np.bitwise_or.reduce(items, axis=0)
    return union


def _exceeds(
    scheme: Scheme, vector: Native, items: Native, k: int, *, signal: Callable[[int], float]
) -> NDArray[np.bool_]:
    """Say yes where the mean product of components exceeds half of what a member gives."""
    answers: NDArray[np.bool_] = items @ vector / scheme.dimensions > signal(k) / 2
    return answers


def _all_ones(_: Scheme, vector: Native, items: Native, __: int) -> NDArray[np.bool_]:
    """Say yes where all ones of the item are among those of the set: no member is ever missed."""
    answers: NDArray[np.bool_] = ((items & ~vector) == 0).all(axis=1)
    return answers


def _by_product(scheme: Scheme, one: Native, other: Native, k: int) -> float:
    return float(np.clip(one @ other / scheme.dimensions, 0, k))


def _by_agreement(scheme: Scheme, one: Native, other: Native, k: int) -> float:
    return bounds.shared_of_signs(float(one @ other / scheme.dimensions), k)


def _by_zeros(scheme: Scheme, one: Native, other: Native, k: int) -> float:
    ones = int(np.unpackbits(np.bitwise_or(one, other, dtype=np.uint8)).sum())
    return bounds.shared_of_bits((scheme.dimensions - ones) / scheme.dimensions, k, scheme.dimensions)


CODES = (
    SetCode(
        "sums of signs (map-i)",
        "map-i",
        _sum,
        partial(_exceeds, signal=lambda _: 1.0),
        _by_product,
        bounds.wrong_of_sums,
        bounds.off_of_sums,
    ),
    SetCode(
        "signs of sums (map-b)",
        "map-b",
        _bundle,
        partial(_exceeds, signal=bounds.signal_of_signs),
        _by_agreement,
        bounds.wrong_of_signs,
        bounds.off_of_signs,
    ),
    SetCode(
        "sparse bits (bsdc-seg)",
        "bsdc-seg",
        _union,
        _all_ones,
        _by_zeros,
        bounds.wrong_of_bits,
        bounds.off_of_bits,
    ),
)
