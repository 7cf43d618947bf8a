"""How well neighbours agree with labels: leave-one-out votes of the nearest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

K = 5


def leave_one_out(similarity: NDArray[np.floating], labels: Sequence[str], k: int = K) -> float:
    """Return the share of rows of ``similarity`` (n, n) that their k nearest others label rightly.

    Votes are weighted by similarity. Neighbours that tie for the last places share them, so that the figure
    depends on no order of the documents.

    >>> leave_one_out(np.array([[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]]), ["a", "a", "b"], k=1)
    0.6666666666666666
    """
    names, classes = np.unique(np.array(labels), return_inverse=True)
    scores = np.round(similarity, 6)
    np.fill_diagonal(scores, -np.inf)
    last = np.partition(scores, -k, axis=1)[:, -k][:, None]
    above, tied = scores > last, scores == last
    places = (k - above.sum(axis=1, keepdims=True)) / tied.sum(axis=1, keepdims=True)
    votes = np.where(above, scores, np.where(tied, scores * places, 0.0)).clip(min=0)
    return float(np.mean(np.argmax(votes @ np.eye(len(names))[classes], axis=1) == classes))
