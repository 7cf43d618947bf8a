"""Two documents under every scheme, and what the fields of one contribute to its vector."""

from collections.abc import Callable

import numpy as np

from vsaviz import schemes
from vsaviz.encoding import encode
from vsaviz.features import Features
from vsaviz.features.paths import field_name

DENSE_AT_MOST = 256
"""Schemes with dense matrices are compared at this D: making a matrix for each key takes long beyond."""


def field_shares(features: Features, row: int) -> list[tuple[str, float]]:
    """Return the fields of a document with their shares of its squared norm, the largest first."""
    S, fields = features.by_field(row)
    parts = S @ S.sum(axis=0)  # of the squared norm: two fields may have a feature in common
    total = parts.sum() or 1.0
    shares = [
        (field_name(field), float(part / total)) for field, part in zip(fields, parts, strict=True) if part
    ]
    return sorted(shares, key=lambda item: -item[1])


def cosines_under_every_scheme(
    pair: Features, dimensions: int, seed: int, progress: Callable[[float], None]
) -> list[tuple[str, int | None, float]]:
    """Return (scheme, D, cosine) of two documents; the exact kernel comes first, without a D."""
    S = pair.matrix()
    table: list[tuple[str, int | None, float]] = [("exact", None, float((S @ S.T).toarray()[0, 1]))]
    for done, (name, kind) in enumerate(schemes.SCHEMES.items()):
        progress(done / len(schemes.SCHEMES))
        limit = dimensions if kind.largest is None else min(dimensions, DENSE_AT_MOST)
        scheme = kind(kind.dimensions_near(limit)[0], seed)
        one, other = encode(pair, scheme)
        table.append((name, scheme.dimensions, float(np.dot(one, other))))
    return table
