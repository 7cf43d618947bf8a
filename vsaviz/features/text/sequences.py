"""The arrays at each place: how many, how long, and whether what they hold ascends."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import ARRAY, Path
from vsaviz.features.text.children import Children
from vsaviz.features.text.column import Column
from vsaviz.features.text.places import POSITION, Places
from vsaviz.features.text.reading import NUMBER
from vsaviz.features.text.table import Table
from vsaviz.features.text.texts import Texts
from vsaviz.features.text.words import Rows
from vsaviz.features.walk import LONGEST_FIXED, Arrays

Flags = NDArray[np.bool_]


class Sequences:
    """What is counted of arrays that are not empty."""

    def __init__(self, places: Places, texts: Texts):
        self._places, self._texts = places, texts
        self._table = Table()
        self._place = Column(np.int64)
        self._n, self._held, self._squares = Column(np.int64), Column(np.int64), Column(np.int64)
        self._shortest, self._longest, self._ascending = Column(np.int64), Column(np.int64), Column(np.int64)

    def take(self, held: Children, groups: Rows, place: Rows) -> None:
        """Count some groups that are arrays, given their places."""
        where, new = self._table.ids((place + 1).view(np.uint64))
        length = held.n[groups]
        self._place.append(place[new])
        self._shortest.append(length[new])
        for column in (self._n, self._held, self._squares, self._longest, self._ascending):
            column.grow(self._table.n)
        np.add.at(self._n.all, where, 1)
        np.add.at(self._held.all, where, length)
        np.add.at(self._squares.all, where, length**2)
        np.minimum.at(self._shortest.all, where, length)
        np.maximum.at(self._longest.all, where, length)
        several = length > 1
        where, groups = where[several], groups[several]
        # Most places are told by their first array; only where it ascends are the others looked through.
        first = np.zeros(len(where), bool)
        first[np.unique(where, return_index=True)[1]] = True
        for some in (first, ~first):
            still = some & (self._ascending.all[where] >= 0)
            self._count_ascending(held, groups[still], where[still])

    def _count_ascending(self, held: Children, groups: Rows, where: Rows) -> None:
        ascend = _ascend(held, groups, self._texts)
        np.add.at(self._ascending.all, where[ascend], 1)
        self._ascending.all[where[~ascend]] = -1

    def arrays(self, paths: Sequence[Path], leaf_place: Rows, leaf_text: Rows) -> list[Arrays]:
        """Return the arrays at all places, given the path of each, and the place and text of all leaves."""
        numeric = np.ones(self._places.n, bool)
        not_numbers = leaf_place[self._texts.kind.all[leaf_text] != NUMBER]
        for bad in (not_numbers, self._places.above.all[1:]):
            # A long array need not be looked through: only short ones can be of fixed length.
            role = self._places.role.all[bad]
            few = bad[(role >= POSITION) & (role < POSITION + LONGEST_FIXED)]
            numeric[self._places.above.all[few]] = False
        places = self._place.all
        of_arrays = [(*paths[place], ARRAY) for place in places.tolist()]
        counts = (self._n, self._shortest, self._longest, self._held, self._squares)
        columns = (*(column.all for column in counts), numeric[places], self._ascending.all)
        return list(map(Arrays, of_arrays, *(column.tolist() for column in columns)))


def _ascend(held: Children, groups: Rows, texts: Texts) -> Flags:
    """Return which arrays hold nothing but strings, or but numbers, that ascend; equal neighbours do."""
    n = held.n[groups]
    if not len(n):
        return np.zeros(0, bool)
    first = np.cumsum(n) - n
    which = np.repeat(np.arange(len(n)), n)
    text = held.text[np.arange(len(which)) + (held.first[groups] - first)[which]]
    kind = texts.kind.all[text]
    kinds = np.minimum.reduceat(kind, first), np.maximum.reduceat(kind, first)
    ascend = (kinds[0] == kinds[1]) & (kinds[0] >= NUMBER)
    in_order = ascend[which]
    which, rank = which[in_order], _ranks(texts.value.all[text[in_order]], texts)
    falls = (which[1:] == which[:-1]) & (rank[1:] < rank[:-1])
    ascend[which[1:][falls]] = False
    return ascend


def _ranks(values: Rows, texts: Texts) -> Rows:
    """Return the rank of each value, given as texts, among those of its kind."""
    different, which = np.unique(values, return_inverse=True)
    rank = np.empty(len(different), np.int64)
    is_number = texts.kind.all[different] == NUMBER
    for kind in (np.flatnonzero(is_number), np.flatnonzero(~is_number)):
        of_kind = [texts.values[text] for text in different[kind].tolist()]
        rank[kind[sorted(range(len(of_kind)), key=of_kind.__getitem__)]] = np.arange(len(of_kind))
    return rank[which]
