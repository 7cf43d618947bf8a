"""Documents that hold the most of a piece of JSON, among those that vectors propose."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from vsaviz.collection.searcher import Found
from vsaviz.search.hits import Hit, Hits
from vsaviz.search.index import Index
from vsaviz.search.stores import EACH, FEWEST
from vsaviz.vectorizer import JSONVectorizer


def candidates(k: int) -> int:
    """Return how many documents vectors propose for k hits."""
    return max(FEWEST, EACH * k)


def ranked(
    piece: Any, k: int, found: Found, vectorizer: JSONVectorizer, weights: Mapping[str, float] | None
) -> Hits:
    """Return the k of the proposed documents that hold the largest share of the piece."""
    if not found.documents:
        return Hits([], found.steps, found.notes)
    order = np.argsort(found.ids)  # equal shares stand in the order of insertion
    hits = Index([found.documents[i] for i in order], vectorizer).search(piece, k, weights=weights)
    ids, cosines = found.ids[order].tolist(), found.similarities[order].tolist()
    chosen = [
        Hit(ids[hit.row], hit.similarity, hit.document, hit.contributions, cosines[hit.row]) for hit in hits
    ]
    only = f"of the {len(ids):,} documents whose vectors are nearest to it: "
    notes = hits.notes if len(ids) == found.steps[0][1] else [only + note for note in hits.notes]
    return Hits(chosen, found.steps, [*notes, *found.notes])
