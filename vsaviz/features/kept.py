"""What fitting keeps of each field's values, so that they can be read back out of vectors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.atoms import Symbol
from vsaviz.features.constants import PRESENT
from vsaviz.features.matrices import Features
from vsaviz.features.paths import Path
from vsaviz.features.walk import Leaf

KEPT = 10_000
"""The most values of a field that are kept: those that occur most often."""

ROWS_AT_ONCE = 4096


@dataclass(frozen=True)
class Size:
    """How large leaves are in the vectors of their documents: mean and deviation of the logarithm."""

    mean: float
    deviation: float


UNKNOWN_SIZE = Size(float(np.log(0.15)), 0.7)
"""Where no document showed one."""


@dataclass(frozen=True)
class Kept:
    """The values of one field, or its atoms where values are not to be kept; the most frequent first."""

    values: Sequence[Any]
    counts: NDArray[np.int64]
    """How often each value occurs, or how many documents have each atom."""
    others: int = 0
    """How often values occur that are not kept."""
    atoms: bool = False
    """Whether atoms are kept instead of values."""
    size: Size = UNKNOWN_SIZE
    """Of leaves at the field's path, some item of an array standing for all."""
    placed: Size = UNKNOWN_SIZE
    """Of leaves at a certain position of an array."""


def kept_values(values: Sequence[Leaf], counts: NDArray[np.int64]) -> Kept:
    """Return the most frequent values; equally frequent ones in the order of their meeting."""
    if len(values) <= KEPT and PRESENT not in values:
        return Kept(values, counts)
    told = np.array([value != PRESENT for value in values], dtype=bool)
    rows = np.flatnonzero(told)
    if len(rows) > KEPT:
        rows = rows[np.argsort(-counts[rows], kind="stable")[:KEPT]]
    kept = values if len(rows) == len(values) else [values[row] for row in rows.tolist()]
    return Kept(kept, counts[rows], int(counts[told].sum() - counts[rows].sum()))


def kept_atoms(features: Features, frequencies: NDArray[np.int64]) -> dict[Path, Kept]:
    """Return for each field the atoms that most documents have."""
    of_field: dict[Path, dict[Symbol, int]] = {}
    bag = {path for path, field in zip(features.paths, features.fields, strict=True) if path == field}
    for path, atom, n in zip(
        features.feature_path.tolist(), features.feature_atom.tolist(), frequencies.tolist(), strict=True
    ):
        field, symbol = features.fields[path], features.atoms[atom]
        if symbol != PRESENT and (features.paths[path] == field or field not in bag):
            counted = of_field.setdefault(field, {})
            counted[symbol] = max(n, counted.get(symbol, 0))
    return {field: _most_frequent(counted) for field, counted in of_field.items()}


def _most_frequent(counted: Mapping[Symbol, int]) -> Kept:
    symbols = sorted(counted, key=lambda symbol: -counted[symbol])[:KEPT]
    counts = np.array([counted[symbol] for symbol in symbols], dtype=np.int64)
    return Kept(symbols, counts, sum(counted.values()) - int(counts.sum()), atoms=True)


def with_sizes(kept: Mapping[Path, Kept], features: Features) -> dict[Path, Kept]:
    """Return what is kept of values, with how large leaves are in these documents."""
    n = len(features.paths)
    own = features.moved.shape[0]
    squares = _squared_lengths(features.T)
    count, total, total_squared = np.zeros(n), np.zeros(n), np.zeros(n)
    for start in range(0, features.n_documents, ROWS_AT_ONCE):
        L = features.L[start : start + ROWS_AT_ONCE].tocoo()
        of_leaf = L.data.astype(np.float64) ** 2 * squares[L.col]
        whole = np.bincount(L.row, of_leaf, L.shape[0])
        told = (L.col < own) & (of_leaf > 0)
        path = features.leaf_path[L.col[told]]
        logs = np.log(of_leaf[told] / whole[L.row[told]]) / 2
        count += np.bincount(path, minlength=n)
        total += np.bincount(path, logs, n)
        total_squared += np.bincount(path, logs**2, n)
    sums = np.stack([count, total, total_squared])
    return {
        field: Kept(one.values, one.counts, one.others, one.atoms, size, placed)
        for (field, one), size, placed in zip(kept.items(), *_sizes(list(kept), features, sums), strict=True)
    }


def _squared_lengths(T: sparse.csr_array) -> NDArray[np.float64]:
    """Return the squared length of each row, some at a time: a copy of T would take as much memory again."""
    squares = np.empty(T.shape[0])
    for start in range(0, T.shape[0], ROWS_AT_ONCE):
        ends = T.indptr[start : start + ROWS_AT_ONCE + 1]
        data = T.data[ends[0] : ends[-1]].astype(np.float64)
        sums = np.add.reduceat(np.append(data**2, 0.0), ends[:-1] - ends[0])
        squares[start : start + len(sums)] = np.where(np.diff(ends) > 0, sums, 0.0)
    return squares


def _sizes(fields: Sequence[Path], features: Features, sums: NDArray[np.float64]) -> list[list[Size]]:
    """Return the sizes of each field as a whole, and at positions, from sums over each path's leaves."""
    number = {field: i for i, field in enumerate(fields)}
    n = len(fields)
    of_path = np.array([number.get(field, n) for field in features.fields], dtype=np.int64)
    placed = np.array([p != f for p, f in zip(features.paths, features.fields, strict=True)], dtype=bool)
    sizes = []
    for chosen in (~placed, placed):
        count, total, squared = (np.bincount(of_path[chosen], one[chosen], n + 1)[:n] for one in sums)
        each = np.maximum(count, 1)
        mean = total / each
        deviation = np.sqrt(np.maximum(squared / each - mean**2, 0.0))
        told = zip(count.tolist(), mean.tolist(), deviation.tolist(), strict=True)
        sizes.append([Size(m, d) if n_leaves else UNKNOWN_SIZE for n_leaves, m, d in told])
    return sizes
