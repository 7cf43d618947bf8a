"""Numbers as weighted atoms, so that near numbers share weight.

``quantile`` places a number between two knots of its field's own scale; ``thermometer`` is the paper's code
and needs no fitting; ``exact`` gives every number an atom of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.atoms import AtomTable, Symbol, Triplets

Number = int | float
Floats = NDArray[np.float64]

FINE = 32
COARSE = FINE // 4
"""Knots of a field's two scales, at most."""

STEPS_PER_DECADE = 3
DECADES = (-6, 9)
"""The thermometer's thresholds: ±10^(j / 3) between these powers of ten, and zero."""

_LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True)
class Scale:
    """The knots of a numeric field, ascending; one knot alone means the field has a single value."""

    fine: tuple[float, ...]
    coarse: tuple[float, ...]


def fit_scale(values: Sequence[Number], counts: NDArray[np.int64]) -> Scale:
    """Return knots at equal shares of the occurrences of a field's distinct values."""
    positions = np.array([as_float(value) for value in values])
    order = np.argsort(positions, kind="stable")
    positions, cumulated = positions[order], np.cumsum(counts[order])
    return Scale(_knots(positions, cumulated, FINE), _knots(positions, cumulated, COARSE))


def _knots(positions: Floats, cumulated: NDArray[np.int64], n: int) -> tuple[float, ...]:
    distinct = np.unique(positions)
    if len(distinct) > n:
        shares = np.linspace(0, 1, n) * cumulated[-1]
        distinct = np.unique(positions[np.searchsorted(cumulated, shares).clip(max=len(positions) - 1)])
    return tuple(distinct.tolist())


def as_float(value: Number) -> float:
    """Return the number as a double; integers beyond its range are clamped to it."""
    try:
        return float(value)
    except OverflowError:
        return _LARGEST if value > 0 else -_LARGEST


def canonical(value: Number) -> Symbol:
    """Return the symbol of exactly this number: 1 and 1.0 are one number, long integers stay apart.

    >>> canonical(1.0), canonical(2**70), canonical(2**70 + 1)[1][:6]
    (('number', 1), ('number', 1.1805916207174113e+21), '0x4000')
    """
    if -(2**53) <= value <= 2**53:
        whole = int(value)
        return ("number", whole if whole == value else value)
    nearest = as_float(value)
    return ("number", nearest if nearest == value else hex(int(value)))


def exact(values: Sequence[Number], _scale: Scale | None, atoms: AtomTable) -> Triplets:
    """Return one atom for each number."""
    return Triplets.one_each([atoms.index(canonical(value)) for value in values])


def thermometer(values: Sequence[Number], _scale: Scale | None, atoms: AtomTable) -> Triplets:
    """Return, for every threshold, its "below" or its "above" atom: the norm is constant.

    Source: S. I. Gallant, arXiv 2202.04771 (2022), on a signed logarithmic scale.
    """
    thresholds = _thresholds()
    below = np.array([atoms.index(("below", j)) for j in range(len(thresholds))], dtype=np.int64)
    above = np.array([atoms.index(("above", j)) for j in range(len(thresholds))], dtype=np.int64)
    positions = np.array([as_float(value) for value in values])
    chosen = np.where(positions[:, None] < thresholds, below, above)
    weights = np.full(chosen.size, 1 / np.sqrt(len(thresholds)))
    return Triplets(np.repeat(np.arange(len(values)), len(thresholds)), chosen.ravel(), weights)


def _thresholds() -> Floats:
    low, high = DECADES
    positive = 10.0 ** (np.arange(low * STEPS_PER_DECADE, high * STEPS_PER_DECADE + 1) / STEPS_PER_DECADE)
    return np.concatenate([-positive[::-1], [0.0], positive])


def quantile(values: Sequence[Number], scale: Scale | None, atoms: AtomTable) -> Triplets:
    """Return the two knots beside each number on both scales of its field, with weights √(1−f), √f.

    A number outside the fitted range is clamped to it. A field with a single value, or one that was
    never seen at fitting (no scale), keys its numbers by themselves.
    """
    if scale is None or len(scale.fine) == 1:
        return exact(values, None, atoms)
    positions = np.array([as_float(value) for value in values])
    parts = []
    for name, knots in (("fine", scale.fine), ("coarse", scale.coarse)):
        ranks = np.array([atoms.index((name, rank)) for rank in range(len(knots))], dtype=np.int64)
        on_scale = _between(positions, np.array(knots), ranks)
        parts.append(on_scale.placed(np.arange(len(values)), scale=np.sqrt(0.5)))
    return Triplets.joined(parts)


def _between(positions: Floats, knots: Floats, atoms: NDArray[np.int64]) -> Triplets:
    """Return for each position the knots to its left and right, weighted by nearness."""
    left = np.searchsorted(knots, positions, side="right").clip(1, len(knots) - 1) - 1
    # Halves keep the difference of two huge numbers finite; that of the two smallest then vanishes.
    span = knots[left + 1] / 2 - knots[left] / 2
    gone = positions.clip(knots[0], knots[-1]) / 2 - knots[left] / 2
    share = np.divide(gone, span, out=(positions > knots[left]).astype(np.float64), where=span > 0).clip(0, 1)
    row = np.arange(len(positions))
    both = Triplets(
        np.concatenate([row, row]),
        np.concatenate([atoms[left], atoms[left + 1]]),
        np.sqrt(np.concatenate([1 - share, share])),
    )
    kept = both.weight > 0
    return Triplets(both.row[kept], both.atom[kept], both.weight[kept])


NUMBERS: dict[str, Callable[[Sequence[Number], Scale | None, AtomTable], Triplets]] = {
    "quantile": quantile,
    "thermometer": thermometer,
    "exact": exact,
}
