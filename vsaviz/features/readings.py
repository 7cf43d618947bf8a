"""The readings of arrays, as bags and as sequences, and subtrees wherever they hang."""

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

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


Hung = tuple[Leaves, sparse.csr_array]
"""Leaves of subtrees wherever they hang, and what they have of other leaves (these × those)."""


@dataclass(frozen=True)
class Read:
    """Leaves with their arrays read in some way, and the field of each of their paths."""

    leaves: Leaves
    fields: list[Path]

    def weighed(self, by_path: NDArray[np.float32]) -> "Read":
        """Return the same with what documents have of leaves multiplied, by their path."""
        if (by_path == 1).all():
            return self
        shares = _scaled(self.leaves.shares, by_path[self.leaves.place])
        return replace(self, leaves=replace(self.leaves, shares=shares))

    def with_hung(self, hung: Leaves, of: sparse.csr_array) -> tuple["Read", sparse.csr_array]:
        """Return the same with the leaves of subtrees wherever they hang behind, and what these have of it.

        ``of`` may know only the first of the leaves: the others have no part.
        """
        n = len(self.leaves.values)
        ends = np.pad(of.indptr, (0, n + 1 - len(of.indptr)), mode="edge")
        moved = sparse.csr_array((of.data, of.indices, ends), shape=(n, of.shape[1]))
        leaves = replace(
            self.leaves,
            paths=self.leaves.paths + hung.paths,
            place=np.concatenate([self.leaves.place, hung.place + len(self.leaves.paths)]),
            values=self.leaves.values + hung.values,
            shares=with_moved(self.leaves.shares, moved),
            occurrences=np.concatenate([self.leaves.occurrences, hung.occurrences]),
        )
        return Read(leaves, self.fields + hung.paths), moved


@dataclass(frozen=True)
class Bags(Read):
    """Leaves with every array a bag: each path is a field."""

    of_path: list[Path]
    """The field of each path as it was before."""


def as_bags(leaves: Leaves, fixed: Set[Path] = frozenset()) -> Bags:
    """Return leaves with every array a bag, but for the arrays ``fixed``, whose positions are names."""
    of_path = [collapsed(path, fixed) for path in leaves.paths]
    bags = _at_paths(leaves, np.ones(len(of_path), dtype=bool), of_path)
    return Bags(bags, bags.paths, of_path)


def read_arrays(
    leaves: Leaves, arrays: str, fixed: Set[Path] = frozenset(), sets: Set[Path] = frozenset()
) -> Leaves:
    """Return the leaves of the chosen reading of all arrays, as ``read_softly`` does."""
    return read_softly(leaves, as_bags(leaves, fixed), arrays, sets).leaves


def read_softly(leaves: Leaves, bags: Bags, arrays: str, sets: Set[Path] = frozenset()) -> Read:
    """Return the chosen reading of all arrays; ``bags`` are the leaves with every array a bag.

    Softly, the whole document is read twice, every array a bag and every position kept, each with
    its share of the squared norm; a leaf outside arrays is the same in both and stands once. In the arrays
    that are no bags in ``bags`` positions are names, which every reading keeps; the arrays ``sets`` are bags
    in both.
    """
    shares = ARRAYS[arrays]
    if not shares.bag:
        return Read(leaves, bags.of_path)
    ordered = [_without_order(path, sets) for path in leaves.paths] if sets else leaves.paths
    field_of = {path: field for path, field in zip(ordered, bags.of_path, strict=True) if path != field}
    if not shares.sequence or not field_of:
        return bags
    sequences = _at_paths(leaves, np.array([path in field_of for path in ordered], dtype=bool), ordered)
    twice = set(field_of.values())
    share = np.array([shares.bag if path in twice else 1.0 for path in bags.fields], dtype=np.float32)
    bag = bags.weighed(np.sqrt(share)).leaves
    both = replace(
        bag,
        paths=bag.paths + sequences.paths,
        place=np.concatenate([bag.place, sequences.place + len(bag.paths)]),
        values=bag.values + sequences.values,
        shares=sparse.hstack([bag.shares, sequences.shares * np.float32(shares.sequence**0.5)], format="csr"),
        occurrences=np.concatenate([bag.occurrences, sequences.occurrences]),
    )
    return Read(both, bags.fields + [field_of[path] for path in sequences.paths])


