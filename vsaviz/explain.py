"""Why two documents are alike: the cosine of their vectors, split among their fields.

An encoding is a sum over fields, V(d) = Σ_f V_f(d), so the cosine of two documents is a sum over fields too:
½ [V_f(d)·V(e) + V_f(e)·V(d)] / (|V(d)| |V(e)|). It is symmetric, and nothing is left over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz.encoding import encode, sums
from vsaviz.features import Features
from vsaviz.features.paths import Path, field_name
from vsaviz.schemes import Scheme

Shares = NDArray[np.float64]


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


def explain_parts(features: Features, one: int, other: int, scheme: Scheme) -> list[Part]:
    """Return what each field of two documents, given by their rows, adds to the cosine of their vectors.

    The largest first; contributions sum to the cosine. A subtree that counts wherever it hangs is
    counted to the field where it lies. Where vectors are not the plain sums of their parts, since
    bundling rounds them, the sums are explained and the remainder stands last.
    """
    halves = [features.split(row) for row in (one, other)]
    parts = [half for half, _ in halves]
    numbers: dict[Path, int] = {}
    fields = [
        np.array([numbers.setdefault(field, len(numbers)) for field in own], dtype=np.int64)
        for _, own in halves
    ]
    vectors = [sums(part, scheme) for part in parts]
    contributions = _shares(vectors[0], vectors[1], fields, len(numbers))
    signals = _shares(*_on_common_features(parts), fields, len(numbers))
    explained = [
        Part(field_name(field), both[0], both[1], both[0] - both[1])
        for field, both in zip(numbers, np.stack([contributions, signals], axis=1).tolist(), strict=True)
    ]
    explained.sort(key=lambda part: -abs(part.contribution))
    remainder = _remainder(features, (one, other), scheme, float(contributions.sum()))
    return explained + remainder


def _shares(one: Shares, other: Shares, fields: Sequence[NDArray[np.int64]], n: int) -> Shares:
    """Return each field's contribution to the cosine of two sums of rows; ``fields`` numbers the rows."""
    one, other = one.astype(np.float64), other.astype(np.float64)
    whole, whole_other = one.sum(axis=0), other.sum(axis=0)
    lengths = np.linalg.norm(whole) * np.linalg.norm(whole_other)
    shares = np.bincount(fields[0], one @ whole_other, n) + np.bincount(fields[1], other @ whole, n)
    return np.asarray(shares / (2 * lengths)) if lengths else np.zeros(n)


def _on_common_features(parts: Sequence[Features]) -> tuple[Shares, Shares]:
    """Return S of both documents, field by field, on the features that either has."""
    index: dict[tuple[int, int], int] = {}
    columns = [
        [
            index.setdefault(feature, len(index))
            for feature in zip(part.feature_path.tolist(), part.feature_atom.tolist(), strict=True)
        ]
        for part in parts
    ]
    dense = []
    for part, place in zip(parts, columns, strict=True):
        S = np.zeros((part.n_documents, len(index)))
        S[:, place] = (part.L.astype(np.float64) @ part.T).toarray()
        dense.append(S)
    return dense[0], dense[1]


def _remainder(features: Features, rows: tuple[int, int], scheme: Scheme, explained: float) -> list[Part]:
    """Return what the finished vectors have beyond their sums, where finishing changes these."""
    if scheme.linear and not scheme.whole:
        return []
    vectors = encode(features.of(list(rows)), scheme).astype(np.float64)
    left = float(vectors[0] @ vectors[1]) - explained
    return [Part("(rounding)" if scheme.linear else "(bundling)", left, 0.0, left)]
