"""Leaves → L and T: documents × leaves, and leaves × features, with S = L T.

A feature is a pair (path, atom). S does not depend on any scheme, dimension or seed.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.atoms import AtomTable, Symbol, Triplets
from vsaviz.features.constants import PRESENT, constant_atoms
from vsaviz.features.numbers import NUMBERS, Scale
from vsaviz.features.paths import Path, collapsed
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.strings import STRINGS
from vsaviz.features.walk import Leaves


@dataclass(frozen=True)
class Features:
    """The features of some documents.

    ``L`` (documents × leaves) and ``T`` (leaves × features) are sparse; ``leaf_path`` and ``feature_path``
    number the entries of ``paths``, ``feature_atom`` those of ``atoms``.
    """

    L: sparse.csr_array
    T: sparse.csr_array
    paths: list[Path]
    atoms: list[Symbol]
    leaf_path: NDArray[np.int64]
    feature_path: NDArray[np.int64]
    feature_atom: NDArray[np.int64]

    @property
    def n_documents(self) -> int:
        """The number of documents, n."""
        return int(self.L.shape[0])

    @cached_property
    def fields(self) -> list[Path]:
        """The field of each path: the path with its positions collapsed."""
        return [collapsed(path) for path in self.paths]

    def matrix(self, rows: slice = slice(None)) -> sparse.csr_array:
        """Return S for the chosen documents, each row of length 1 (or 0): S Sᵀ is the exact kernel."""
        S = self.L[rows] @ self.T
        lengths = np.sqrt(np.asarray(S.multiply(S).sum(axis=1)))
        scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return sparse.diags_array(scale) @ S

    def keys(self) -> NDArray[np.uint64]:
        """Return a 64-bit key of each feature, the same for equal (path, atom) in any collection."""
        paths, atoms = _digests(self.paths), _digests(self.atoms)
        # An odd multiplier keeps path and atom from being swapped without effect.
        return paths[self.feature_path] * np.uint64(0x9E3779B97F4A7C15) + atoms[self.feature_atom]


def _digests(symbols: Sequence[Any]) -> NDArray[np.uint64]:
    joined = b"".join(blake2b(ascii(symbol).encode(), digest_size=8).digest() for symbol in symbols)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def extract(
    leaves: Leaves, scales: Mapping[Path, Scale], identifiers: Set[Path], settings: FeatureSettings
) -> Features:
    """Return the features of leaves whose arrays have been read, all columns at full weight.

    Strings in fields of ``identifiers`` are one atom each: parts of a hash say nothing.
    """
    atoms = AtomTable()
    values = _value_atoms(leaves, scales, identifiers, settings, atoms)
    entries = _present(leaves, values, settings.structure, atoms)
    path = leaves.place[entries.row]
    pair = path * len(atoms) + entries.atom
    features, column = np.unique(pair, return_inverse=True)
    T = sparse.csr_array((entries.weight, (entries.row, column)), shape=(len(leaves.values), len(features)))
    return Features(
        L=leaves.shares,
        T=T,
        paths=leaves.paths,
        atoms=atoms.symbols(),
        leaf_path=leaves.place,
        feature_path=features // max(1, len(atoms)),
        feature_atom=features % max(1, len(atoms)),
    )


def _value_atoms(
    leaves: Leaves,
    scales: Mapping[Path, Scale],
    identifiers: Set[Path],
    settings: FeatureSettings,
    atoms: AtomTable,
) -> Triplets:
    """Return the atoms of every leaf's value."""
    fields = [collapsed(path) for path in leaves.paths]
    scale_of_place = [_useful(scales.get(field)) for field in fields]
    text_coder = [STRINGS["exact" if field in identifiers else settings.strings] for field in fields]
    number_coder = NUMBERS[settings.numbers]
    # Leaves with one coder and one scale are written together.
    groups: dict[tuple[Any, int], tuple[Scale | None, list[int]]] = {}
    for row, (place, value) in enumerate(zip(leaves.place.tolist(), leaves.values, strict=True)):
        kind = type(value)
        if kind is str:
            coder, scale = text_coder[place], None
        elif kind is tuple:
            coder, scale = constant_atoms, None
        else:
            coder, scale = number_coder, scale_of_place[place]
        group = groups.get((coder, id(scale)))
        if group is None:
            group = groups[coder, id(scale)] = (scale, [])
        group[1].append(row)
    return Triplets.joined(
        _coded(coder, [leaves.values[row] for row in rows], scale, atoms).placed(rows)
        for (coder, _), (scale, rows) in groups.items()
    )


def _useful(scale: Scale | None) -> Scale | None:
    """Return a scale of more than one knot, else None."""
    return scale if scale is not None and len(scale.fine) > 1 else None


def _coded(coder: Any, values: Sequence[Any], scale: Scale | None, atoms: AtomTable) -> Triplets:
    """Return the atoms of some values; the coder sees every distinct one once."""
    index = {value: i for i, value in enumerate(dict.fromkeys(values))}
    coded = coder(list(index), scale, atoms)
    if len(index) == len(values):
        return coded
    which = np.fromiter(map(index.__getitem__, values), dtype=np.int64, count=len(values))
    table = sparse.csr_array((coded.weight, (coded.row, coded.atom)), shape=(len(index), len(atoms)))
    entries = table[which].tocoo()
    return Triplets(entries.row.astype(np.int64), entries.col.astype(np.int64), entries.data)


def _present(leaves: Leaves, values: Triplets, structure: float, atoms: AtomTable) -> Triplets:
    """Return the values' atoms with the presence of each leaf's key beside them.

    Presence has the share ``structure`` of the squared norm. An array's key has its presence as a leaf of
    its own, once, since the array's items have no key.
    """
    present = atoms.index(PRESENT)
    bare = values.atom == present
    weight = np.where(bare, np.sqrt(structure), values.weight * np.sqrt(1 - structure))
    keyed = np.array([bool(path) and path[-1][0] == "key" for path in leaves.paths], dtype=bool)[leaves.place]
    keyed[values.row[bare]] = False
    rows = np.flatnonzero(keyed) if structure else np.empty(0, dtype=np.int64)
    presence = Triplets(rows, np.full(len(rows), present), np.full(len(rows), np.sqrt(structure)))
    return Triplets.joined([Triplets(values.row, values.atom, weight), presence])
