"""How the leaves of documents are read, once the fields of their collection are known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from vsaviz.features.choices import weights_of
from vsaviz.features.fields import Field
from vsaviz.features.paths import ITEM, Path, elsewhere
from vsaviz.features.readings import ARRAYS, Bags, Hung, Read, hung_anywhere, read_softly
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.walk import Leaves


@dataclass(frozen=True)
class Reading:
    """How the leaves of documents are read, once the fields are known."""

    settings: FeatureSettings
    n_documents: int
    fields: Mapping[Path, Field]
    fixed: frozenset[Path]
    sets: frozenset[Path]

    def leaves(self, walked: Leaves, bags: Bags, hung: Hung | None = None) -> tuple[Read, sparse.csr_array]:
        """Return the leaves of all readings, and which of them are others hung anywhere.

        ``hung`` are the leaves of the bags' subtrees wherever they hang, if they are known.
        """
        read = read_softly(walked, bags, self.settings.arrays, self.sets)
        weights = weights_of(self.fields, self.settings)
        # What is switched off is still counted: how rare a feature is does not hang on weights.
        by_path = np.array([weights.get(field, 1.0) or 1.0 for field in read.fields], dtype=np.float32)
        read = read.weighed(by_path)
        if hung is None or not ARRAYS[self.settings.arrays].bag:
            hung = self.hung(read)
        return read.with_hung(*hung)

    def hung(self, read: Read) -> Hung:
        """Return the leaves of subtrees wherever they hang, and what they have of the others."""
        return hung_anywhere(read, self._elsewhere)

    def _elsewhere(self, path: Path, field: Path) -> tuple[Path, float]:
        """Return the path of a subtree wherever it hangs, and its share beside 1 where it lies."""
        bag = ARRAYS[self.settings.arrays].bag
        if self.settings.weights == "record" or (bag and field != path):
            return path, 0.0  # where there are bags, they stand for the items
        subtree = elsewhere(field)
        if subtree not in self._repeated:
            return path, 0.0
        known = self.fields.get(field)
        everywhere = known.documents / (self.n_documents + 1) if known else 0.0
        of_leaf = bag if bag and ITEM in field else 1.0
        return subtree, self.settings.elsewhere * (1.0 - everywhere) / of_leaf

    @cached_property
    def _repeated(self) -> set[Path]:
        """Keys, with what lies below them, that occur at several places: such subtrees may have moved."""
        return {subtree for subtree, n in Counter(map(elsewhere, self.fields)).items() if n > 1}
