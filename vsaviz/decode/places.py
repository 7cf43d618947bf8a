"""Where leaves may stand in a document that is read back out of a vector, and what may stand there."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from math import log
from typing import Any

import numpy as np

from vsaviz.decode.candidates import Candidates, written_at
from vsaviz.features import Vocabulary
from vsaviz.features.atoms import Symbol
from vsaviz.features.constants import PRESENT
from vsaviz.features.kept import Kept, Size
from vsaviz.features.paths import ARRAY, ITEM, Path, at
from vsaviz.features.readings import ARRAYS

Parts = tuple[tuple[Path, float], ...]


@dataclass(frozen=True)
class Place:
    """One place of a document: a path, and what may stand there."""

    path: Path
    parts: Parts
    """The paths along which its leaf is bound in vectors, each with its weight; their squares sum to 1."""
    leaves: Sequence[Any]
    """What may stand there, as it stands in the table of leaves."""
    of: Candidates

    @property
    def single(self) -> bool:
        """Whether only one leaf stands there; several do at some item of an array."""
        return ITEM not in self.path


class Places:
    """The places of the documents from which a vocabulary was learnt."""

    def __init__(self, vocabulary: Vocabulary):
        self._vocabulary = vocabulary
        self._shares = ARRAYS[vocabulary.settings.arrays]
        above = _above(vocabulary)
        every = {field: _with_presence(vocabulary, field, above) for field in vocabulary.fields}
        self._fields = {field: kept for field, kept in every.items() if kept}
        self._written = {
            field: written_at(vocabulary, field, field, kept) for field, kept in self._fields.items()
        }
        self._made: dict[Path, Place] = {}

    @property
    def atoms(self) -> list[Symbol]:
        """All atoms of what may stand anywhere, each once."""
        return list(dict.fromkeys(atom for of in self._written.values() for atom in of.atoms))

    def open(self, found: Iterable[tuple[Place, int]]) -> list[Place]:
        """Return where something more may stand: of each array one position beyond those found."""
        found = list(found)
        filled = {place.path for place, _ in found if place.single}
        lengths = _lengths(place.path for place, _ in found)
        return [
            self._place(path, field)
            for field in self._fields
            for path in self._concrete(field, lengths)
            if path not in filled
        ]

    def _concrete(self, field: Path, lengths: dict[Path, int]) -> list[Path]:
        """Return the paths of a field with its positions, as far as arrays are known to reach."""
        paths: list[Path] = [()]
        for step, role in enumerate(field):
            if role != ITEM or self._is_bag(field, step):
                paths = [(*path, role) for path in paths]
            else:
                paths = [(*path, at(i)) for path in paths for i in range(lengths.get(path, 0) + 1)]
        return paths

    def _is_bag(self, field: Path, step: int) -> bool:
        """Whether items at this step of a field have no positions in vectors."""
        in_set = step == len(field) - 1 and field[:step] in self._vocabulary.sets
        return not self._shares.sequence or (in_set and self._shares.bag > 0)

    def _place(self, path: Path, field: Path) -> Place:
        if path not in self._made:
            kept = self._fields[field]
            of = self._written[field]
            parts: Parts = ((path, 1.0),)
            size = kept.size
            if path != field:
                parts = ((path, self._shares.sequence**0.5), (field, self._shares.bag**0.5))
                size = Size(kept.placed.mean - log(self._shares.sequence) / 2, kept.placed.deviation)
            if ITEM in field:  # there may be one more item, or not
                of = replace(of, size=size, expected=of.expected / of.expected.sum() / 2)
            self._made[path] = Place(path, tuple(part for part in parts if part[1]), kept.values, of)
        return self._made[path]


def _with_presence(vocabulary: Vocabulary, field: Path, above: Set[Path]) -> Kept | None:
    """Return what may stand at a field, also an array's bare presence; None where nothing was kept."""
    kept = vocabulary.kept[field]
    known = vocabulary.fields[field]
    if known.kind in ("array", "mixed") and (*field, ARRAY) in above:
        arrays = max(1, known.documents - int(kept.counts.sum()) - kept.others)
        counts = np.append(kept.counts, arrays)
        return replace(kept, values=[*kept.values, PRESENT], counts=counts)
    return kept if len(kept.values) else None


def _above(vocabulary: Vocabulary) -> set[Path]:
    """Return the paths that lead to a field."""
    return {field[: step + 1] for field in vocabulary.fields for step in range(len(field))}


def _lengths(paths: Iterable[Path]) -> dict[Path, int]:
    """Return how many positions of each array are known of."""
    lengths: dict[Path, int] = {}
    for path in paths:
        for step, role in enumerate(path):
            if role[0] == "at":
                lengths[path[:step]] = max(lengths.get(path[:step], 0), int(role[-1]) + 1)
    return lengths
