"""What a row holds at places of a document, and what leaves are like as rows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vsaviz.decode.places import Place
from vsaviz.features.atoms import Symbol
from vsaviz.features.paths import Path
from vsaviz.schemes import Scheme
from vsaviz.schemes.base import Native
from vsaviz.schemes.keyed import Floats

Numbers = NDArray[np.float64]

ATOMS_AT_ONCE = 1024

KEPT_BYTES = 512 << 20
"""Beyond this vectors are drawn again for each look, which takes ten times as long."""


class Readout:
    """Places under one scheme. The vectors of atoms are kept if they are small together, else drawn again."""

    def __init__(self, scheme: Scheme, atoms: Sequence[Symbol]):
        self.scheme = scheme
        self._number = {atom: number for number, atom in enumerate(atoms)}
        starts = range(0, len(atoms), ATOMS_AT_ONCE)
        self._blocks = [atoms[start : start + ATOMS_AT_ONCE] for start in starts]
        keep = len(atoms) * scheme.width * 4 <= KEPT_BYTES
        self._kept = [self._drawn(block) for block in self._blocks] if keep else []
        self._chosen: dict[int, NDArray[np.int64]] = {}
        self._rows: dict[tuple[Path, int], Numbers] = {}

    def forget(self) -> None:
        """Forget the rows of leaves: another document has others."""
        self._rows.clear()

    def projected(self, row: Numbers, places: Sequence[Place]) -> list[Numbers]:
        """Return for each place the dot products of what comes out of a row there with its atoms."""
        length = float(np.linalg.norm(row)) or 1.0
        native = self.scheme.native((row / length).astype(np.float32)[None])
        paths = {path: None for place in places for path, _ in place.parts}
        rows = np.stack([self._back(native, path) for path in paths]) * length
        number = dict(zip(paths, range(len(paths)), strict=True))
        every = self._on_atoms(rows)
        return [
            np.sum([w * every[number[path], self._columns(place)] for path, w in place.parts], axis=0)
            for place in places
        ]

    def own(self, found: Sequence[tuple[Place, int]]) -> list[Numbers]:
        """Return the same for leaves alone, each of length 1, at their own places."""
        fillers = np.stack([self._filler(place, leaf) for place, leaf in found])
        fillers /= np.linalg.norm(fillers, axis=1, keepdims=True)
        every = self._on_atoms(fillers)
        return [every[i, self._columns(place)] for i, (place, _) in enumerate(found)]

    def _on_atoms(self, rows: Floats) -> Numbers:
        """Return dot products with all atoms: one product is faster than gathering each place's atoms."""
        every = self._kept or map(self._drawn, self._blocks)
        rows = rows.astype(np.float32)
        return np.concatenate([rows @ vectors.T for vectors in every], axis=1).astype(np.float64)

    def _drawn(self, atoms: Sequence[Symbol]) -> Floats:
        return self.scheme.embed(self.scheme.atoms(atoms))

    def _back(self, native: Native, path: Path) -> Floats:
        for role in path:
            native = self.scheme.unbind(role, native)
        return self.scheme.unfold(self.scheme.lift(native))[0]

    def _columns(self, place: Place) -> NDArray[np.int64]:
        """Return the numbers of a place's atoms."""
        key = id(place.of.atoms)
        if key not in self._chosen:
            self._chosen[key] = np.array([self._number[atom] for atom in place.of.atoms], dtype=np.int64)
        return self._chosen[key]

    def _filler(self, place: Place, leaf: int) -> Floats:
        weights = place.of.T[[leaf]]
        atoms = [place.of.atoms[atom] for atom in weights.indices.tolist()]
        return np.asarray(weights.data.astype(np.float32) @ self._drawn(atoms))

    def row(self, place: Place, leaf: int) -> Numbers:
        """Return a leaf as it stands in vectors, of length 1."""
        if (place.path, leaf) not in self._rows:
            self._rows[place.path, leaf] = self._bound(place, leaf)
        return self._rows[place.path, leaf]

    def _bound(self, place: Place, leaf: int) -> Numbers:
        weights = place.of.T[[leaf]]
        symbols = [place.of.atoms[atom] for atom in weights.indices.tolist()]
        filler = weights.data.astype(np.float32) @ self.scheme.lift(self.scheme.atoms(symbols))
        total = np.zeros((1, self.scheme.sum_width), dtype=np.float32)
        for path, weight in place.parts:
            bound = filler[None].copy()
            for role in reversed(path):
                bound = self.scheme.bind_lifted(role, bound)
            total += np.float32(weight) * bound
        row = self.scheme.unfold(total)[0].astype(np.float64)
        return np.asarray(row / np.linalg.norm(row))
