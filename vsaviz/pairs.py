"""Two documents under every scheme, and what the fields of one contribute to its vector."""

from collections.abc import Callable

import numpy as np
from scipy import sparse

from vsaviz import schemes
from vsaviz.encoding import encode
from vsaviz.features import Features
from vsaviz.features.paths import field_name

DENSE_AT_MOST = 256
"""Schemes with dense matrices are compared at this D: making a matrix for each key takes long beyond."""


def field_shares(features: Features, row: int) -> list[tuple[str, float]]:
    """Return the fields of a document with their shares of its squared norm, the largest first."""
    parts_of, fields = features.split(row)
    S = parts_of.L.astype(np.float64) @ parts_of.T
    parts = S @ S.sum(axis=0)  # of the squared norm: two fields may have a feature in common
    total = parts.sum() or 1.0
    shares = [
        (field_name(field), float(part / total)) for field, part in zip(fields, parts, strict=True) if part
    ]
    return sorted(shares, key=lambda item: -item[1])


def mean_shares(features: Features) -> dict[str, float]:
    """Return for each field what it has of the squared norm of a document, on average over all documents.

    What two of a document's leaves have in common is left out: it belongs to neither alone.
    """
    own = features.moved.shape[0]
    S = sparse.hstack([features.T[:own], features.moved @ features.T[own:]]).tocsr()
    sizes = np.asarray(S.multiply(S).sum(axis=1)).ravel()
    numbers: dict[str, int] = {}
    field_of = [numbers.setdefault(field_name(field), len(numbers)) for field in features.fields]
    of_leaf = np.array(field_of, dtype=np.int64)[features.leaf_path[:own]]
    to_field = sparse.csr_array((sizes, (np.arange(own), of_leaf)), shape=(own, len(numbers)))
    held = features.L[:, :own]
    parts = held.multiply(held).tocsr() @ to_field
    totals = np.asarray(parts.sum(axis=1)).ravel()
    each = np.divide(1.0, totals, out=np.zeros_like(totals), where=totals > 0) @ parts
    return {name: float(each[number]) / len(totals) for name, number in numbers.items()}


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
