"""Sums of atoms bound along paths, for schemes whose roles move blocks: no transform and no dense atom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Features
from vsaviz.schemes.keyed import Floats
from vsaviz.schemes.moving import Move, MovingScheme, Signs, joined
from vsaviz.stepped_rows import Ints, together
from vsaviz.trie import Trie

MOVES_BYTES = 64 << 20
"""Where the moves of all paths take no more they are worked out once, else those of each block of rows."""


class MovedRows:
    """What leaves come to under a scheme that moves blocks.

    A path is one move, however many steps it has: blocks of atoms are added where the path brings them, and
    the signs that it gives to each place follow at the end.
    """

    drifts = False
    dtype = np.float32

    def __init__(self, features: Features, scheme: MovingScheme):
        self._scheme = scheme
        paths = features.paths
        self._trie = Trie(paths, np.union1d(features.leaf_path, features.feature_path))
        used = np.flatnonzero(features.atom_uses())
        self._number = np.zeros(len(features.atoms), dtype=np.int32)
        self._number[used] = np.arange(len(used))
        self._atoms = scheme.atom_blocks([features.atoms[atom] for atom in used.tolist()])
        few = self._trie.size * scheme.dimensions <= MOVES_BYTES
        self._every = self._moves_of(np.arange(len(paths))) if few and paths else None

    def bound(self, R: sparse.csr_array, path: Ints) -> Floats:
        """Return the rows of R A, lifted, each bound along its path."""
        n, blocks = R.shape[0], self._scheme.blocks
        moves, which = self._every, path
        if moves is None:
            paths, which = np.unique(path, return_inverse=True)
            moves = self._moves_of(paths)
        move = moves.of_path[which]
        # A column for each block of each atom: its entries say in which blocks of which rows it counts.
        columns = R.tocsc()
        counts = np.diff(columns.indptr)
        atoms = np.flatnonzero(counts)
        counts, number = counts[atoms], self._number[atoms]
        row = columns.indices.astype(np.int32)
        at = np.repeat(self._atoms.at[number], counts, axis=0)
        first, base = move[row] * blocks, row * blocks
        places = np.concatenate([base + moves.to[first + of_atom] for of_atom in at.T])
        several = at.shape[1]
        ends = np.concatenate([[0], np.cumsum(np.tile(counts, several))]).astype(np.int32)
        weights = np.tile(columns.data, several)
        counted = sparse.csc_array((weights, places, ends), shape=(n * blocks, len(atoms) * several))
        X = (counted @ self._atoms.values(number)).reshape(n, self._scheme.dimensions)
        return np.multiply(X, moves.signs[move], out=X)

    def folded(self, R: sparse.csr_array, path: Ints, document: Ints) -> tuple[Ints, Floats]:
        """Return some documents, and for each the sum of its rows of R A, bound along their paths."""
        gather, first = together(document * len(self._trie) + path, np.float32)
        if len(first) < len(path):  # a document has several leaves at a path: their atoms are summed before
            R, path, document = gather @ R, path[first], document[first]
        gather, first = together(document, np.float32)
        return document[first], gather @ self.bound(R, path)

    def _moves_of(self, paths: Ints) -> "_Moves":
        """Return the moves of some paths.

        From the root down, each node of the tree of paths moves as its own role does, then as its parent.
        """
        blocks, block = self._scheme.blocks, self._scheme.block
        ends = self._trie.ends(paths)
        levels = self._trie.levels(ends)
        place = np.zeros(self._trie.size, dtype=np.int32)
        count = sum(map(len, levels))
        place[np.concatenate(levels)] = np.arange(count)
        origin = np.empty((count, blocks), dtype=np.int32)
        signs = np.empty((count, blocks, block), dtype=np.int8)
        origin[0], signs[0] = np.arange(blocks), 1
        done = 1
        for nodes in levels[1:]:
            here = slice(done, done + len(nodes))
            done = here.stop
            above = place[self._trie.above(nodes)]
            roles, which = self._trie.roles(nodes)
            own: Move = joined(map(self._scheme.move, roles))
            at = origin[above] + (which * blocks)[:, None]
            origin[here] = own.origin[at]
            np.take(own.signs, at, axis=0, out=signs[here], mode="clip")
            signs[here] *= signs[above]
        to = np.empty_like(origin)
        np.put_along_axis(to, origin, np.arange(blocks, dtype=np.int32)[None], axis=1)
        return _Moves(place[ends], to.reshape(-1), signs.reshape(count, blocks * block))


@dataclass(frozen=True)
class _Moves:
    """Where the moves of some nodes bring each block, and their signs."""

    of_path: NDArray[np.int32]
    """For each path that was asked for the row of its move."""
    to: NDArray[np.int32]
    """For each row and block where the block comes to: shape (rows · blocks)."""
    signs: Signs
    """Shape (rows, D)."""
