"""Positions on a line or a circle as weighted knots, so that near positions share weight."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vsaviz.features.atoms import AtomTable, Triplets

Floats = NDArray[np.float64]

FINE = 32
COARSE = FINE // 4
"""Knots of a field's two scales, at most."""


@dataclass(frozen=True)
class Scale:
    """The knots of a field's values, ascending; one knot alone means the field has a single value.

    ``cycles`` names what else is read from them, such as the hour of a time.
    """

    fine: tuple[float, ...]
    coarse: tuple[float, ...]
    cycles: tuple[str, ...] = ()


def fit_scale(positions: ArrayLike, counts: NDArray[np.int64], cycles: tuple[str, ...] = ()) -> Scale:
    """Return knots at equal shares of the occurrences of a field's distinct positions."""
    places = np.asarray(positions, dtype=np.float64)
    if len(places) <= COARSE:  # most fields of most collections, and as many knots
        knots = tuple(sorted(set(places.tolist())))
        return Scale(knots, knots, cycles)
    order = np.argsort(places, kind="stable")
    places, cumulated = places[order], np.cumsum(counts[order])
    return Scale(_knots(places, cumulated, FINE), _knots(places, cumulated, COARSE), cycles)


def _knots(positions: Floats, cumulated: NDArray[np.int64], n: int) -> tuple[float, ...]:
    distinct = np.unique(positions)
    if len(distinct) > n:
        shares = np.linspace(0, 1, n) * cumulated[-1]
        distinct = np.unique(positions[np.searchsorted(cumulated, shares).clip(max=len(positions) - 1)])
    return tuple(distinct.tolist())


def on_scale(positions: ArrayLike, scale: Scale, atoms: AtomTable, of: str = "") -> Triplets:
    """Return the two knots beside each position on both scales, with weights √(1−f), √f.

    A position outside the scale is clamped to it. ``of`` keeps the knots of different kinds apart.
    """
    places = np.asarray(positions, dtype=np.float64)
    parts = []
    for name, knots in (("fine", scale.fine), ("coarse", scale.coarse)):
        named = f"{of} {name}".lstrip()
        ranks = np.array([atoms.index((named, rank)) for rank in range(len(knots))], dtype=np.int64)
        on_knots = _between(places, np.array(knots), ranks)
        parts.append(on_knots.placed(np.arange(len(places)), scale=np.sqrt(0.5)))
    return Triplets.joined(parts)


def _between(positions: Floats, knots: Floats, atoms: NDArray[np.int64]) -> Triplets:
    """Return for each position the knots to its left and right, weighted by nearness."""
    left = np.searchsorted(knots, positions, side="right").clip(1, len(knots) - 1) - 1
    # Halves keep the difference of two huge numbers finite; that of the two smallest then vanishes.
    span = knots[left + 1] / 2 - knots[left] / 2
    gone = positions.clip(knots[0], knots[-1]) / 2 - knots[left] / 2
    share = np.divide(gone, span, out=(positions > knots[left]).astype(np.float64), where=span > 0).clip(0, 1)
    return _both(atoms[left], atoms[left + 1], share)


def on_ring(phases: ArrayLike, knots: int, name: str, atoms: AtomTable) -> Triplets:
    """Return the two knots beside each phase, from 0 to 1, of a cycle that ends where it began."""
    ranks = np.array([atoms.index((name, rank)) for rank in range(knots)], dtype=np.int64)
    places = np.asarray(phases, dtype=np.float64) % 1.0 * knots
    left = np.floor(places).astype(np.int64) % knots
    return _both(ranks[left], ranks[(left + 1) % knots], places - np.floor(places))


def _both(left: NDArray[np.int64], right: NDArray[np.int64], share: Floats) -> Triplets:
    row = np.arange(len(share))
    both = Triplets(
        np.concatenate([row, row]),
        np.concatenate([left, right]),
        np.sqrt(np.concatenate([1 - share, share])),
    )
    kept = both.weight > 0
    return Triplets(both.row[kept], both.atom[kept], both.weight[kept])
