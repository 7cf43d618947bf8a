"""The exact kernel of some documents, and the one that a scheme tends to which mixes up fields."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Features
from vsaviz.lab.collisions import collisions

DENSE = 1 / 50
"""Columns that more than this share of documents have go through a dense product."""

Kernel = NDArray[np.float32]


def exact_kernel(features: Features) -> Kernel:
    """Return the cosines (n, n) which those of vectors tend to as D grows: S Sᵀ."""
    return _products(features.matrix().tocsr())


def mixed_paths(features: Features, scheme: str, dimensions: int, seed: int = 0) -> NDArray[np.int64]:
    """Return for each path the first that the scheme cannot tell from it at this D, most often itself."""
    first = np.arange(len(features.paths))
    for path, other in collisions(scheme, features.paths, dimensions, seed):
        first[path] = min(path, other)
    return first


def mixed_kernel(features: Features, first: Sequence[int] | NDArray[np.int64]) -> Kernel:
    """Return the exact kernel once each path is taken for ``first`` of it: the effect of the mixing alone.

    Equal atoms at paths that are taken for each other become one feature; there is no noise in it.
    """
    path = np.asarray(first, dtype=np.int64)[features.feature_path]
    key = path * len(features.atoms) + features.feature_atom
    _, merged = np.unique(key, return_inverse=True)
    ones = np.ones(len(merged))
    gather = sparse.csr_array((ones, (np.arange(len(merged)), merged)))
    S = (features.matrix() @ gather).tocsr()
    lengths = np.sqrt(np.asarray(S.multiply(S).sum(axis=1)))
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return _products((sparse.diags_array(scale) @ S).tocsr())


def _products(S: sparse.csr_array) -> Kernel:
    columns = S.tocsc()
    often = np.diff(columns.indptr) > max(2.0, DENSE * S.shape[0])
    shared = columns[:, np.flatnonzero(often)].toarray()
    few = columns[:, np.flatnonzero(~often)].tocsr()
    products: Kernel = (shared @ shared.T + (few @ few.T).toarray()).astype(np.float32)
    return products
