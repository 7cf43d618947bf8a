"""What a kind of leaf is: how a field of it is recognised, what is learnt, and how values become atoms."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.atoms import AtomTable, Triplets
from vsaviz.features.scales import Scale

MOSTLY = 0.9
"""The share of a field's values that must be of a kind."""

Plain = Callable[[Sequence[Any], AtomTable], Triplets]
"""Writes values that are of no kind: strings by their words, numbers by themselves."""


@dataclass(frozen=True)
class Values:
    """The different strings, or the different numbers, of one field."""

    values: Sequence[Any]
    counts: NDArray[np.int64]
    """How often each occurs."""

    @property
    def occurrences(self) -> int:
        """How many there are in all."""
        return int(self.counts.sum())


@dataclass(frozen=True)
class Writing:
    """What values are written with: the scales of their field, the atoms, and the plain way."""

    scales: tuple[Scale, ...]
    atoms: AtomTable
    plain: Plain

    def plainly(self, values: Sequence[Any]) -> Triplets:
        """Return values as those that are of no kind."""
        return self.plain(values, self.atoms)


class Kind(ABC):
    """A kind of leaf. A new one is one file and one name in the table of this package."""

    name: ClassVar[str]
    fewest: ClassVar[int] = 1
    """The different values that a field must have to be taken for one of this kind."""
    spoken: ClassVar[bool] = False
    """Whether its values are language, of which a model can tell the meaning."""
    weight: ClassVar[float] = 1.0
    """What its fields weigh as long as the user does not decide otherwise."""

    @abstractmethod
    def read(self, value: Any) -> Any:
        """Return what a value says, or None where it is not of this kind."""

    def place(self, reading: Any) -> float | None:  # noqa: ARG002
        """Return where on a line a value stands that says this, None for kinds that do not measure."""
        return None

    def reason(self, found: Values) -> str:
        """Return why a field of enough values is of this kind, with what was measured, or "" if it is not."""
        n, strangers = len(found.values), 0
        for value in found.values:
            strangers += self.read(value) is None
            if strangers > (1 - MOSTLY) * n:
                return ""
        return f"{n - strangers:,} of {n:,} values read as {self.name}"

    @property
    def measures(self) -> bool:
        """Whether its values lie on a scale."""
        return type(self).scales is not Kind.scales

    def fit(self, found: Values) -> tuple[Scale, ...]:
        """Return what is learnt of a field's values: the scales on which they will lie."""
        if not self.measures:
            return ()
        read = [self.read(value) for value in found.values]
        known = np.array([reading is not None for reading in read], dtype=bool)
        return self.scales([reading for reading in read if reading is not None], found.counts[known])

    def scales(self, readings: Sequence[Any], counts: NDArray[np.int64]) -> tuple[Scale, ...]:  # noqa: ARG002
        """Return the scales of what values say, none for kinds that do not measure."""
        return ()

    def write(self, values: Sequence[Any], to: Writing) -> Triplets:
        """Return values as rows of weighted atoms of length 1; those of no such kind are written plainly."""
        readings = [self.read(value) for value in values]
        known = [row for row, reading in enumerate(readings) if reading is not None]
        parts = [self.code([readings[row] for row in known], to).placed(known)]
        if len(known) < len(values):
            others = [row for row, reading in enumerate(readings) if reading is None]
            parts.append(to.plainly([values[row] for row in others]).placed(others))
        return Triplets.joined(parts)

    @abstractmethod
    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return what values say as rows of weighted atoms, each row of length 1."""


def mixed(parts: Sequence[tuple[float, Triplets]], rows: int) -> Triplets:
    """Return parts with distinct atoms put together, each with its share of the squared norm."""
    return Triplets.joined(part.placed(np.arange(rows), scale=share**0.5) for share, part in parts)
