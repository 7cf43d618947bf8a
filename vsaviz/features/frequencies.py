"""How many documents have each feature."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.matrices import Features

ROWS_AT_ONCE = 4096


def document_frequencies(features: Features) -> NDArray[np.int64]:
    """Return for each feature how many documents have it, whatever it weighs, some documents at a time."""
    L, T = _pattern(features.L), _pattern(features.T)
    total = np.zeros(T.shape[1], dtype=np.int64)
    for start in range(0, L.shape[0], ROWS_AT_ONCE):
        total += np.bincount((L[start : start + ROWS_AT_ONCE] @ T).indices, minlength=T.shape[1])
    return total


def _pattern(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return ones where a matrix has entries; an entry of weight 0 is one."""
    ones = np.ones(matrix.nnz, dtype=np.float32)
    return sparse.csr_array((ones, matrix.indices, matrix.indptr), shape=matrix.shape)
