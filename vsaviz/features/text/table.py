"""Distinct 64-bit keys, numbered as they first come: a hash table that is asked for whole arrays."""

import numpy as np

from vsaviz.features.text.words import Hashes, Rows

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, odd: multiplied by it, keys that are near go far apart (Knuth, TAOCP 6.4)."""


class Table:
    """Keys above 0 and their numbers: 0, 1, 2, … as they first come.

    >>> table = Table()
    >>> ids, first = table.ids(np.array([7, 9, 7], np.uint64))
    >>> ids.tolist(), first.tolist()
    ([0, 1, 0], [0, 1])
    """

    def __init__(self) -> None:
        self.n = 0
        self._bits = 12
        self._keys: Hashes = np.zeros(1 << self._bits, np.uint64)
        self._ids: Rows = np.zeros(1 << self._bits, np.int64)

    def ids(self, keys: Hashes) -> tuple[Rows, Rows]:
        """Return the number of each key, and the rows in which a key comes for the first time."""
        ids = self._find(keys)
        unknown = np.flatnonzero(ids < 0)
        if not len(unknown):
            return ids, unknown
        ids[unknown], first = self._add(keys[unknown])
        return ids, unknown[first]

    def _slots(self, keys: Hashes) -> Rows:
        return ((keys * SPREAD) >> np.uint64(64 - self._bits)).view(np.int64)

    def _find(self, keys: Hashes) -> Rows:
        """Return the numbers of keys, −1 where they are unknown."""
        slots = self._slots(keys)
        there = self._keys[slots]
        ids = self._ids[slots]
        rows = np.flatnonzero(there != keys)
        ids[rows] = -1
        rows = rows[there[rows] != 0]
        while len(rows):
            slot = (slots[rows] + 1) & (len(self._keys) - 1)
            slots[rows] = slot
            there = self._keys[slot]
            hit = there == keys[rows]
            ids[rows[hit]] = self._ids[slot[hit]]
            rows = rows[~hit & (there != 0)]
        return ids

    def _add(self, keys: Hashes) -> tuple[Rows, Rows]:
        """Enter keys that are not there, and return their numbers, and the first row of each."""
        self._make_room(len(keys))
        slots = self._settle(keys)
        first = self._ids[slots]
        new = np.flatnonzero(first == np.arange(len(keys)))
        number = np.empty(len(keys), np.int64)
        number[new] = np.arange(self.n, self.n + len(new))
        self._ids[slots[new]] = number[new]
        self.n += len(new)
        return number[first], new

    def _settle(self, keys: Hashes) -> Rows:
        """Give each key that is not there a slot, and return it; the slot's number is the key's first row."""
        slots = self._slots(keys)
        rows = np.arange(len(keys))
        while len(rows):
            # Of what is written twice the last stays: backwards, it is the first.
            free = rows[self._keys[slots[rows]] == 0][::-1]
            self._keys[slots[free]] = keys[free]
            self._ids[slots[free]] = free
            rows = rows[self._keys[slots[rows]] != keys[rows]]
            slots[rows] = (slots[rows] + 1) & (len(self._keys) - 1)
        return slots

    def _make_room(self, n: int) -> None:
        """See to it that at most half of the slots are taken once n keys are added."""
        if 2 * (self.n + n) <= len(self._keys):
            return
        taken = np.flatnonzero(self._keys)
        keys, ids = self._keys[taken], self._ids[taken]
        self._bits = int(2 * (self.n + n) - 1).bit_length()
        self._keys = np.zeros(1 << self._bits, np.uint64)
        self._ids = np.zeros(1 << self._bits, np.int64)
        self._ids[self._settle(keys)] = ids
