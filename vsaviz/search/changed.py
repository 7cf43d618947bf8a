"""Documents like another with changes: half for how like they are, half for what of the changes they hold.

By the cosine alone one field of sixty hardly counts, and those that come first are the same as without the
change.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz.search.hits import by_size
from vsaviz.search.kernel import Cosines
from vsaviz.search.shares import Scores


@dataclass(frozen=True)
class Changed:
    """Scores of documents: half their cosine with the changed document, half their share of the changes."""

    cosines: Cosines
    shares: Scores

    @property
    def ranking(self) -> NDArray[np.float64]:
        """The score of each document, (n,)."""
        return (self.cosines.ranking + self.shares.ranking) / 2

    def contributions(self, document: int) -> list[tuple[str, float]]:
        """Return (field, contribution) to a document's score, the largest first; they sum to it."""
        found: dict[str, float] = defaultdict(float)
        held = self.shares.contributions(document) if self.shares.tells[document] else []
        for name, part in (*self.cosines.contributions(document), *held):
            found[name] += part / 2
        return by_size(found)
