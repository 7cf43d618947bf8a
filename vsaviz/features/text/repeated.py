"""Keys that come twice in one object: as for JSON's parsers, the last counts."""

import numpy as np

from vsaviz.features.text.children import Children
from vsaviz.features.text.places import pairs
from vsaviz.features.text.structure import OPEN_OBJECT
from vsaviz.features.text.table import SPREAD
from vsaviz.features.text.tree import Tree
from vsaviz.features.text.words import Hashes, Rows


def overridden(tree: Tree, children: Children) -> Rows:
    """Return the children whose key comes again in their object."""
    member = np.flatnonzero((tree.kind == OPEN_OBJECT)[children.group])
    return member[earlier(pairs(children.group[member], children.role[member]))]


def earlier(keys: Hashes) -> Rows:
    """Return the rows of keys that come again later.

    >>> earlier(np.array([7, 8, 7, 7, 9], np.uint64))
    array([0, 2])
    """
    bits = max(4 * len(keys), 2).bit_length()
    slot = ((keys * SPREAD) >> np.uint64(64 - bits)).view(np.int64)
    last = np.empty(1 << bits, np.int64)
    rows, found = np.arange(len(keys)), []
    while len(rows):
        last[slot[rows]] = rows
        winner = last[slot[rows]]
        lost = winner != rows
        rows, winner = rows[lost], winner[lost]
        # Who lost against its equal comes again; who lost against another tries once more.
        again = keys[winner] == keys[rows]
        found.append(rows[again])
        rows = rows[~again]
    return np.sort(np.concatenate(found)) if found else rows


def without(text: bytes, tree: Tree, gone: Rows) -> bytes:
    r"""Return a text without some members, given by their slices; more members follow in their objects.

    >>> from vsaviz.features.text.structure import marks
    >>> from vsaviz.features.text.tree import tree
    >>> text = b'{"a": [1, 2], "b": 3}\n'
    >>> found = tree(marks(text))
    >>> without(text, found, found.openers[1:])
    b'{ "b": 3}\n'
    """
    # A container ends before the comma of the next slice in its group.
    last = gone + tree.is_opener[gone]
    change = np.zeros(len(text) + 1, np.int64)
    np.add.at(change, tree.slices.start[gone], 1)
    np.add.at(change, tree.slices.start[last] + tree.slices.length[last] + 1, -1)
    return np.frombuffer(text, np.uint8)[np.cumsum(change[:-1]) == 0].tobytes()
