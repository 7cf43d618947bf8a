"""Why two documents are alike: the cosine of their vectors, split among their fields.

An encoding is a sum over fields, V(d) = Σ_f V_f(d), so the cosine of two documents is a sum over fields too:
½ [V_f(d)·V(e) + V_f(e)·V(d)] / (|V(d)| |V(e)|). It is symmetric, and nothing is left over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.encoding import encode, sums
from vsaviz.features import Features
from vsaviz.features.paths import Path, field_name
from vsaviz.schemes import Scheme

Rows = NDArray[Any]

Half = tuple[Features, list[Path]]
"""A document's features with a row for each of its fields, and these fields."""


@dataclass(frozen=True)
class Part:
    """What one field has of the cosine of two documents."""

    field: str
    """The field as it is printed; of a remainder what it comes from."""
    contribution: float
    """What it adds to the cosine of the vectors."""
    signal: float
    """What it adds to the cosine in the exact kernel: what the two have in common there."""
    crosstalk: float
    """The difference: noise of a finite dimension, and of colliding paths."""
    remainder: bool = False
    """Whether this is no field, but what rounding makes of the sums of all fields."""


def explain_parts(features: Features, one: int, other: int, scheme: Scheme) -> list[Part]:
    """Return what each field of two documents, given by their rows, adds to the cosine of their vectors.

    The largest first; contributions sum to the cosine. A subtree that counts wherever it hangs is
    counted to the field where it lies. Where vectors are not the plain sums of their parts, since
    bundling rounds them, the sums are explained and the remainder stands last.
    """
    halves = [features.split(row) for row in (one, other)]
    contributions, signals = _products(halves, scheme), _products(halves, None)
    explained = [
        Part(field_name(field), share, signals[field], share - signals[field])
        for field, share in contributions.items()
    ]
    explained.sort(key=lambda part: -abs(part.contribution))
    return explained + _remainder(features, (one, other), scheme, sum(contributions.values()))


def products(
    features: Features, one: int, other: int, scheme: Scheme | None
) -> tuple[dict[Path, float], float]:
    """Return what each field adds to the dot product of two documents, and the product of their lengths.

    ½ [V_f(d)·V(e) + V_f(e)·V(d)] for each field f of either; without a scheme that in the exact kernel.
    """
    return _dot_products([features.split(row) for row in (one, other)], scheme)


def _products(halves: Sequence[Half], scheme: Scheme | None) -> dict[Path, float]:
    found, lengths = _dot_products(halves, scheme)
    return {field: product / lengths if lengths else 0.0 for field, product in found.items()}


def _dot_products(halves: Sequence[Half], scheme: Scheme | None) -> tuple[dict[Path, float], float]:
    parts = [part for part, _ in halves]
    rows = _on_common_features(parts) if scheme is None else [sums(part, scheme) for part in parts]
    rows = [one.astype(np.float64, copy=False) for one in rows]
    whole = [np.asarray(one.sum(axis=0)) for one in rows]
    found: dict[Path, float] = {}
    for (_, fields), own, against in zip(halves, rows, reversed(whole), strict=True):
        for field, product in zip(fields, (own @ against).tolist(), strict=True):
            found[field] = found.get(field, 0.0) + product / 2
    return found, float(np.linalg.norm(whole[0]) * np.linalg.norm(whole[1]))


def _on_common_features(parts: Sequence[Features]) -> list[sparse.csr_array]:
    """Return S of both documents, field by field, on the features that either has."""
    index: dict[tuple[int, int], int] = {}
    places = [
        [
            index.setdefault(feature, len(index))
            for feature in zip(part.feature_path.tolist(), part.feature_atom.tolist(), strict=True)
        ]
        for part in parts
    ]
    found = []
    for part, place in zip(parts, places, strict=True):
        S = (part.L.astype(np.float64) @ part.T).tocoo()
        columns = np.array(place, dtype=np.int64)[S.col]
        found.append(sparse.csr_array((S.data, (S.row, columns)), shape=(part.n_documents, len(index))))
    return found


def _remainder(features: Features, rows: tuple[int, int], scheme: Scheme, explained: float) -> list[Part]:
    """Return what the finished vectors have beyond their sums, where finishing changes these."""
    if scheme.linear and not scheme.whole:
        return []
    vectors = encode(features.of(list(rows)), scheme).astype(np.float64)
    left = float(vectors[0] @ vectors[1]) - explained
    return [Part("(rounding)" if scheme.linear else "(bundling)", left, 0.0, left, remainder=True)]
