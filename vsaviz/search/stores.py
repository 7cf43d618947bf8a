"""What an index keeps in memory of its documents, and what it does with the rest."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features import Features, Vocabulary
from vsaviz.features.paths import Path
from vsaviz.schemes.keyed import Floats
from vsaviz.search.kernel import Kernel
from vsaviz.search.known_fields import KnownFields
from vsaviz.search.query import Query
from vsaviz.search.records import record_leaves
from vsaviz.search.shares import Shares

AT_ONCE = 4096
"""Documents that are walked together."""
FEWEST, EACH = 200, 20
"""Vectors propose so many candidates at least, and so many for each hit that is asked for."""

Rows = NDArray[np.int64]


class Store(ABC):
    """Documents, of which queries ask for shares, and which are compared with others by the exact kernel."""

    known: KnownFields
    """The fields of the documents, arrays read as bags."""

    def __init__(self, documents: Sequence[Any], vocabulary: Vocabulary):
        self._documents = documents
        self._vocabulary = vocabulary

    @abstractmethod
    def candidates(self, rows: Rows, proposals: Floats | None, k: int) -> Rows:
        """Return those of the rows that are worth an exact score, ascending."""

    @abstractmethod
    def shares(self, rows: Rows) -> tuple[Shares, Rows]:
        """Return what scores queries, and where the given rows stand in it."""

    def unheard(self, query: Query) -> list[str]:  # noqa: ARG002
        """Return sentences about values of which no document has anything, as far as that is known here."""
        return []

    @abstractmethod
    def kernel(self, rows: Rows) -> tuple[Kernel, Rows]:
        """Return what compares documents, and where the given rows stand in it."""


class SparseStore(Store):
    """Keeps all features: every document gets its exact score."""

    def __init__(self, documents: Sequence[Any], vocabulary: Vocabulary, features: Features | None = None):
        super().__init__(documents, vocabulary)
        self._features = features
        self._shares = Shares.of(documents, vocabulary)
        self.known = KnownFields(self._shares.fields)

    def candidates(self, rows: Rows, proposals: Floats | None, k: int) -> Rows:  # noqa: ARG002
        """Return all rows."""
        return rows

    def shares(self, rows: Rows) -> tuple[Shares, Rows]:
        """Return what has been arranged once for all documents."""
        return self._shares, rows

    def unheard(self, query: Query) -> list[str]:
        """Return a sentence for each value of which no document has anything."""
        return [
            f"no document has anything of {leaf.text} in {leaf.name!r}{self._items_of(leaf.name)}"
            for leaf in query.asked
            if leaf.value and not self._shares.knows(leaf)
        ]

    def _items_of(self, name: str) -> str:
        return "; there it is arrays: ask for items, in [ ]" if f"{name}[]" in self.known.names else ""

    def kernel(self, rows: Rows) -> tuple[Kernel, Rows]:
        """Return what is made once for all documents, when it is asked for."""
        return self._kernel, rows

    @cached_property
    def _kernel(self) -> Kernel:
        return Kernel(self._features or self._vocabulary.features(self._documents))


class VectorStore(Store):
    """Keeps no features: vectors propose candidates, whose features are extracted anew."""

    def __init__(self, documents: Sequence[Any], vocabulary: Vocabulary):
        super().__init__(documents, vocabulary)
        fields: set[Path] = set()
        for start in range(0, len(documents), AT_ONCE):
            fields.update(record_leaves(documents[start : start + AT_ONCE], vocabulary).paths)
        self.known = KnownFields(fields)

    def candidates(self, rows: Rows, proposals: Floats | None, k: int) -> Rows:
        """Return the rows whose vectors are nearest."""
        n = max(FEWEST, EACH * k)
        if proposals is None or len(rows) <= n:
            return rows
        return np.sort(rows[np.argpartition(-proposals[rows], n)[:n]])

    def shares(self, rows: Rows) -> tuple[Shares, Rows]:
        """Arrange the features of the rows alone."""
        return Shares.of(self._chosen(rows), self._vocabulary), np.arange(len(rows))

    def kernel(self, rows: Rows) -> tuple[Kernel, Rows]:
        """Compare the rows alone."""
        return Kernel(self._vocabulary.features(self._chosen(rows))), np.arange(len(rows))

    def _chosen(self, rows: Rows) -> list[Any]:
        return [self._documents[row] for row in rows.tolist()]
