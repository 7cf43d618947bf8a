"""The different values of each field, and how each is compared: whole, by its words, or by its order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from vsaviz.features.kinds import Values
from vsaviz.features.kinds.times import Date
from vsaviz.features.numbers import as_float
from vsaviz.features.paths import Path
from vsaviz.features.walk import Leaf, Leaves
from vsaviz.groups.effects import Ints

MOSTLY_DISTINCT = 0.5
"""Texts of which more are different, against the documents that have them, are compared by their words."""

LONG = 60
"""So are those of more characters on average."""

CODES = 12
"""Numbers of so few different values may be codes: they are compared whole too."""

_DATE = Date()


@dataclass
class Column:
    """One field: the numbers of its leaves, by how their values are compared."""

    path: Path
    leaves: Ints
    """All of them."""
    whole: list[int] = field(default_factory=list)
    wordy: list[int] = field(default_factory=list)
    numbers: dict[int, float] = field(default_factory=dict)
    """What each number is as a double."""
    times: dict[int, float] = field(default_factory=dict)
    """The seconds since 1970 of each date or time."""


def columns(leaves: Leaves, held: Ints) -> Iterator[Column]:
    """Yield the fields of leaves whose arrays are read as bags; ``held`` documents have each leaf."""
    order = np.argsort(leaves.place, kind="stable")
    ends = np.searchsorted(leaves.place[order], np.arange(1, len(leaves.paths)))
    for path, own in zip(leaves.paths, np.split(order, ends), strict=True):
        column = Column(path, own)
        texts = []
        for leaf in own.tolist():
            value = leaves.values[leaf]
            if isinstance(value, str):
                texts.append(leaf)
            elif isinstance(value, tuple):
                column.whole.append(leaf)
            else:
                column.numbers[leaf] = as_float(value)
        if len(column.numbers) <= CODES:
            column.whole += column.numbers
        if texts:
            _sort_texts(column, texts, leaves.values, held)
        yield column


def _sort_texts(column: Column, texts: list[int], values: list[Leaf], held: Ints) -> None:
    """Put texts where they are compared: dates by their order, varied or long ones by their words."""
    found = [str(values[leaf]) for leaf in texts]
    if _DATE.reason(Values(found, held[texts])):
        for leaf, text in zip(texts, found, strict=True):
            moment = _DATE.read(text)
            if moment is None:
                column.whole.append(leaf)
            else:
                column.times[leaf] = moment
    elif len(texts) > MOSTLY_DISTINCT * held[texts].sum() or sum(map(len, found)) > LONG * len(found):
        column.wordy = texts
    else:
        column.whole += texts
