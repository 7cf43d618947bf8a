"""Sums of atoms bound along paths, for schemes whose roles move blocks: no transform and no dense atom."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Features
from vsaviz.schemes.keyed import Floats
from vsaviz.schemes.moving import Move, MovingScheme, joined
from vsaviz.stepped_rows import Ints, together
from vsaviz.trie import Trie

MOVES_BYTES = 32 << 20
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
        n = max(len(paths), self._trie.size)
        few = n * scheme.dimensions * np.dtype(np.float32).itemsize <= MOVES_BYTES
        self._every = self._moves(np.arange(len(self._trie))) if few and paths else None

    def bound(self, R: sparse.csr_array, path: Ints) -> Floats:
        """Return the rows of R A, lifted, each bound along its path."""
        n, blocks = R.shape[0], self._scheme.blocks
        which, (to, signs) = self._moves_for(path)
        # A column for each block of each atom: its entries say in which blocks of which rows it counts.
        columns = R.tocsc()
        counts = np.diff(columns.indptr)
        atoms = np.flatnonzero(counts)
        counts, number = counts[atoms], self._number[atoms]
        row = columns.indices.astype(np.int32)
        at = np.repeat(self._atoms.at[number], counts, axis=0)
        first, base = which[row].astype(np.int32) * blocks, row * blocks
        places = np.concatenate([base + to[first + of_atom] for of_atom in at.T])
        several = at.shape[1]
        ends = np.concatenate([[0], np.cumsum(np.tile(counts, several))]).astype(np.int32)
        weights = np.tile(columns.data, several)
        counted = sparse.csc_array((weights, places, ends), shape=(n * blocks, len(atoms) * several))
        X = (counted @ self._atoms.values(number)).reshape(n, self._scheme.dimensions)
        return np.multiply(X, signs[which], out=X)

    def folded(self, R: sparse.csr_array, path: Ints, document: Ints) -> tuple[Ints, Floats]:
        """Return some documents, and for each the sum of its rows of R A, bound along their paths."""
        gather, first = together(document * len(self._trie) + path, np.float32)
        if len(first) < len(path):  # a document has several leaves at a path: their atoms are summed before
            R, path, document = gather @ R, path[first], document[first]
        gather, first = together(document, np.float32)
        return document[first], gather @ self.bound(R, path)

    def _moves_for(self, path: Ints) -> tuple[Ints, tuple[NDArray[np.int32], Floats]]:
        """Return which of some moves are those of each path, and these."""
        if self._every is not None:
            return path, self._every
        paths, which = np.unique(path, return_inverse=True)
        return which, self._moves(paths)

    def _moves(self, paths: Ints) -> tuple[NDArray[np.int32], Floats]:
        """Return the move of each path: where it brings each block of each, (paths · blocks), and its signs.

        From the root down, each node of the tree of paths moves as its own role does, then as its parent.
        """
        blocks, block = self._scheme.blocks, self._scheme.block
        ends = self._trie.ends(paths)
        levels = self._trie.levels(ends)
        place = np.zeros(self._trie.size, dtype=np.int64)
        count = sum(map(len, levels))
        place[np.concatenate(levels)] = np.arange(count)
        origin = np.empty((count, blocks), dtype=np.int32)
        signs = np.empty((count, blocks, block), dtype=np.float32)
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
        to = np.empty((len(ends), blocks), dtype=np.int32)
        np.put_along_axis(to, origin[place[ends]], np.arange(blocks, dtype=np.int32)[None], axis=1)
        return to.reshape(-1), signs[place[ends]].reshape(len(ends), blocks * block)
