"""JSON Lines → leaves: those that ``vsaviz.features.walk`` finds in the documents, in another order."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.paths import Path
from vsaviz.features.text.checked import check_slices
from vsaviz.features.text.children import Children, children
from vsaviz.features.text.column import Column
from vsaviz.features.text.containers import Balances, Placed, placed
from vsaviz.features.text.places import Places, pairs
from vsaviz.features.text.refused import check_depth, check_places
from vsaviz.features.text.repeated import overridden, without
from vsaviz.features.text.sequences import Sequences
from vsaviz.features.text.structure import OPEN_ARRAY, OPEN_OBJECT, marks
from vsaviz.features.text.table import Table
from vsaviz.features.text.texts import NOTHING, THE_EMPTY_ARRAY, THE_EMPTY_OBJECT, THE_PRESENT, Texts
from vsaviz.features.text.tree import Tree, tree
from vsaviz.features.text.words import Rows
from vsaviz.features.walk import Leaf, Leaves

Weights = NDArray[np.float64]

AT_ONCE = 1 << 20
"""So many bytes are taken at once, or one longer line: their arrays stay in a processor's cache."""


def walk_text(
    text: bytes, balance: float = 0.0, balances: Mapping[Path, float] = MappingProxyType({})
) -> Leaves:
    r"""Return the leaves of documents given as JSON Lines in UTF-8, one document a line.

    As ``walk`` of the parsed documents, but in another order of leaves and paths. Blank lines count as none.

    Raises
    ------
    NotTakenError, InputError
        If a line is not JSON, nested too deeply, or the documents have too many different places:
        what is wrong is for the parser, and for ``walk``, to say.

    >>> walk_text(b'{"a": 1}\n{"a": 1.0}\n').values
    [1]
    """
    return walk_blocks(blocks(text), balance, balances)


def walk_blocks(
    some: Iterable[bytes], balance: float = 0.0, balances: Mapping[Path, float] = MappingProxyType({})
) -> Leaves:
    """Return the same of a text that comes in blocks of whole lines."""
    walker = TextWalker(balance, balances)
    for block in some:
        walker.take(block)
    return walker.leaves()


def blocks(text: bytes) -> Iterator[bytes]:
    """Yield whole lines, some ``AT_ONCE`` bytes of them each time."""
    start = 0
    while start < len(text):
        end = text.rfind(b"\n", start, start + AT_ONCE) + 1
        if not end and start + AT_ONCE < len(text):
            end = text.find(b"\n", start) + 1
        yield text[start : end or len(text)]
        start = end or len(text)


class TextWalker:
    """Takes text block by block, and keeps what is distinct in it."""

    def __init__(self, balance: float = 0.0, balances: Mapping[Path, float] = MappingProxyType({})):
        self._texts, self._places = Texts(), Places()
        self._balances = Balances(balance, balances, self._places, self._texts)
        self._sequences = Sequences(self._places, self._texts)
        self._table = Table()
        self._place, self._text = Column(np.int64), Column(np.int64)
        self._found, self._weights = Column(np.int32), Column(np.float32)
        self._ends = Column(np.int64)
        self._ends.append(np.zeros(1, np.int64))

    def take(self, text: bytes) -> None:
        """Add the documents on some whole lines."""
        if not text.endswith(b"\n"):
            text += b"\n"
        marked = marks(text)
        found = tree(marked)
        texts = self._texts.of(found.slices)
        check_slices(found, marked, texts == NOTHING)
        held = children(found, self._texts, texts)
        if len(gone := overridden(found, held)):
            self.take(without(text, found, held.slice[gone]))
            return
        n_before, known = len(self._ends.all) - 1, self._places.n
        check_depth(found, held, n_before)
        where = placed(found, held, self._places, self._balances)
        check_places(found, held, where.child, known, n_before)
        arrays = np.flatnonzero((found.kind == OPEN_ARRAY) & (held.n > 0))
        self._sequences.take(held, arrays, where.group[arrays])
        self._enter(found, held, where)

    def _enter(self, found: Tree, held: Children, where: Placed) -> None:
        """Add the leaves: children that are no groups, and what stands for some groups."""
        groups, of_group = standing_for(found, held)
        child = np.concatenate([held.leaf, held.opener[groups - found.n_lines]])
        text = np.concatenate([held.text[held.leaf], of_group])
        place = where.child[child]
        ids, new = self._table.ids(pairs(place, self._texts.value.all[text]))
        self._place.append(place[new])
        self._text.append(text[new])
        self._append(found, held, found.order[held.slice[child]], ids, where.passes[held.group[child]])

    def _append(self, found: Tree, held: Children, at: Rows, leaf: Rows, weight: Weights) -> None:
        """Add entries document by document, given where in the order of the text they stand."""
        leaves, weights = np.full(len(found.order), -1, np.int32), np.empty(len(found.order), np.float32)
        leaves[at], weights[at] = leaf, weight
        there = leaves >= 0
        lines = found.order[found.ends[: found.n_lines]][held.n[: found.n_lines] > 0]
        self._ends.append(np.cumsum(there)[lines] + len(self._found.all))
        self._found.append(leaves[there])
        self._weights.append(weights[there])

    def leaves(self) -> Leaves:
        """Return all that was taken."""
        values = cast("list[Leaf]", self._texts.values)  # the texts of leaves have one
        paths = self._places.paths(self._texts.names)
        places, place = np.unique(self._place.all, return_inverse=True)
        n = len(self._place.all)
        columns, ends = self._found.all, self._ends.all
        shares = sparse.csr_array((self._weights.all, columns, ends), shape=(len(ends) - 1, n), copy=True)
        shares.sort_indices()
        return Leaves(
            paths=[paths[one] for one in places.tolist()],
            place=place.astype(np.int64),
            values=[values[text] for text in self._text.all.tolist()],
            shares=shares,
            occurrences=np.bincount(columns, minlength=n),
            arrays=self._sequences.arrays(paths, self._place.all, self._text.all),
        )


def standing_for(found: Tree, held: Children) -> tuple[Rows, Rows]:
    """Return the groups that are leaves too, and the text of each: empty ones, and arrays that have a key."""
    groups = np.arange(found.n_lines, len(found.ends))
    n, is_array = held.n[groups], found.kind[groups] == OPEN_ARRAY
    has_key = found.kind[held.group[held.opener]] == OPEN_OBJECT
    empty = np.where(is_array, THE_EMPTY_ARRAY, THE_EMPTY_OBJECT)
    text = np.where(n == 0, empty, np.where(is_array & has_key, THE_PRESENT, NOTHING))
    rows = text != NOTHING
    return groups[rows], text[rows]
