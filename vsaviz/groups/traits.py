"""What documents have or have not, each thing as the set of its documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.paths import Path
from vsaviz.features.walk import Leaves
from vsaviz.groups.columns import Column
from vsaviz.groups.effects import Ints
from vsaviz.groups.leaf_traits import FEWEST, Found, Trait

Marks = NDArray[np.uint64]


@dataclass(frozen=True)
class Traits:
    """The different sets of documents that have a trait, and the traits of each set."""

    holds: sparse.csr_array
    """Documents × sets, ones."""
    total: Ints
    """The size of each set."""
    marks: Marks
    """A number for each set: the sum of its documents' numbers, modulo 2^64."""
    fields: dict[Path, int]
    """The same for all documents that have a field."""
    traits: list[Trait]
    by_set: Ints
    """The numbers of the traits, set by set."""
    bounds: Ints
    """Where each set's begin in ``by_set``, and where the last one's end."""

    def inside(self, rows: Ints) -> Ints:
        """Return how many of some documents are in each set."""
        return np.bincount(self.holds[rows].indices, minlength=len(self.total)).astype(np.int64)

    def of(self, one: int) -> list[Trait]:
        """Return the traits that exactly the documents of a set have."""
        return [self.traits[i] for i in self.by_set[self.bounds[one] : self.bounds[one + 1]].tolist()]

    def common(self, one: int, other: int) -> float:
        """Return what two sets have of their union in common."""
        both = len(np.intersect1d(self._documents(one), self._documents(other), assume_unique=True))
        return both / int(self.total[one] + self.total[other] - both)

    def _documents(self, one: int) -> Ints:
        return self._columns.indices[self._columns.indptr[one] : self._columns.indptr[one + 1]]

    @cached_property
    def _columns(self) -> sparse.csc_array:
        return self.holds.tocsc()

    def others_with(self, one: int, field: Path) -> int:
        """Return the number of the set of all others that have a field."""
        return (self.fields[field] - int(self.marks[one])) % (1 << 64)


def traits_of(leaves: Leaves, held: Ints, columns: Iterable[Column]) -> Traits:
    """Return the traits of documents; ``held`` documents have each leaf."""
    found = Found(leaves, held)
    for column in columns:
        found.take(column)
    holds = _ones(_ones(leaves.shares) @ found.matrix(len(leaves.values)))
    total = np.bincount(holds.indices, minlength=len(found.traits))
    kept = np.flatnonzero((total >= FEWEST) & (total < leaves.n_documents))
    holds = holds[:, kept].tocsc()
    marks, every = _marks(holds)
    mark_of = dict(zip(kept.tolist(), marks.tolist(), strict=True))
    distinct, first, which = np.unique(marks, return_index=True, return_inverse=True)
    return Traits(
        holds=holds[:, first].tocsr(),
        total=total[kept[first]].astype(np.int64),
        marks=distinct,
        # Of a field that fewer documents have, no value is compared either.
        fields={path: mark_of.get(trait, every) for path, trait in found.fields.items()},
        traits=found.traits,
        by_set=kept[np.argsort(which, kind="stable")],
        bounds=np.concatenate([[0], np.cumsum(np.bincount(which, minlength=len(first)))]),
    )


def _marks(holds: sparse.csc_array) -> tuple[Marks, int]:
    """Return a number for each column, equal where the documents are, and that of all documents."""
    numbers = np.random.default_rng(0).integers(0, 1 << 64, holds.shape[0], dtype=np.uint64)
    # Sums of 64 bits wrap around, and so do their differences.
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(numbers[holds.indices])])
    return sums[holds.indptr[1:]] - sums[holds.indptr[:-1]], int(numbers.sum())


def _ones(matrix: sparse.csr_array) -> sparse.csr_array:
    ones = np.ones(matrix.nnz, dtype=np.float32)
    return sparse.csr_array((ones, matrix.indices, matrix.indptr), shape=matrix.shape)
