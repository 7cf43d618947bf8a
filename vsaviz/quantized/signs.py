"""A bit for each component."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.best_rows import Rough, Scores, Vectors
from vsaviz.quantized.base import Arrays, Quantized

WORDS_AT_ONCE = 1 << 16
"""Words of 64 signs compared together: they stay in the processor's cache."""


class Signs(Quantized):
    """A bit for each component, whether it is positive; the Hamming distance orders rows.

    Of two rows at an angle θ the share of bits that differ is about θ/π, where components are as random as
    those of a vector of many parts; the similarity without re-ranking is the cosine of that angle.
    """

    name = "signs"

    def _coded(self, vectors: Vectors) -> Arrays:
        return {"bits": np.packbits(vectors > 0, axis=1), "width": np.array([vectors.shape[1]])}

    def _take(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.width = int(arrays["width"][0])
        bits = arrays["bits"]
        if bits.shape[1] != -(-self.width // 8):
            raise ValueError(f"{bits.shape[1]} bytes for {self.width} signs")
        self._n_bytes = bits.shape[1]
        self._words = np.ascontiguousarray(_words(bits).T)

    def _arrays(self) -> Arrays:
        bits = np.ascontiguousarray(self._words.T).view(np.uint8)[:, : self._n_bytes]
        return {"bits": bits, "width": np.array([self.width])}

    def _rough(self, queries: Vectors) -> Rough:
        words = _words(self._coded(queries)["bits"])
        return lambda rows: -_differing(words, self._words[:, rows])

    def _similarity(self, rough: NDArray[np.float32]) -> Scores:
        return np.cos(-rough.astype(np.float64) * (np.pi / self.width))

    @property
    def shape(self) -> tuple[int, int]:
        """The number of vectors, and their width."""
        return self._words.shape[1], self.width

    @property
    def nbytes(self) -> int:
        """What the codes take in memory."""
        return self._words.nbytes


def _words(bits: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return rows of bytes as rows of words of 64 bits, filled up with zeros."""
    return np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)


def _differing(some: NDArray[np.uint64], words: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Return in how many bits each of ``some`` (n, w) differs from each column of ``words`` (w, m)."""
    counts = np.empty((len(some), words.shape[1]), dtype=np.float32)
    at_once = max(1, WORDS_AT_ONCE // max(1, words.shape[1]))

    def count(start: int) -> None:
        rows = slice(start, start + at_once)
        total = np.zeros(counts[rows].shape, dtype=np.uint16)
        for word, of_some in zip(words, some[rows].T, strict=True):
            total += np.bitwise_count(word ^ of_some[:, None])
        counts[rows] = total

    with ThreadPoolExecutor(cpu_count()) as threads:
        list(threads.map(count, range(0, len(some), at_once)))
    return counts
