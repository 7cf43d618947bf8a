"""Where each group lies, and which weight it passes to each of its children."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import Path, collapsed
from vsaviz.features.text.children import Children
from vsaviz.features.text.places import ABOVE_ROOT, Places
from vsaviz.features.text.structure import OPEN_ARRAY
from vsaviz.features.text.texts import Texts
from vsaviz.features.text.tree import Tree
from vsaviz.features.text.words import Rows


class Balances:
    """How containers divide their weight: n of them pass n^−balance to each child."""

    def __init__(self, balance: float, of_field: Mapping[Path, float], places: Places, texts: Texts):
        self._balance = balance
        self._of_field = of_field
        self._places, self._texts = places, texts
        self._of_place: dict[int, float] = {}

    def passed(self, n: Rows, place: Rows, is_array: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return what each of some containers passes of its weight, given their children and places."""
        balance = np.full(len(n), self._balance)
        if self._of_field:
            arrays, which = np.unique(place[is_array], return_inverse=True)
            balance[is_array] = np.array([self._of(one) for one in arrays.tolist()], np.float64)[which]
        return np.maximum(n, 1) ** -balance

    def _of(self, place: int) -> float:
        if place not in self._of_place:
            field = collapsed(self._places.path(place, self._texts.names))
            self._of_place[place] = self._of_field.get(field, self._balance)
        return self._of_place[place]


@dataclass(frozen=True)
class Placed:
    """Where the groups and the children of a text lie."""

    group: Rows
    """For each group its place; lines lie above the root."""
    child: Rows
    """For each child its place."""
    passes: NDArray[np.float64]
    """For each group the weight of each of its children."""


def placed(tree: Tree, held: Children, places: Places, balances: Balances) -> Placed:
    """Return where groups and children lie: groups level by level, from the lines down."""
    n_lines = tree.n_lines
    group = np.full(len(tree.ends), ABOVE_ROOT)
    passes = np.ones(len(tree.ends))
    child = np.empty(len(held.slice), np.int64)
    levels = np.searchsorted(tree.openers, tree.levels).tolist()
    for start, end in pairwise(levels):
        here = slice(n_lines + start, n_lines + end)
        openers = held.opener[start:end]
        above = held.group[openers]
        group[here] = places.of(group[above], held.role[openers])
        is_array = tree.kind[here] == OPEN_ARRAY
        passes[here] = passes[above] * balances.passed(held.n[here], group[here], is_array)
    child[held.opener] = group[n_lines:]
    child[held.leaf] = places.of(group[held.group[held.leaf]], held.role[held.leaf])
    return Placed(group, child, passes)
