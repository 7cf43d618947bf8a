"""Slices → texts: each distinct slice once, with the key and the value that stand in it."""

from collections.abc import Iterator, Sequence
from itertools import count

import numpy as np

from vsaviz.features.constants import EMPTY_ARRAY, EMPTY_OBJECT, PRESENT
from vsaviz.features.text.column import Column
from vsaviz.features.text.reading import CONSTANT, NONE, Kinds, read_keys, read_members, read_values
from vsaviz.features.text.slices import ITEM, KEY, MEMBER, Slices, values_of_members
from vsaviz.features.text.table import Table
from vsaviz.features.text.words import LONGEST, WORD, Rows, Words
from vsaviz.features.walk import Leaf

NOTHING, THE_PRESENT, THE_EMPTY_OBJECT, THE_EMPTY_ARRAY = range(4)
"""Texts that are no slices: nothing at all, and leaves with nothing to read."""


class Texts:
    r"""Distinct slices, numbered.

    What several slices write, each in its way, is known by the first of them: ``"\u0061": 1e0`` has the key
    and the value of ``"a":1``.
    """

    def __init__(self) -> None:
        self._table = Table()
        self._numbered, self._start, self._length = Column(np.int64), Column(np.int64), Column(np.int64)
        self._bytes = Column(np.uint8)
        self._bytes.append(np.zeros(LONGEST + WORD, np.uint8))
        self._whole: dict[bytes, int] = {}
        self._keys: dict[str, int] = {}
        self._values: dict[Leaf | None, int] = {}
        self.names: dict[int, str] = {}
        """The keys, by the first text that has each."""
        self.values: list[Leaf | None] = []
        """The value in each text."""
        self.key, self.value, self.kind = Column(np.int64), Column(np.int64), Column(np.int8)
        """For each text the first that has the same key, the first that has the same value, and its kind."""
        self._enter(np.full(1, NOTHING), [None], np.full(1, NONE))
        self._enter(np.full(3, NOTHING), [PRESENT, EMPTY_OBJECT, EMPTY_ARRAY], np.full(3, CONSTANT))

    def of(self, slices: Slices) -> Rows:
        """Return the text of each slice."""
        texts = np.full(len(slices.length), NOTHING)
        rows = np.flatnonzero((slices.length > 0) & (slices.length <= LONGEST))
        words = Words(slices.data, slices.start[rows], slices.length[rows])
        rows = rows[words.order]
        ids, new = self._table.ids(words.hashes())
        if len(new):
            self._store(slices.of(rows[new]))
        texts[rows] = self._numbered.all[ids]
        others = words.differ(self._bytes.all, self._start.all[ids], self._length.all[ids])
        rows = np.concatenate([rows[others], np.flatnonzero(slices.length > LONGEST)])
        if len(rows):
            texts[rows] = self._one_by_one(slices.of(rows))
        return texts

    def _store(self, new: Slices) -> None:
        """Enter slices that are new to the table."""
        objects, n = new.objects(), len(self._start.all)
        self._start.append(len(self._bytes.all) + np.cumsum(new.length) - new.length)
        self._length.append(new.length)
        self._bytes.append(np.frombuffer(b"".join(objects) + bytes(WORD), np.uint8))
        self._numbered.grow(n + len(objects))
        for rows, texts in self._read(new, objects):
            self._numbered.all[n + rows] = texts

    def _one_by_one(self, slices: Slices) -> list[int]:
        """Return the texts of slices that are long, or have the hash of another."""
        objects = slices.objects()
        new = {one: row for row, one in enumerate(objects) if one not in self._whole}
        texts = np.full(len(new), NOTHING)
        for rows, read in self._read(slices.of(np.array(list(new.values()), np.int64)), list(new)):
            texts[rows] = read
        self._whole.update(zip(new, texts.tolist(), strict=True))
        return [self._whole[one] for one in objects]

    def _read(self, new: Slices, objects: list[bytes]) -> Iterator[tuple[Rows, Rows]]:
        """Enter slices, and yield rows and their texts: keys first, since members look them up."""
        form = new.form(objects)
        readers = ((KEY, self._read_keys), (MEMBER, self._read_members), (ITEM, self._read_items))
        for of_form, enter in readers:
            rows = np.flatnonzero(form == of_form)
            if len(rows):
                yield rows, enter(new.of(rows), [objects[row] for row in rows.tolist()])

    def _read_items(self, _: Slices, objects: list[bytes]) -> Rows:
        values, kinds = read_values(objects)
        return self._enter(np.full(len(objects), NOTHING), values, kinds)

    def _read_keys(self, _: Slices, objects: list[bytes]) -> Rows:
        n = len(objects)
        return self._enter(self._keys_of(read_keys(objects)), [None] * n, np.full(n, NONE))

    def _read_members(self, new: Slices, objects: list[bytes]) -> Rows:
        """Enter members: where keys are plainly written they are looked up, for few of them are different."""
        at, plain = values_of_members(new)
        texts = np.empty(len(objects), np.int64)
        rows = np.flatnonzero(~plain)
        if len(rows):
            names, values, kinds = read_members([objects[row] for row in rows.tolist()])
            texts[rows] = self._enter(self._keys_of(names), values, kinds)
        rows = np.flatnonzero(plain)
        if len(rows):
            starts = zip(rows.tolist(), at[rows].tolist(), strict=True)
            values, kinds = read_values([objects[row][start:] for row, start in starts])
            of_key = self.of(new.keys(rows, at[rows]))
            texts[rows] = self._enter(self.key.all[of_key], values, kinds)
        return texts

    def _keys_of(self, names: list[str]) -> Rows:
        """Return for each key the first text that has it, which may be one to be entered now."""
        n = len(self.values)
        keys = np.fromiter(map(self._keys.setdefault, names, count(n)), np.int64, len(names))
        for row in np.flatnonzero(keys == np.arange(n, n + len(names))).tolist():
            self.names[n + row] = names[row]
        return keys

    def _enter(self, keys: Rows, values: Sequence[Leaf | None], kinds: Kinds) -> Rows:
        """Return new texts, given the key, value and kind of each."""
        n = len(self.values)
        self.values += values
        self.key.append(keys)
        self.value.append(np.fromiter(map(self._values.setdefault, values, count(n)), np.int64, len(values)))
        self.kind.append(kinds)
        return np.arange(n, n + len(values))
