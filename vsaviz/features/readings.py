"""Arrays read as bags, as sequences, or softly as both."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.paths import Path, collapsed
from vsaviz.features.walk import Leaf, Leaves


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


def read_arrays(leaves: Leaves, arrays: str) -> Leaves:
    """Return the leaves of the chosen reading of all arrays.

    Softly, the whole document is read twice, every array a bag and every position kept, each with
    its share of the squared norm; a leaf outside arrays is the same in both and stands once.
    """
    shares = ARRAYS[arrays]
    leaves = replace(leaves, shares=leaves.shares.tocsc())  # columns are taken, merged and put together
    fields = [collapsed(path) for path in leaves.paths]
    positioned = [field != path for field, path in zip(fields, leaves.paths, strict=True)]
    in_array = np.array(positioned, dtype=bool)[leaves.place]
    parts = [_kept(leaves, ~in_array, 1.0)]
    if shares.sequence:
        parts.append(_kept(leaves, in_array, shares.sequence))
    if shares.bag:
        parts.append(_bagged(_kept(leaves, in_array, shares.bag), fields))
    return _joined(parts)


def _kept(leaves: Leaves, chosen: NDArray[np.bool_], share: float) -> Leaves:
    columns = np.flatnonzero(chosen)
    return replace(
        leaves,
        place=leaves.place[columns],
        values=[leaves.values[column] for column in columns],
        shares=leaves.shares[:, columns] * np.float32(np.sqrt(share)),
        occurrences=leaves.occurrences[columns],
    )


def _bagged(leaves: Leaves, fields: list[Path]) -> Leaves:
    """Return the leaves with positions collapsed: equal values of one field become one leaf."""
    paths: dict[Path, int] = {}
    place_of = [paths.setdefault(field, len(paths)) for field in fields]
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
    return Leaves(
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
    )
