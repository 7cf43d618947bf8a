"""Ridge regression in which no row has a part in its own prediction."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

Numbers = NDArray[np.float64]

PENALTIES = tuple(10.0 ** np.arange(-3, 5))
"""Against the mean squared length of the rows of X."""


def leave_one_out(X: Numbers, Y: NDArray[Any], penalties: Sequence[float] = PENALTIES) -> NDArray[Any]:
    """Return for each row of X (n, p) the prediction of that of Y (n, q) by a ridge fitted to all others.

    With the hat matrix H of all rows, what row i misses without row i is exactly (Y − H Y)_i / (1 − H_ii), so
    that n fits cost one eigendecomposition (n, n). Columns of X are brought to variance 1 first; the penalty
    is the one with the least squared error left out. The result has the type of Y.

    Source: G. H. Golub, M. Heath, G. Wahba, *Generalized Cross-Validation as a Method for Choosing a Good
    Ridge Parameter*, Technometrics 21 (1979).

    Raises
    ------
    ValueError
        If there are fewer than 2 rows, or not as many in Y.
    """
    n = len(X)
    if n < 2:
        raise ValueError(f"leaving one out needs at least 2 rows, got {n}")
    if len(Y) != n:
        raise ValueError(f"{n} rows of X but {len(Y)} of Y")
    with threadpool_limits(1):  # threads that wait for each other on busy cores take far longer
        return _left_out(standardized(X), Y, penalties)


def _left_out(X: Numbers, Y: NDArray[Any], penalties: Sequence[float]) -> NDArray[Any]:
    n = len(X)
    eigenvalues, U = np.linalg.eigh(X @ X.T)
    eigenvalues, rows = np.maximum(eigenvalues, 0.0), U.astype(Y.dtype)
    centred = Y - Y.mean(axis=0)
    parts = rows.T @ centred
    best, least = centred, np.inf
    for penalty in penalties:
        kept = eigenvalues / (eigenvalues + penalty * max(float(eigenvalues.mean()), 1e-12))
        left = 1 - 1 / n - (U**2) @ kept  # the intercept has a part in the hat matrix, too
        missed = (centred - (rows * kept.astype(Y.dtype)) @ parts) / left[:, None].astype(Y.dtype)
        squared = float(np.square(missed).sum(dtype=np.float64))
        if squared < least:
            best, least = missed, squared
    return Y - best


def standardized(X: Numbers) -> Numbers:
    """Return columns of mean 0 and variance 1; those that are constant become 0."""
    largest = np.abs(X).max(axis=0, keepdims=True)
    X = np.divide(X, largest, out=np.zeros_like(X), where=largest > 0)  # no square leaves the range then
    X = X - X.mean(axis=0)
    deviation = X.std(axis=0)
    return np.divide(X, deviation, out=np.zeros_like(X), where=deviation > 1e-12)
