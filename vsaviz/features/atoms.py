"""Atoms by number, and the sparse rows in which leaves are written as weighted atoms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Symbol = tuple[str | int | float, ...]
Ints = NDArray[np.int64]
Weights = NDArray[np.float64]


class AtomTable:
    """The atoms met so far, numbered in the order of their meeting."""

    def __init__(self) -> None:
        self._index: dict[Symbol, int] = {}

    def __len__(self) -> int:
        return len(self._index)

    def index(self, symbol: Symbol) -> int:
        """Return the atom's number; a new atom gets the next one."""
        return self._index.setdefault(symbol, len(self._index))

    def named(self, kind: str, names: Iterable[str]) -> list[int]:
        """Return the numbers of the atoms (kind, name), as ``index`` gives each."""
        index = self._index
        return [index.setdefault((kind, name), len(index)) for name in names]

    def symbols(self) -> list[Symbol]:
        """Return all atoms, in the order of their numbers."""
        return list(self._index)


@dataclass(frozen=True)
class Triplets:
    """Entries (row, atom, weight) of a sparse matrix whose rows have length 1."""

    row: Ints
    atom: Ints
    weight: Weights

    @classmethod
    def one_each(cls, atoms: Sequence[int]) -> Self:
        """Return one entry of weight 1 a row."""
        return cls(np.arange(len(atoms)), np.asarray(atoms, dtype=np.int64), np.ones(len(atoms)))

    @classmethod
    def of(cls, rows: Sequence[int], atoms: Sequence[int], weights: Sequence[float]) -> Self:
        """Return the entries of three lists."""
        return cls(
            np.array(rows, dtype=np.int64),
            np.array(atoms, dtype=np.int64),
            np.array(weights, dtype=np.float64),
        )

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """Return the entries of all parts as one."""
        parts = [cls.nothing(), *parts]
        return cls(
            np.concatenate([part.row for part in parts]),
            np.concatenate([part.atom for part in parts]),
            np.concatenate([part.weight for part in parts]),
        )

    @classmethod
    def nothing(cls) -> Self:
        """Return no entries."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))

    def placed(self, rows: ArrayLike, scale: float = 1.0) -> Self:
        """Return the entries with row i moved to ``rows[i]`` and weights multiplied by ``scale``."""
        return type(self)(np.asarray(rows, dtype=np.int64)[self.row], self.atom, self.weight * scale)
