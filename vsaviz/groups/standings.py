"""Where each document stands in a field of numbers, or of times: one level for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import Path
from vsaviz.features.walk import Leaves
from vsaviz.groups.columns import Column
from vsaviz.groups.effects import Effects, Floats, Ints
from vsaviz.groups.levels import Ladder, of_levels

FEWEST = 2
"""Fewer documents on one side have no spread: their level is not compared."""

SHARE = 0.1
"""What fewer of the documents on one side have does not set these apart: its level is not compared."""


@dataclass(frozen=True)
class Measured:
    """A field whose levels are compared."""

    path: Path
    dated: bool
    """Whether levels are times, in seconds since 1970."""


@dataclass(frozen=True)
class Standings:
    """On which rung of each field's ladder documents stand."""

    fields: list[Measured]
    ladder: Ladder
    total: Ints
    """How many documents stand on each rung."""
    document: Ints
    """For each standing, the document."""
    rung: Ints
    """For each standing, the rung."""

    def compared(self, rows: Ints, n_documents: int) -> tuple[list[Measured], Effects]:
        """Return how the levels of some documents differ from those of the others, where both have some."""
        is_inside = np.zeros(n_documents, dtype=bool)
        is_inside[rows] = True
        inside = np.bincount(self.rung[is_inside[self.document]], minlength=len(self.total))
        n, every = self.ladder.sums(inside), self.ladder.sums(self.total)
        needed = SHARE * len(rows), SHARE * (n_documents - len(rows))
        enough = (n >= max(FEWEST, needed[0])) & (every - n >= max(FEWEST, needed[1]))
        rungs = np.flatnonzero(self.ladder.spread(enough))
        ladder = self.ladder.of(enough)
        fields = [self.fields[i] for i in np.flatnonzero(enough)]
        return fields, of_levels(inside[rungs], self.total[rungs], ladder)


def standings_of(leaves: Leaves, columns: Iterable[Column]) -> Standings:
    """Return the standings of documents in all fields of numbers or times.

    A document with several stands at their median; of two in the middle at the lower one.
    """
    fields: list[Measured] = []
    field_of = np.full(len(leaves.values), -1)
    level = np.zeros(len(leaves.values))
    for column in columns:
        for dated, levels in ((False, column.numbers), (True, column.times)):
            if levels:
                field_of[list(levels)] = len(fields)
                level[list(levels)] = list(levels.values())
                fields.append(Measured(column.path, dated))
    held = leaves.shares.tocoo()
    kept = np.flatnonzero(field_of[held.col] >= 0)
    leaf = held.col[kept]
    return _standings(
        fields, *_one_each(held.row[kept].astype(np.int64), field_of[leaf], level[leaf], held.data[kept])
    )


def _one_each(document: Ints, field: Ints, level: Floats, times: Floats) -> tuple[Ints, Ints, Floats]:
    """Return each document's median in each field; ``times`` says how often it has a level there."""
    order = np.lexsort((level, field, document))
    document, field, level, times = document[order], field[order], level[order], times[order]
    starts = np.flatnonzero(_is_new(document) | _is_new(field))
    own = Ladder(level, starts)
    return document[starts], field[starts], own.medians(times)


def _standings(fields: Sequence[Measured], document: Ints, field: Ints, level: Floats) -> Standings:
    order = np.lexsort((level, field))
    document, field, level = document[order], field[order], level[order]
    is_new = _is_new(field) | _is_new(level)
    rung = np.cumsum(is_new) - 1
    rungs = np.flatnonzero(is_new)
    starts = np.searchsorted(field[rungs], np.arange(len(fields)))
    return Standings(
        list(fields), Ladder(level[rungs], starts), np.bincount(rung, minlength=len(rungs)), document, rung
    )


def _is_new(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where a value is another than the one before; the first is."""
    is_new = np.ones(len(values), dtype=bool)
    is_new[1:] = values[1:] != values[:-1]
    return is_new
