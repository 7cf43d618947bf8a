"""The readings of arrays, as bags and as sequences, and subtrees wherever they hang."""

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.paths import ITEM, Path, collapsed
from vsaviz.features.walk import LONGEST_FIXED, Arrays, Leaf, Leaves


@dataclass(frozen=True)
class Shares:
    """What each reading has of the squared norm of leaves that lie in arrays."""

    bag: float
    sequence: float


ARRAYS: dict[str, Shares] = {
    "soft": Shares(bag=0.5, sequence=0.5),
    "sequence": Shares(bag=0.0, sequence=1.0),
    "bag": Shares(bag=1.0, sequence=0.0),
}

FEWEST_ARRAYS = 10
"""So many arrays show what all of a field are like."""


def fixed_arrays(arrays: Sequence[Arrays]) -> dict[Path, str]:
    """Return the fields of arrays that hold a fixed number of numbers, such as coordinates, and why."""
    return {
        field: f"always {found[0].longest} numbers: positions are names"
        for field, found in _by_field(arrays).items()
        if _fixed(found)
    }


def _fixed(found: Sequence[Arrays]) -> bool:
    lengths = {one.shortest for one in found} | {one.longest for one in found}
    return (
        len(lengths) == 1
        and 2 <= lengths.pop() <= LONGEST_FIXED
        and sum(one.n for one in found) >= FEWEST_ARRAYS
        and all(one.numeric for one in found)
    )


def sorted_arrays(arrays: Sequence[Arrays]) -> dict[Path, str]:
    """Return the fields of arrays whose items always ascend, and why: their order says nothing."""
    n = {
        field: sum(one.ascending for one in found)
        for field, found in _by_field(arrays).items()
        if min(one.ascending for one in found) >= 0
    }
    return {
        field: f"all {several:,} with 2 or more items ascend (at least {FEWEST_ARRAYS}): a bag"
        for field, several in n.items()
        if several >= FEWEST_ARRAYS
    }


def _by_field(arrays: Sequence[Arrays]) -> dict[Path, list[Arrays]]:
    of_field: dict[Path, list[Arrays]] = defaultdict(list)
    for one in arrays:
        of_field[collapsed(one.path)].append(one)
    return of_field


def read_arrays(
    leaves: Leaves, arrays: str, fixed: Set[Path] = frozenset(), sets: Set[Path] = frozenset()
) -> Leaves:
    """Return the leaves of the chosen reading of all arrays.

    Softly, the whole document is read twice, every array a bag and every position kept, each with
    its share of the squared norm; a leaf outside arrays is the same in both and stands once. In the arrays
    ``fixed`` positions are names, which every reading keeps; the arrays ``sets`` are bags in both.
    """
    shares = ARRAYS[arrays]
    leaves = replace(leaves, shares=leaves.shares.tocsc())  # columns are taken, merged and put together
    if shares.bag and sets:
        leaves = _at_paths(leaves, [_without_order(path, sets) for path in leaves.paths])
    fields = [collapsed(path, fixed) for path in leaves.paths]
    positioned = [field != path for field, path in zip(fields, leaves.paths, strict=True)]
    in_array = np.array(positioned, dtype=bool)[leaves.place]
    parts = [_kept(leaves, ~in_array, 1.0)]
    if shares.sequence:
        parts.append(_kept(leaves, in_array, shares.sequence))
    if shares.bag:
        parts.append(_at_paths(_kept(leaves, in_array, shares.bag), fields))
    return _joined(parts)


def _without_order(path: Path, sets: Set[Path]) -> Path:
    """Return a path without its last position where that is one in a set."""
    if path and path[-1][0] == "at" and collapsed(path[:-1]) in sets:
        return (*path[:-1], ITEM)
    return path


