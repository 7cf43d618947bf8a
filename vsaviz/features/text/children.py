"""The slices in which something stands: what each group holds, and in which role."""

from dataclasses import dataclass

import numpy as np

from vsaviz.features.text.places import POSITION, ROOT_ROLE
from vsaviz.features.text.reading import NONE
from vsaviz.features.text.structure import OPEN_ARRAY
from vsaviz.features.text.texts import Texts
from vsaviz.features.text.tree import Tree
from vsaviz.features.text.words import Rows


@dataclass(frozen=True)
class Children:
    """What groups hold: leaves and other groups, in the order of the slices before or in which they stand."""

    slice: Rows
    text: Rows
    group: Rows
    role: Rows
    opener: Rows
    """For each group that is no line the child that it is."""
    leaf: Rows
    """The children that are no groups."""
    n: Rows
    """For each group the number of its children."""
    first: Rows
    """For each group the first of them; they stand together."""


def children(tree: Tree, texts: Texts, of_slice: Rows) -> Children:
    """Return the children of all groups, given the text of each slice."""
    slices = np.flatnonzero(tree.is_opener | (texts.kind.all[of_slice] != NONE))
    text, group = of_slice[slices], tree.group[slices]
    n = np.bincount(group, minlength=len(tree.ends))
    role = texts.key.all[text]
    first = np.cumsum(n) - n
    position = np.arange(len(slices)) - first[group]
    in_array = (tree.kind == OPEN_ARRAY)[group]
    role = np.where(in_array, position + POSITION, role)
    role[: np.searchsorted(slices, tree.levels[1])] = ROOT_ROLE
    is_opener = tree.is_opener[slices]
    return Children(
        slices, text, group, role, np.flatnonzero(is_opener), np.flatnonzero(~is_opener), n, first
    )
