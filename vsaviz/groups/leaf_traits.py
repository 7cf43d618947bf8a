"""What a document has or has not, leaf by leaf: fields, values and words."""

from array import array
from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

import numpy as np
from scipy import sparse

from vsaviz.features.constants import PRESENT
from vsaviz.features.paths import Path
from vsaviz.features.walk import Leaf, Leaves
from vsaviz.features.words import words
from vsaviz.groups.columns import Column
from vsaviz.groups.effects import Ints

FEWEST = 3
"""What fewer documents have is never compared."""


class Trait(NamedTuple):
    """Something that a document has or has not."""

    field: Path
    kind: str
    """"value", "word" or "presence"."""
    value: Leaf | None


class Found:
    """The traits met so far, and which leaves give a document which of them."""

    def __init__(self, leaves: Leaves, held: Ints):
        self._values = leaves.values
        self._held = held
        self.traits: list[Trait] = []
        self.fields: dict[Path, int] = {}
        self._leaf = array("q")
        self._trait = array("q")

    def _new(self, field: Path, kind: str, value: Leaf | None = None) -> int:
        self.traits.append(Trait(field, kind, value))
        return len(self.traits) - 1

    def _give(self, leaves: Iterable[int], traits: Iterable[int]) -> None:
        self._leaf.extend(leaves)
        self._trait.extend(traits)

    def take(self, column: Column) -> None:
        """Take all that a field's leaves give."""
        for field in holding(column.path):
            if field not in self.fields:
                self.fields[field] = self._new(field, "presence")
            self._give(column.leaves.tolist(), repeat(self.fields[field], len(column.leaves)))
        # A lone value is not looked at; a word may be in many texts that are.
        often = [
            leaf for leaf in column.whole if self._held[leaf] >= FEWEST and self._values[leaf] != PRESENT
        ]
        self._give(often, [self._new(column.path, "value", self._values[leaf]) for leaf in often])
        number: dict[str, int] = {}
        for leaf in column.wordy:
            own = dict.fromkeys(words(str(self._values[leaf])))
            for word in own:
                if word not in number:
                    number[word] = self._new(column.path, "word", word)
            self._give(repeat(leaf, len(own)), map(number.__getitem__, own))

    def matrix(self, n_leaves: int) -> sparse.csr_array:
        """Return leaves × traits."""
        leaf, trait = (np.frombuffer(numbers, dtype=np.int64) for numbers in (self._leaf, self._trait))
        shape = (n_leaves, len(self.traits))
        return sparse.csr_array((np.ones(len(leaf), dtype=np.float32), (leaf, trait)), shape=shape)


def holding(path: Path) -> list[Path]:
    """Return a field, and the keys on the way to it: these are present where it is."""
    keys = [path[:end] for end in range(1, len(path)) if path[end - 1][0] == "key"]
    return [*keys, path]
