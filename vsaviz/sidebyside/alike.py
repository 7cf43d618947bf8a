"""How similar two values of one field are, as their field is written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Vocabulary
from vsaviz.features.extract import extract
from vsaviz.features.paths import Path
from vsaviz.features.walk import Leaf, Leaves


class Two(NamedTuple):
    """Two values of one field."""

    field: Path
    one: Leaf
    other: Leaf


def similarities(pairs: Sequence[Two], vocabulary: Vocabulary) -> NDArray[np.float64]:
    """Return the cosines (n,) of the atoms of each two values: 1 written alike, 0 nothing in common.

    Neither the weights of fields nor the rarity of atoms nor the presence of keys count.
    """
    number: dict[Path, int] = {}
    place = [number.setdefault(pair.field, len(number)) for pair in pairs]
    values = [pair.one for pair in pairs] + [pair.other for pair in pairs]
    leaves = Leaves(
        paths=list(number),
        place=np.array(place + place, dtype=np.int64),
        values=values,
        shares=sparse.csr_array((0, len(values)), dtype=np.float32),
        occurrences=np.ones(len(values), dtype=np.int64),
        arrays=[],
    )
    none_moved = sparse.csr_array((len(values), 0), dtype=np.float32)
    settings = replace(vocabulary.settings, structure=0.0)
    written = extract(
        leaves, none_moved, leaves.paths, vocabulary.codings, vocabulary.meanings, settings
    ).T.astype(np.float64)
    n = len(pairs)
    return np.asarray(written[:n].multiply(written[n:]).sum(axis=1)).ravel()
