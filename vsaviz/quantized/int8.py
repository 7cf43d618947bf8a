"""A byte for each component."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.best_rows import Rough, Scores, Vectors
from vsaviz.quantized.base import Arrays, Quantized


class Int8(Quantized):
    """A byte for each component, and the scale of each row: 127 stands for its largest component.

    The error of a component is at most half a step, 1/254 of the row's largest.
    """

    name = "int8"

    def _coded(self, vectors: Vectors) -> Arrays:
        codes, scales = int8(vectors)
        return {"codes": codes, "scales": scales}

    def _take(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.codes, self.scales = arrays["codes"], arrays["scales"]

    def _arrays(self) -> Arrays:
        return {"codes": self.codes, "scales": self.scales}

    def _rough(self, queries: Vectors) -> Rough:
        singles = queries.astype(np.float32, copy=False)
        return lambda rows: (singles @ self.codes[rows].astype(np.float32).T) * self.scales[rows]

    def _similarity(self, rough: NDArray[np.float32]) -> Scores:
        return rough.astype(np.float64)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of vectors, and their width."""
        return len(self.codes), self.codes.shape[1]

    @property
    def nbytes(self) -> int:
        """What the codes take in memory."""
        return self.codes.nbytes + self.scales.nbytes


def int8(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return rows (n, D) as whole numbers from −127 to 127, and the scale of each, (n,), to multiply with.

    >>> codes, scales = int8(np.array([[0.5, -1.0, 0.0]]))
    >>> codes * scales[:, None]
    array([[ 0.503937, -1.      ,  0.      ]], dtype=float32)
    """
    largest_of = np.abs(vectors).max(axis=1)
    scales = np.where(largest_of > 0, largest_of / 127, 1.0).astype(np.float32)
    return np.rint(vectors / scales[:, None]).clip(-127, 127).astype(np.int8), scales
