"""S = L T, the features of some documents, and S = M R, the same for the least work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.atoms import Symbol
from vsaviz.features.paths import Path
from vsaviz.features.readings import with_moved

BIND_COST = 7
"""What binding one row along one step costs, against adding one row to a sum."""

LEAF_ROUNDING, DOCUMENT_ROUNDING = 2**7, 2**9
"""Where sums must be exact, weights are rounded to these parts of the largest in their leaf and document.

Chosen so that the sums of most collections stay exact in float32, twice as fast as float64; cosines then move
by less than 0.005, a sixth of the noise at D = 1024."""


@dataclass(frozen=True)
class Features:
    """The features of some documents.

    ``L`` (documents × leaves) and ``T`` (leaves × features) are sparse, float32; ``leaf_path`` and
    ``feature_path`` number the entries of ``paths``, ``feature_atom`` those of ``atoms``. The last leaves are
    others hung anywhere: ``moved`` (leaves × last leaves) gives these columns of L from the first ones.
    """

    L: sparse.csr_array
    T: sparse.csr_array
    moved: sparse.csr_array
    paths: list[Path]
    fields: list[Path]
    """The field of each path: the path with its positions collapsed."""
    atoms: list[Symbol]
    leaf_path: NDArray[np.int64]
    feature_path: NDArray[np.int32]
    feature_atom: NDArray[np.int32]

    @property
    def n_documents(self) -> int:
        """The number of documents, n."""
        return int(self.L.shape[0])

    def matrix(self, rows: slice = slice(None)) -> sparse.csr_array:
        """Return S for the chosen documents, each row of length 1 (or 0): S Sᵀ is the exact kernel."""
        S = self.L[rows].astype(np.float64) @ self.T
        lengths = np.sqrt(np.asarray(S.multiply(S).sum(axis=1)))
        scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return sparse.diags_array(scale) @ S

    def split(self, row: int) -> tuple["Features", list[Path]]:
        """Return a document's features with a row for each of its fields, and these fields.

        What counts wherever it hangs stands with the field from which it comes.
        """
        one = self.of([row])
        first = one.moved.shape[0]
        held = one.L[:, :first].tocoo()
        numbers: dict[Path, int] = {}
        of_leaf = [one.fields[path] for path in one.leaf_path[held.col].tolist()]
        rows = np.array([numbers.setdefault(field, len(numbers)) for field in of_leaf], dtype=np.int64)
        parts = sparse.csr_array((held.data, (rows, held.col)), shape=(len(numbers), first))
        return replace(one, L=with_moved(parts, one.moved)), list(numbers)

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """A 64-bit key of each feature, the same for equal (path, atom) in any collection."""
        paths, atoms = _digests(self.paths), _digests(self.atoms)
        # An odd multiplier keeps path and atom from being swapped without effect.
        return paths[self.feature_path] * np.uint64(0x9E3779B97F4A7C15) + atoms[self.feature_atom]

    @cached_property
    def factors(self) -> "Factors":
        """S as a product M R, in the way that costs the least to encode; worked out once."""
        return _factored(self)

    def weighed(self, weights: Mapping[Path, float]) -> "Features":
        """Return the features with each leaf multiplied by the weight of its field, 1 if not given."""
        own = self.moved.shape[0]
        by_path = np.array([weights.get(field, 1.0) for field in self.fields], dtype=np.float32)
        by_leaf = by_path[self.leaf_path[:own]]
        if (by_leaf == 1).all():
            return self
        return replace(self, L=compact(with_moved(self.L[:, :own] @ sparse.diags_array(by_leaf), self.moved)))

    def of(self, documents: slice | Sequence[int]) -> "Features":
        """Return the features of some of the documents, with the leaves and columns that these need."""
        if isinstance(documents, slice) and documents.start == 0 and documents.stop >= self.n_documents:
            return self
        L, leaves = _used_columns(self.L[documents])
        T, columns = _used_columns(self.T[leaves])
        first = int(np.searchsorted(leaves, self.moved.shape[0]))
        return replace(
            self,
            L=L,
            T=T,
            moved=self.moved[leaves[:first]][:, leaves[first:] - self.moved.shape[0]],
            leaf_path=self.leaf_path[leaves],
            feature_path=self.feature_path[columns],
            feature_atom=self.feature_atom[columns],
        )

    def atom_uses(self) -> NDArray[np.int64]:
        """Return for each atom in how many leaves it occurs."""
        leaves = np.bincount(self.T.indices, minlength=len(self.feature_atom))
        return np.bincount(self.feature_atom, leaves, minlength=len(self.atoms)).astype(np.int64)

    @cached_property
    def rounded(self) -> "Features":
        """The same with whole weights in L and T, so that sums of integers are the same in any order.

        Each leaf and each document is scaled by its own largest weight, never by what else is in the
        collection. L T is then whole too, so that it does not matter what ``factors`` binds. What is not
        0 stays at least 1, so that no leaf is lost.
        """
        T, largest = _whole_rows(self.T, LEAF_ROUNDING)
        L, _ = _whole_rows(self.L @ sparse.diags_array(largest), DOCUMENT_ROUNDING)
        return replace(self, L=L, T=T)

    def root_mean_squares(self) -> NDArray[np.float64]:
        """Return the root mean square of each document's weights, or 1 where it has none."""
        S = self.L.astype(np.float64) @ self.T
        squares, n = np.asarray(S.multiply(S).sum(axis=1)), np.diff(S.indptr)
        return np.sqrt(np.divide(squares, n, out=np.ones_like(squares), where=(n > 0) & (squares > 0)))

    @cached_property
    def largest_sum(self) -> float:
        """The largest sum of the sizes of a document's weights: no component can be larger."""
        sums = abs(self.L) @ (abs(self.T) @ np.ones(self.T.shape[1]))
        return float(sums.max(initial=0))


