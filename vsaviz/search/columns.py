"""The values of one field of all documents, each once: filters ask of values, not of documents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import Path
from vsaviz.search.predicates import Predicate, values_at

Rows = NDArray[np.int64]
Kept = NDArray[np.bool_]
Columns = Callable[[Path], "Column"]


@dataclass(frozen=True)
class Column:
    """What documents have at a path; objects and arrays too, as predicates see them."""

    n_documents: int
    values: list[Any] = field(repr=False)
    """The different scalars, 1, 1.0 and true apart, and every object and array."""
    rows: Rows = field(repr=False)
    """For each occurrence of a value its document, ascending,"""
    codes: Rows = field(repr=False)
    """and which value it is."""

    def kept(self, predicate: Predicate) -> Kept:
        """Return for each document whether a predicate on this path keeps it."""
        passed = np.fromiter(map(predicate.test, self.values), np.bool_, len(self.values))
        kept = np.zeros(self.n_documents, np.bool_)
        kept[self.rows[passed[self.codes]]] = True
        return kept != predicate.negated

    @cached_property
    def counts(self) -> Rows:
        """The number of documents that have each value."""
        apart = np.unique(np.stack([self.codes, self.rows]), axis=1) if len(self.rows) else self.rows[None]
        return np.bincount(apart[0], minlength=len(self.values))

    @cached_property
    def n_having(self) -> int:
        """The number of documents that have something there."""
        return len(np.unique(self.rows))


def column_at(documents: Sequence[Any], path: Path) -> Column:
    """Return what documents have at a path, ``[]`` in it being every item.

    >>> one = column_at([{"a": [1, 2]}, {}, {"a": [2, 2]}], (("key", "a"), ("array",), ("item",)))
    >>> one.values, one.rows.tolist(), one.codes.tolist(), one.counts.tolist()
    ([1, 2], [0, 0, 2, 2], [0, 1, 1, 1], [1, 2])
    """
    numbers: dict[Any, int] = {}
    values: list[Any] = []
    rows: list[int] = []
    codes: list[int] = []
    for row, document in enumerate(documents):
        for value in values_at(document, path):
            # An object or array is a value of its own: to compare them all would take longer.
            key = id(value) if isinstance(value, dict | list) else (type(value), value)
            code = numbers.setdefault(key, len(values))
            if code == len(values):
                values.append(value)
            rows.append(row)
            codes.append(code)
    return Column(len(documents), values, np.array(rows, np.int64), np.array(codes, np.int64))


def kept_rows(predicates: Sequence[Predicate], n_documents: int, columns: Columns) -> list[Kept]:
    """Return for each document whether it is kept by the first predicate, by the first two, and so on."""
    kept = np.ones(n_documents, np.bool_)
    steps = []
    for one in predicates:
        kept = kept & columns(one.path).kept(one)
        steps.append(kept)
    return steps