def _scaled(shares: sparse.csr_array, by_leaf: NDArray[np.float32]) -> sparse.csr_array:
    data = shares.data * by_leaf[shares.indices]
    return sparse.csr_array((data, shares.indices, shares.indptr), shape=shares.shape)


def _without_order(path: Path, sets: Set[Path]) -> Path:
    """Return a path without its last position where that is one in a set."""
    if path and path[-1][0] == "at" and collapsed(path[:-1]) in sets:
        return (*path[:-1], ITEM)
    return path


def hung_anywhere(read: Read, share_of: Callable[[Path, Path], tuple[Path, float]]) -> Hung:
    """Return the leaves of subtrees wherever they hang, of no document, and what they have of the others.

    ``share_of`` gives for a path and its field the path of its subtree wherever it hangs, and what a leaf
    there has of the squared norm, beside 1 where it lies. The matrix (leaves × leaves wherever they hang) is
    sparse.
    """
    leaves = read.leaves
    taken = [share_of(path, field) for path, field in zip(leaves.paths, read.fields, strict=True)]
    share = np.array([share for _, share in taken], dtype=np.float32)
    hung, column = _moved(leaves, share > 0, [path for path, _ in taken])
    chosen = np.flatnonzero(column >= 0)
    moved = sparse.csr_array(
        (np.sqrt(share[leaves.place[chosen]]), (chosen, column[chosen])),
        shape=(len(leaves.values), len(hung.values)),
    )
    return hung, moved


def with_moved(shares: sparse.csr_array, moved: sparse.csr_array) -> sparse.csr_array:
    """Return what documents have of leaves (documents × leaves) with what follows for the further leaves."""
    return sparse.hstack([shares, shares @ moved], format="csr") if moved.shape[1] else shares.tocsr()


def _at_paths(leaves: Leaves, chosen: NDArray[np.bool_], place_paths: Sequence[Path]) -> Leaves:
    """Return what documents have at the chosen places, at other paths."""
    moved, column = _moved(leaves, chosen, place_paths)
    return replace(moved, shares=_renumbered(leaves.shares, column, len(moved.values)))


def _moved(
    leaves: Leaves, chosen: NDArray[np.bool_], place_paths: Sequence[Path]
) -> tuple[Leaves, NDArray[np.int64]]:
    """Return the leaves at the chosen places at other paths, of no document, and what each leaf becomes.

    Equal values at one path become one leaf; −1 says that a leaf is not at a chosen place.
    """
    paths: dict[Path, int] = {}
    number = np.full(len(place_paths), -1, dtype=np.int64)
    for place in np.flatnonzero(chosen).tolist():
        number[place] = paths.setdefault(place_paths[place], len(paths))
    place = number[leaves.place]
    meets = np.bincount(number[chosen], minlength=len(paths) + 1)[place] > 1
    alone, several = np.flatnonzero((place >= 0) & ~meets), np.flatnonzero((place >= 0) & meets)
    values = leaves.values
    index: dict[tuple[int, Leaf], int] = {}
    column = np.full(len(place), -1, dtype=np.int64)
    column[alone] = np.arange(len(alone))
    column[several] = [
        index.setdefault((new, values[leaf]), len(alone) + len(index))
        for new, leaf in zip(place[several].tolist(), several.tolist(), strict=True)
    ]
    n = len(alone) + len(index)
    taken = column >= 0
    return replace(
        leaves,
        paths=list(paths),
        place=np.concatenate([place[alone], np.array([new for new, _ in index], dtype=np.int64)]),
        values=[values[leaf] for leaf in alone.tolist()] + [value for _, value in index],
        shares=sparse.csr_array((0, n), dtype=np.float32),
        occurrences=np.bincount(column[taken], leaves.occurrences[taken], minlength=n).astype(np.int64),
    ), column


def _renumbered(shares: sparse.csr_array, column: NDArray[np.int64], n: int) -> sparse.csr_array:
    """Return the matrix with its columns moved to others, where they are summed; −1 leaves one out."""
    moved = column[shares.indices]
    kept = moved >= 0
    ends = np.concatenate([[0], np.cumsum(kept)])[shares.indptr]
    renumbered = sparse.csr_array((shares.data[kept], moved[kept], ends), shape=(shares.shape[0], n))
    renumbered.sum_duplicates()
    return renumbered
