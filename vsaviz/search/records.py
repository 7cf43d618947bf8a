"""Leaves of documents and queries with their features in full: arrays are bags, and nothing is weighed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from vsaviz.features import Features, Vocabulary
from vsaviz.features.extract import extract
from vsaviz.features.paths import Path
from vsaviz.features.readings import read_arrays
from vsaviz.features.walk import Leaf, Leaves, walk


def record_leaves(documents: Sequence[Any], vocabulary: Vocabulary) -> Leaves:
    """Return the leaves of documents, arrays read as bags: equal values in one field are one leaf.

    Raises
    ------
    InputError
        If a document is not JSON.
    """
    return read_arrays(walk(documents), "bag", vocabulary.fixed, vocabulary.sets)


def record_features(leaves: Leaves, vocabulary: Vocabulary) -> Features:
    """Return the features of leaves whose paths are fields; a row of T for each leaf, in their order."""
    settings = replace(vocabulary.settings, weights="record", arrays="bag", balance=0.0, field_weights=())
    moved = sparse.csr_array((len(leaves.values), 0), dtype=np.float32)
    return extract(leaves, moved, leaves.paths, vocabulary.codings, vocabulary.meanings, settings)


def alone(places: Sequence[tuple[Path, Leaf]]) -> Leaves:
    """Return leaves that no document has, given by their fields and values, in this order."""
    number: dict[Path, int] = {}
    place = [number.setdefault(field, len(number)) for field, _ in places]
    return Leaves(
        paths=list(number),
        place=np.array(place, dtype=np.int64),
        values=[value for _, value in places],
        shares=sparse.csr_array((0, len(places)), dtype=np.float32),
        occurrences=np.ones(len(places), dtype=np.int64),
        arrays=[],
    )
