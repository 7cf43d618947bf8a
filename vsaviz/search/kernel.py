"""The exact kernel of some documents with another: what the cosine of their vectors tends to."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz.features import Features
from vsaviz.features.paths import field_name
from vsaviz.search.hits import by_size

ROWS_AT_ONCE = 2048

Floats = NDArray[np.float64]


class Kernel:
    """Features of some documents, ready to be compared with those of others."""

    def __init__(self, features: Features):
        self.features = features
        blocks = range(0, features.n_documents, ROWS_AT_ONCE)
        self.lengths = np.concatenate([np.empty(0), *(self._block_lengths(start) for start in blocks)])
        self._order = np.argsort(features.keys)
        self._keys = features.keys[self._order]

    def _block_lengths(self, start: int) -> Floats:
        S = self.features.L[start : start + ROWS_AT_ONCE].astype(np.float64) @ self.features.T
        return np.sqrt(np.asarray(S.multiply(S).sum(axis=1)))

    def with_(self, other: Features) -> "Cosines":
        """Return the cosines of the documents with the only one of ``other``."""
        return Cosines(self, self._unit_row(other))

    def _unit_row(self, other: Features) -> Floats:
        """Return the row of S of another document, of length 1, as far as these have its features."""
        S = other.matrix().tocsr()
        row = np.zeros(len(self._keys))
        if len(self._keys):
            keys = other.keys[S.indices]
            found = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
            known = self._keys[found] == keys
            row[self._order[found[known]]] = S.data[known]
        return row


@dataclass(frozen=True)
class Cosines:
    """The exact cosines of documents with another one."""

    kernel: Kernel
    row: Floats
    """The other's row of S, of length 1."""

    @property
    def ranking(self) -> Floats:
        """The cosine of each document, (n,); 0 where all weights are."""
        products = self.kernel.features.L @ (self.kernel.features.T @ self.row)
        lengths = self.kernel.lengths
        return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)

    def contributions(self, document: int) -> list[tuple[str, float]]:
        """Return (field, contribution) to the cosine with a document, the largest first; they sum to it.

        What counts wherever it hangs stands under a name that begins with "…".
        """
        features = self.kernel.features
        S = (features.L[[document]].astype(np.float64) @ features.T).tocsr()
        products = S.data * self.row[S.indices] / (self.kernel.lengths[document] or 1.0)
        found: dict[str, float] = defaultdict(float)
        for path, product in zip(features.feature_path[S.indices].tolist(), products.tolist(), strict=True):
            found[field_name(features.fields[path])] += product
        return by_size(found)
