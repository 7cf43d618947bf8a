"""An order of documents in which similar ones stand together."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform


def by_cluster(similarities: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the order of the rows of a symmetric matrix (n, n) in their tree of average linkage."""
    if len(similarities) < 3:
        return np.arange(len(similarities))
    distances = np.clip(1 - similarities.astype(np.float64), 0, None)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform((distances + distances.T) / 2, checks=False), "average", optimal_ordering=True)
    return leaves_list(tree).astype(np.int64)