def _digests(symbols: Sequence[Any]) -> NDArray[np.uint64]:
    joined = b"".join(blake2b(ascii(symbol).encode(), digest_size=8).digest() for symbol in symbols)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def _whole_rows(matrix: sparse.csr_array, rounding: int) -> tuple[sparse.csr_array, NDArray[np.float64]]:
    """Return the rows with their largest entry made ``rounding`` and all rounded, and these entries."""
    none = np.zeros(matrix.shape[0])
    largest = abs(matrix).max(axis=1).toarray().ravel().astype(np.float64) if matrix.nnz else none
    scale = np.divide(rounding, largest, out=np.zeros_like(largest), where=largest > 0)
    whole = (sparse.diags_array(scale) @ matrix).tocsr()
    whole.data = np.sign(whole.data) * np.maximum(np.rint(np.abs(whole.data)), 1.0)
    return whole, largest


@dataclass(frozen=True)
class Factors:
    """M (documents × rows) and R (rows × atoms); ``path`` numbers each row's path."""

    M: sparse.csc_array
    R: sparse.csr_array
    path: NDArray[np.int64]


def compact(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the matrix with indices of 32 bits where these are enough."""
    if max(matrix.nnz, *matrix.shape) > np.iinfo(np.int32).max:
        return matrix
    indices, ends = matrix.indices.astype(np.int32, copy=False), matrix.indptr.astype(np.int32, copy=False)
    return sparse.csr_array((matrix.data, indices, ends), shape=matrix.shape)


def _used_columns(matrix: sparse.csr_array) -> tuple[sparse.csr_array, NDArray[np.int64]]:
    """Return the matrix without its empty columns, and the numbers of the others."""
    is_used = np.zeros(matrix.shape[1], dtype=bool)
    is_used[matrix.indices] = True
    number = np.cumsum(is_used) - 1
    used = np.flatnonzero(is_used)
    return sparse.csr_array(
        (matrix.data, number[matrix.indices], matrix.indptr), shape=(matrix.shape[0], len(used))
    ), used


def _factored(features: Features) -> Factors:
    """Return L and T, or S and its features, whichever is cheaper for each path."""
    L, T = features.L, features.T
    # A leaf's features share its path, so that its atoms are distinct.
    atoms_of_leaves = sparse.csr_array(
        (T.data, features.feature_atom[T.indices], T.indptr), shape=(T.shape[0], len(features.atoms))
    )
    by_feature = _cheaper_by_feature(features)
    leaf_split, feature_split = by_feature[features.leaf_path], by_feature[features.feature_path]
    whole, split, used = map(np.flatnonzero, (~leaf_split, leaf_split, feature_split))
    one_atom = sparse.csr_array(
        (np.ones(len(used), dtype=np.float32), features.feature_atom[used], np.arange(len(used) + 1)),
        shape=(len(used), len(features.atoms)),
    )
    M = sparse.hstack([L[:, whole], L[:, split] @ T[split][:, used]], format="csc")
    R = sparse.vstack([atoms_of_leaves[whole], one_atom], format="csr")
    path = np.concatenate([features.leaf_path[whole], features.feature_path[used]])
    order = np.argsort(path, kind="stable")
    return Factors(M[:, order], compact(R[order]), path[order])


def _cheaper_by_feature(features: Features) -> NDArray[np.bool_]:
    """Return for each path whether binding its features costs less than binding its leaves."""
    n = len(features.paths)
    bound = BIND_COST * np.array([len(path) for path in features.paths], dtype=np.float64)
    atoms = np.diff(features.T.indptr)
    documents = np.bincount(features.L.indices, minlength=len(atoms))
    leaves = np.bincount(features.leaf_path, minlength=n)
    distinct = np.bincount(features.feature_path, minlength=n)
    by_leaf = bound * leaves + np.bincount(features.leaf_path, atoms + documents, minlength=n)
    by_feature = bound * distinct + np.bincount(features.leaf_path, atoms * documents, minlength=n)
    return by_feature < by_leaf
