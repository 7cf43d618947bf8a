"""Schemes whose roles, where documents are summed, only move blocks of numbers and flip their signs."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.base import Native, Scheme
from vsaviz.schemes.keyed import Floats, Symbol

Signs = NDArray[np.int8]


@dataclass(frozen=True)
class Move:
    """Binding with a role: block i of the result is block ``origin[i]``, times ``signs[i]``."""

    origin: NDArray[np.int32]
    """Shape (blocks,)."""
    signs: Signs
    """Shape (blocks, block)."""


def joined(moves: Iterable[Move]) -> Move:
    """Return several as one, the blocks of one after those of the other."""
    every = list(moves)
    return Move(np.concatenate([one.origin for one in every]), np.concatenate([one.signs for one in every]))


@dataclass(frozen=True)
class Blocks:
    """Sparse lifted vectors of random signs: of each row the blocks that are not 0."""

    at: NDArray[np.int32]
    """Which they are, ascending: shape (n, m)."""
    signs: Signs
    """Shape (n, m, block)."""

    def values(self, rows: NDArray[np.int32]) -> Floats:
        """Return the numbers in some rows, which have length 1: (m · rows, block), first blocks first."""
        _, m, block = self.signs.shape
        signs = self.signs[rows].swapaxes(0, 1).reshape(-1, block)
        return np.multiply(signs, np.float32((m * block) ** -0.5), dtype=np.float32)

    def dense(self, blocks: int) -> Floats:
        """Return the whole rows, (n, blocks · block)."""
        n, m, block = self.signs.shape
        rows = np.zeros((n, blocks, block), dtype=np.float32)
        values = self.values(np.arange(n, dtype=np.int32)).reshape(m, n, block)
        rows[np.arange(n)[:, None], self.at] = values.swapaxes(0, 1)
        return rows.reshape(n, blocks * block)


class MovingScheme(Scheme):
    """A scheme in which a path is one move, however many steps it has, and atoms are sparse.

    Lifted rows (n, D) are ``blocks`` blocks of ``block`` numbers.
    """

    block: int
    blocks: int

    @abstractmethod
    def move(self, role: Symbol | str) -> Move:
        """Return how a role moves blocks."""

    @abstractmethod
    def atom_blocks(self, symbols: Iterable[Symbol | str]) -> Blocks:
        """Return the lifted vectors of atoms, sparse."""

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return lifted rows with their blocks moved and signed as the role says."""
        move = self.move(role)
        moved: NDArray[Any] = rows.reshape(-1, self.blocks, self.block)[:, move.origin]
        moved *= move.signs
        return moved.reshape(rows.shape)

    def bind(self, role: Symbol | str, X: Native) -> Native:
        """Return the rows of X, each bound with the role."""
        return self.finish(self.bind_lifted(role, self.lift(X)))

    def unbind(self, role: Symbol | str, X: Native) -> Native:
        """Return what was bound with the role, exactly."""
        move = self.move(role)
        lifted = self.lift(X).reshape(-1, self.blocks, self.block)
        rows = np.empty_like(lifted)
        rows[:, move.origin] = lifted * move.signs
        return self.finish(rows.reshape(np.shape(X)))
