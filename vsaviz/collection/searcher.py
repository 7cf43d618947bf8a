"""From a vector and filters to hits: rows in the order of similarity, the first of them that filters keep."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as File
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.collection.approximate import approximate_nearest
from vsaviz.collection.exact import Scored, exact_nearest, nearest_in_blocks
from vsaviz.collection.flat import Flat, flat_copy, flat_there
from vsaviz.collection.kept import all_kept, n_passed
from vsaviz.collection.rows import Ids, Progress
from vsaviz.collection.table import Table
from vsaviz.collection.texts import from_text
from vsaviz.schemes.keyed import Floats
from vsaviz.search.filters import Filter, Step

TRIED, EACH = 200, 20
"""Rows whose documents filters see before all documents are read: so many at least, and for each hit."""


@dataclass(frozen=True)
class Found:
    """Documents by similarity, best first."""

    ids: Ids
    similarities: NDArray[np.float64]
    documents: list[Any]
    steps: list[Step]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Searcher:
    """One version of a table, and what is kept in memory to search it."""

    folder: File
    table: Table
    width: int
    writes: bool = True
    """Whether a flat copy of the vectors may be made; else, without one, each is read from the table."""

    @cached_property
    def n(self) -> int:
        """The number of documents."""
        return len(self.table)

    @cached_property
    def flat(self) -> Flat | None:
        """The vectors, mapped into memory; None if there is no copy and none may be made."""
        return (flat_copy if self.writes else flat_there)(self.folder, self.table, self.width)

    @property
    def flat_at_hand(self) -> Flat | None:
        """The same, if exact search has asked for it: to look for it takes longer than to do without."""
        return vars(self).get("flat")

    @cached_property
    def indexed(self) -> int | None:
        """How many documents the index covers."""
        return self.table.indexed()

    def nearest(self, queries: Floats, k: int, exact: bool, progress: Progress | None = None) -> list[Scored]:
        """Return for each query the k nearest, by the index if there is one and it is not to be exact."""
        k = min(k, self.n)
        if exact or self.indexed is None or not k:
            return self._exact(queries, k, None, progress)
        return [approximate_nearest(query, self.table, k, self.flat_at_hand) for query in queries]

    def _exact(
        self, queries: Floats, k: int, among: Ids | None = None, progress: Progress | None = None
    ) -> list[Scored]:
        if self.flat is not None:
            return exact_nearest(queries, self.flat if among is None else self.flat.among(among), k)
        rows = self.table.rows_after
        return [nearest_in_blocks(query, rows(-1), k, among, progress) for query in queries]

    def best(self, query: Floats, k: int, filters: Sequence[Filter], exact: bool) -> Found:
        """Return the k nearest of the documents that the filters keep.

        The nearest are looked at first: the first k of them that are kept are the k nearest of all that are
        kept. Only if there are fewer, all documents are read.
        """
        if not filters:
            ((ids, scores),) = self.nearest(query[None], k, exact)
            return Found(ids, scores, self.documents(ids), [("all documents", self.n)])
        ((ids, scores),) = self.nearest(query[None], max(TRIED, EACH * k), exact)
        documents = self.documents(ids)
        chosen = [i for i, one in enumerate(documents) if n_passed(one, filters) == len(filters)][:k]
        if len(chosen) < k:
            return self._best_of_all(query, k, filters)
        steps = [("all documents", self.n)]
        return Found(ids[chosen], scores[chosen], [documents[i] for i in chosen], steps)

    def _best_of_all(self, query: Floats, k: int, filters: Sequence[Filter]) -> Found:
        kept = all_kept(self.table, filters)
        ((ids, scores),) = self._exact(query[None], k, kept.ids)
        return Found(ids, scores, self.documents(ids), kept.steps, kept.notes)

    def documents(self, ids: Ids) -> list[Any]:
        """Return the documents of ids that are there."""
        texts = self.table.documents(ids)
        return [from_text(texts[one]) for one in ids.tolist()]