def hung_anywhere(
    leaves: Leaves, share_of: Callable[[Path], tuple[Path, float]]
) -> tuple[Leaves, sparse.csr_array]:
    """Return the leaves of subtrees wherever they hang, of no document, and what they have of the others.

    ``share_of`` gives for a path that of its subtree wherever it hangs, and what a leaf there has of the
    squared norm, beside 1 where it lies. The matrix (leaves × leaves wherever they hang) is sparse.
    """
    taken = [share_of(path) for path in leaves.paths]
    share = np.array([share for _, share in taken], dtype=np.float32)[leaves.place]
    chosen = np.flatnonzero(share)
    paths: dict[Path, int] = {}
    place_of = [paths.setdefault(path, len(paths)) if share else -1 for path, share in taken]
    index: dict[tuple[int, Leaf], int] = {}
    column = [
        index.setdefault((place_of[leaves.place[leaf]], leaves.values[leaf]), len(index)) for leaf in chosen
    ]
    moved = sparse.csr_array(
        (np.sqrt(share[chosen]), (chosen, np.array(column, dtype=np.int64))),
        shape=(len(leaves.values), len(index)),
    )
    return replace(
        leaves,
        paths=list(paths),
        place=np.array([place for place, _ in index], dtype=np.int64),
        values=[value for _, value in index],
        shares=sparse.csr_array((0, len(index)), dtype=np.float32),
        occurrences=np.bincount(column, leaves.occurrences[chosen], len(index)).astype(np.int64),
    ), moved


def put_behind(leaves: Leaves, hung: Leaves, moved: sparse.csr_array) -> Leaves:
    """Return leaves with those of subtrees wherever they hang behind them."""
    return replace(
        leaves,
        paths=leaves.paths + hung.paths,
        place=np.concatenate([leaves.place, hung.place + len(leaves.paths)]),
        values=leaves.values + hung.values,
        shares=with_moved(leaves.shares, moved),
        occurrences=np.concatenate([leaves.occurrences, hung.occurrences]),
    )


def with_moved(shares: sparse.csr_array, moved: sparse.csr_array) -> sparse.csr_array:
    """Return what documents have of leaves (documents × leaves) with what follows for the further leaves."""
    return sparse.hstack([shares, shares @ moved], format="csr") if moved.shape[1] else shares.tocsr()


def _kept(leaves: Leaves, chosen: NDArray[np.bool_], share: float) -> Leaves:
    columns = np.flatnonzero(chosen)
    return replace(
        leaves,
        place=leaves.place[columns],
        values=[leaves.values[column] for column in columns],
        shares=leaves.shares[:, columns] * np.float32(np.sqrt(share)),
        occurrences=leaves.occurrences[columns],
    )


def _at_paths(leaves: Leaves, place_paths: Sequence[Path]) -> Leaves:
    """Return the leaves at other paths, given for each place: equal values at one path become one leaf."""
    paths: dict[Path, int] = {}
    place_of = [paths.setdefault(path, len(paths)) for path in place_paths]
    index: dict[tuple[int, Leaf], int] = {}
    merged = np.array(
        [
            index.setdefault((place_of[place], value), len(index))
            for place, value in zip(leaves.place.tolist(), leaves.values, strict=True)
        ],
        dtype=np.int64,
    )
    onto = sparse.csc_array(
        (np.ones(len(merged), dtype=np.float32), (np.arange(len(merged)), merged)),
        shape=(len(merged), len(index)),
    )
    return replace(
        leaves,
        paths=list(paths),
        place=np.array([place for place, _ in index], dtype=np.int64),
        values=[value for _, value in index],
        shares=leaves.shares @ onto,
        occurrences=np.bincount(merged, leaves.occurrences, minlength=len(index)).astype(np.int64),
    )


def _joined(parts: list[Leaves]) -> Leaves:
    paths: dict[Path, int] = {}
    places: list[Any] = []
    for part in parts:
        used, which = np.unique(part.place, return_inverse=True)
        number = [paths.setdefault(part.paths[place], len(paths)) for place in used]
        places.append(np.array(number, dtype=np.int64)[which])
    return Leaves(
        paths=list(paths),
        place=np.concatenate(places),
        values=[value for part in parts for value in part.values],
        shares=sparse.hstack([part.shares for part in parts], format="csc").tocsr(),
        occurrences=np.concatenate([part.occurrences for part in parts]),
        arrays=parts[0].arrays,
    )
