"""Leaves → L and T: documents × leaves, and leaves × features, with S = L T.

A feature is a pair (path, atom). S does not depend on any scheme, dimension or seed.
"""

from collections.abc import Mapping, Sequence
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


def extract(leaves: Leaves, scales: Mapping[Path, Scale], settings: FeatureSettings) -> Features:
    """Return the features of leaves whose arrays have been read, all columns at full weight."""
    atoms = AtomTable()
    entries = _present(leaves, _value_atoms(leaves, scales, settings, atoms), settings.structure, atoms)
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
    leaves: Leaves, scales: Mapping[Path, Scale], settings: FeatureSettings, atoms: AtomTable
) -> Triplets:
    """Return the atoms of every leaf's value; each coder sees every distinct value and scale once."""
    coders = {
        str: (STRINGS[settings.strings], False),
        int: (NUMBERS[settings.numbers], True),
        float: (NUMBERS[settings.numbers], True),
        tuple: (constant_atoms, False),
    }
    scale_of_place = [scales.get(collapsed(path)) for path in leaves.paths]
    distinct: dict[Any, dict[Any, int]] = {}
    rows: dict[Any, list[int]] = {}
    which: dict[Any, list[int]] = {}
    for row, (place, value) in enumerate(zip(leaves.place.tolist(), leaves.values, strict=True)):
        coder, scaled = coders[type(value)]
        seen = distinct.setdefault(coder, {})
        entry = (value, scale_of_place[place] if scaled else None)
        rows.setdefault(coder, []).append(row)
        which.setdefault(coder, []).append(seen.setdefault(entry, len(seen)))
    parts = []
    for coder, seen in distinct.items():
        coded = coder([value for value, _ in seen], [scale for _, scale in seen], atoms)
        parts.append(_repeated(coded, len(seen), len(atoms), which[coder]).placed(rows[coder]))
    return Triplets.joined(parts)


def _repeated(coded: Triplets, n_values: int, n_atoms: int, which: list[int]) -> Triplets:
    """Return row ``which[i]`` of the coded values as row i."""
    table = sparse.csr_array((coded.weight, (coded.row, coded.atom)), shape=(n_values, n_atoms))
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
