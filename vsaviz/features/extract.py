"""Leaves → L and T: documents × leaves, and leaves × features, with S = L T.

A feature is a pair (path, atom). S does not depend on any scheme, dimension or seed.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.atoms import AtomTable, Triplets
from vsaviz.features.constants import PRESENT, constant_atoms
from vsaviz.features.matrices import Features, compact
from vsaviz.features.numbers import NUMBERS, Scale
from vsaviz.features.paths import Path, collapsed
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.strings import STRINGS
from vsaviz.features.walk import Leaves

LEAVES_AT_ONCE = 1 << 15

Coder = Callable[[Sequence[Any], Any, AtomTable], Triplets]
"""Writes distinct values, on a scale or None, as rows of weighted atoms."""


def extract(
    leaves: Leaves, scales: Mapping[Path, Scale], identifiers: Set[Path], settings: FeatureSettings
) -> Features:
    """Return the features of leaves whose arrays have been read, all columns at full weight.

    Strings in fields of ``identifiers`` are one atom each: parts of a hash say nothing. Leaves are taken
    in blocks, so that little is in memory beside the result.
    """
    atoms = AtomTable()
    coders = _coders(leaves.paths, scales, identifiers, settings)
    ends = np.zeros(len(leaves.values) + 1, dtype=np.int64)
    columns, weights = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    for start in range(0, len(leaves.values), LEAVES_AT_ONCE):
        rows = slice(start, start + LEAVES_AT_ONCE)
        place = leaves.place[rows]
        values = _value_atoms(leaves.values[rows], place.tolist(), coders, atoms)
        entries = _present(values, coders.keyed[place], settings.structure, atoms)
        shape = (len(place), len(atoms))
        block = sparse.csr_array((entries.weight, (entries.row, entries.atom)), shape=shape)
        ends[start + 1 : start + len(place) + 1] = ends[start] + block.indptr[1:]
        columns, weights = _longer(columns, block.indices), _longer(weights, block.data)
    leaf_atoms = sparse.csr_array((weights, columns, ends), shape=(len(leaves.values), len(atoms)))
    T, pairs = _by_path(compact(leaf_atoms), leaves.place)
    return Features(
        L=compact(leaves.shares),
        T=T,
        paths=leaves.paths,
        atoms=atoms.symbols(),
        leaf_path=leaves.place,
        feature_path=(pairs // max(1, len(atoms))).astype(np.int32),
        feature_atom=(pairs % max(1, len(atoms))).astype(np.int32),
    )


@dataclass(frozen=True)
class _Coders:
    """How the values at each place are written: what strings and numbers become, and on which scale."""

    text: list[Coder]
    number: Coder
    scale: list[Scale | None]
    keyed: NDArray[np.bool_]
    """Whether the place is an object's key, whose presence counts."""


def _coders(
    paths: Sequence[Path], scales: Mapping[Path, Scale], identifiers: Set[Path], settings: FeatureSettings
) -> _Coders:
    fields = [collapsed(path) for path in paths]
    return _Coders(
        text=[STRINGS["exact" if field in identifiers else settings.strings] for field in fields],
        number=NUMBERS[settings.numbers],
        scale=[_useful(scales.get(field)) for field in fields],
        keyed=np.array([bool(path) and path[-1][0] == "key" for path in paths], dtype=bool),
    )


def _useful(scale: Scale | None) -> Scale | None:
    """Return a scale of more than one knot, else None."""
    return scale if scale is not None and len(scale.fine) > 1 else None


def _value_atoms(values: Sequence[Any], places: Sequence[int], coders: _Coders, atoms: AtomTable) -> Triplets:
    """Return the atoms of every leaf's value. Leaves with one coder and one scale are written together."""
    groups: dict[tuple[Coder, int], tuple[Scale | None, list[int]]] = {}
    for row, (place, value) in enumerate(zip(places, values, strict=True)):
        kind = type(value)
        scale = None
        if kind is str:
            coder = coders.text[place]
        elif kind is tuple:
            coder = constant_atoms
        else:
            coder, scale = coders.number, coders.scale[place]
        group = groups.get((coder, id(scale)))
        if group is None:
            group = groups[coder, id(scale)] = (scale, [])
        group[1].append(row)
    return Triplets.joined(
        _coded(coder, [values[row] for row in rows], scale, atoms).placed(rows)
        for (coder, _), (scale, rows) in groups.items()
    )


def _coded(coder: Coder, values: Sequence[Any], scale: Scale | None, atoms: AtomTable) -> Triplets:
    """Return the atoms of some values; the coder sees every distinct one once."""
    index = {value: i for i, value in enumerate(dict.fromkeys(values))}
    coded = coder(list(index), scale, atoms)
    if len(index) == len(values):
        return coded
    which = np.fromiter(map(index.__getitem__, values), dtype=np.int64, count=len(values))
    table = sparse.csr_array((coded.weight, (coded.row, coded.atom)), shape=(len(index), len(atoms)))
    entries = table[which].tocoo()
    return Triplets(entries.row.astype(np.int64), entries.col.astype(np.int64), entries.data)


def _present(values: Triplets, keyed: NDArray[np.bool_], structure: float, atoms: AtomTable) -> Triplets:
    """Return the values' atoms with the presence of each leaf's key beside them.

    Presence has the share ``structure`` of the squared norm. An array's key has its presence as a leaf of
    its own, once, since the array's items have no key.
    """
    present = atoms.index(PRESENT)
    bare = values.atom == present
    weight = np.where(bare, np.sqrt(structure), values.weight * np.sqrt(1 - structure))
    with_value = keyed.copy()
    with_value[values.row[bare]] = False
    rows = np.flatnonzero(with_value) if structure else np.empty(0, dtype=np.int64)
    presence = Triplets(rows, np.full(len(rows), present), np.full(len(rows), np.sqrt(structure)))
    return Triplets.joined([Triplets(values.row, values.atom, weight), presence])


def _longer(array: NDArray[Any], more: NDArray[Any]) -> NDArray[Any]:
    """Return the array with more at its end, in its own memory: a large one is never there twice."""
    n = len(array)
    array.resize(n + len(more), refcheck=False)
    array[n:] = more
    return array


def _by_path(
    leaf_atoms: sparse.csr_array, place: NDArray[np.int64]
) -> tuple[sparse.csr_array, NDArray[np.int64]]:
    """Return T (leaves × features) in the memory of ``leaf_atoms``, and the features: path × atoms + atom."""
    n_leaves, n_atoms = leaf_atoms.shape
    blocks = [slice(start, start + LEAVES_AT_ONCE) for start in range(0, n_leaves, LEAVES_AT_ONCE)]

    def pairs_of(rows: slice) -> tuple[slice, NDArray[np.int64]]:
        ends = leaf_atoms.indptr[rows.start : rows.stop + 1]
        entries = slice(int(ends[0]), int(ends[-1]))
        paths = np.repeat(place[rows], np.diff(ends))
        return entries, paths * n_atoms + leaf_atoms.indices[entries]

    features = np.empty(0, dtype=np.int64)
    for rows in blocks:
        features = np.union1d(features, pairs_of(rows)[1])
    columns = leaf_atoms.indices
    if len(features) > np.iinfo(columns.dtype).max:
        columns = np.empty(len(columns), dtype=np.int64)
    for rows in blocks:
        entries, pairs = pairs_of(rows)
        columns[entries] = np.searchsorted(features, pairs)
    shape = (n_leaves, len(features))
    return sparse.csr_array((leaf_atoms.data, columns, leaf_atoms.indptr), shape=shape), features
