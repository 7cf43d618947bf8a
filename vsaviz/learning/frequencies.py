"""How many documents have each feature, counted over any number of documents, in bounded memory."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vsaviz.features import Features
from vsaviz.features.frequencies import document_frequencies

KEPT = 1_000_000
"""The most features whose frequencies are kept in the end; the others weigh as unseen."""

COUNTED = 3 * KEPT
"""The most that are counted at a time."""

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Frequencies:
    """Documents with each feature, by the keys of features, which ascend.

    Exact while there are at most ``COUNTED`` features, in whatever order documents and parts are counted.
    Beyond that the rarest are forgotten from time to time: a count is then too low by at most ``missed``,
    and a feature that is not kept was counted in at most ``missed`` documents.
    """

    keys: Keys
    counts: Counts
    missed: int = 0

    @classmethod
    def nothing(cls) -> Self:
        """Return no counts."""
        return cls(np.empty(0, np.uint64), np.empty(0, np.int64))

    @classmethod
    def of(cls, features: Features) -> Self:
        """Return the counts in some documents, whatever their features weigh."""
        order = np.argsort(features.keys)
        return cls(features.keys[order], document_frequencies(features)[order])

    def plus(self, other: Self, most: int = COUNTED) -> Self:
        """Return the counts in the documents of both."""
        place = np.searchsorted(self.keys, other.keys)
        known = np.zeros(len(place), dtype=bool)
        inside = place < len(self.keys)
        known[inside] = self.keys[place[inside]] == other.keys[inside]
        counts = self.counts.copy()
        counts[place[known]] += other.counts[known]
        new = ~known
        both = type(self)(
            np.insert(self.keys, place[new], other.keys[new]),
            np.insert(counts, place[new], other.counts[new]),
            self.missed + other.missed,
        )
        return both if len(both.keys) <= most else both.trimmed(max(1, most // 2))

    def trimmed(self, most: int = KEPT) -> Self:
        """Return the counts of the most frequent features, at most so many; of equals the smaller keys."""
        if len(self.keys) <= most:
            return self
        order = np.argsort(-self.counts, kind="stable")
        kept = np.sort(order[:most])
        return type(self)(self.keys[kept], self.counts[kept], self.missed + int(self.counts[order[most]]))
