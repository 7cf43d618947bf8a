"""Numbers as weighted atoms, so that near numbers share weight.

``quantile`` places a number between two knots of its field's own scale; ``thermometer`` is the paper's code
and needs no fitting; ``exact`` gives every number an atom of its own.
"""

from collections.abc import Callable, Sequence

import numpy as np

from vsaviz.features.atoms import AtomTable, Symbol, Triplets
from vsaviz.features.scales import Floats, Scale, on_scale

Number = int | float

STEPS_PER_DECADE = 3
DECADES = (-6, 9)
"""The thermometer's thresholds: ±10^(j / 3) between these powers of ten, and zero."""

_LARGEST = float(np.finfo(np.float64).max)


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
    return on_scale([as_float(value) for value in values], scale, atoms)


NUMBERS: dict[str, Callable[[Sequence[Number], Scale | None, AtomTable], Triplets]] = {
    "quantile": quantile,
    "thermometer": thermometer,
    "exact": exact,
}
