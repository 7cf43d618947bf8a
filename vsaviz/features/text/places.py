"""The places that documents have: each distinct one once, known by the one above it and its role there."""

from collections.abc import Mapping

import numpy as np

from vsaviz.features.paths import ARRAY, Path, at, key
from vsaviz.features.text.column import Column
from vsaviz.features.text.table import Table
from vsaviz.features.text.words import Hashes, Rows

ABOVE_ROOT = -1
ROOT_ROLE = 1
POSITION = 1 << 31
"""Added to a position in an array; roles below are texts with a key."""

_HIGH = np.uint64(32)
_LOW = np.uint64((1 << 32) - 1)


class Places:
    """Distinct places, numbered; the root is 0."""

    def __init__(self) -> None:
        self._table = Table()
        self.above = Column(np.int64)
        """For each place the one above it."""
        self.role = Column(np.int64)
        """For each place the text with its key, or its position plus ``POSITION``."""
        self.of(np.array([ABOVE_ROOT]), np.array([ROOT_ROLE]))

    @property
    def n(self) -> int:
        """The number of places."""
        return self._table.n

    def of(self, above: Rows, role: Rows) -> Rows:
        """Return the places with such roles below some others."""
        keys = pairs(above, role)
        ids, new = self._table.ids(keys)
        self.above.append(above[new])
        self.role.append(role[new])
        return ids

    def path(self, place: int, names: Mapping[int, str]) -> Path:
        """Return the roles from the root to one place."""
        steps: list[Path] = []
        while place:
            steps.append(_step(int(self.role.all[place]), names))
            place = int(self.above.all[place])
        return tuple(role for step in reversed(steps) for role in step)

    def paths(self, names: Mapping[int, str]) -> list[Path]:
        """Return for each place the roles from the root to it, given the keys of texts."""
        places = zip(self.above.all[1:].tolist(), self.role.all[1:].tolist(), strict=True)
        steps: dict[int, Path] = {}
        found: list[Path] = [()]
        # What lies above a place was entered before it.
        for above, role in places:
            step = steps.get(role)
            if step is None:
                step = steps[role] = _step(role, names)
            found.append(found[above] + step)
        return found


def _step(role: int, names: Mapping[int, str]) -> Path:
    return (ARRAY, at(role - POSITION)) if role >= POSITION else (key(names[role]),)


def pairs(high: Rows, low: Rows) -> Hashes:
    """Return one key above 0 for each two numbers: one from −1 on, one from 0 on, never both the least."""
    return ((high + 1).view(np.uint64) << _HIGH) | low.view(np.uint64)
