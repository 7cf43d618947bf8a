"""Which documents filters keep: the ones in question if that is enough, else all, read block by block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vsaviz.collection.rows import Ids
from vsaviz.collection.table import Table
from vsaviz.collection.texts import from_text
from vsaviz.search.filters import Filter, Step, told


@dataclass(frozen=True)
class Kept:
    """What filters have left of all documents."""

    ids: Ids
    steps: list[Step]

    @property
    def notes(self) -> list[str]:
        """A sentence, if nothing is left."""
        return [] if len(self.ids) else [f"the filters leave nothing: {told(self.steps)}"]


def all_kept(table: Table, filters: Sequence[Filter]) -> Kept:
    """Return what the filters keep, each seeing only what those before it have kept."""
    left = np.zeros(len(filters), np.int64)
    ids: list[int] = []
    n = 0
    for block, texts in table.texts():
        n += len(block)
        for one, text in zip(block.tolist(), texts, strict=True):
            passed = n_passed(from_text(text), filters)
            left[:passed] += 1
            if passed == len(filters):
                ids.append(one)
    names = (one.text for one in filters)
    steps = [("all documents", n), *zip(names, left.tolist(), strict=True)]
    return Kept(np.array(ids, np.int64), steps)


def n_passed(document: Any, filters: Iterable[Filter]) -> int:
    """Return how many filters keep a document, one after the other, until one does not.

    >>> from vsaviz.search.where import where_filters
    >>> n_passed({"a": 1}, where_filters(["a = 1", "a = 2", "a = 1"]))
    1
    """
    passed = 0
    for one in filters:
        if not one.keeps(document):
            break
        passed += 1
    return passed
