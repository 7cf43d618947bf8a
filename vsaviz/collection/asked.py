"""Documents that hold the most of a piece of JSON, among those that vectors propose."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from vsaviz import schemes
from vsaviz.collection.searcher import Found
from vsaviz.encoding import encode
from vsaviz.features.paths import field_path
from vsaviz.schemes.keyed import Floats
from vsaviz.search.hits import Hit, Hits
from vsaviz.search.index import Index
from vsaviz.search.stores import EACH, FEWEST
from vsaviz.vectorizer import JSONVectorizer


def candidates(k: int) -> int:
    """Return how many documents vectors propose for k hits."""
    return max(FEWEST, EACH * k)


def question(piece: Any, vectorizer: JSONVectorizer, weights: Mapping[str, float] | None) -> Floats:
    """Return the vector that proposes documents for a piece: its fields count as they are weighed."""
    by_path = {field_path(name): weight for name, weight in (weights or {}).items()}
    scheme = schemes.create(vectorizer.scheme, vectorizer.dimensions, vectorizer.seed)
    return encode(vectorizer.vocabulary_.features([piece]).weighed(by_path), scheme)[0]


def ranked(
    piece: Any, k: int, found: Found, vectorizer: JSONVectorizer, weights: Mapping[str, float] | None
) -> Hits:
    """Return the k of the proposed documents that hold the largest share of the piece."""
    if not found.documents:
        return Hits([], found.steps, found.notes)
    order = np.argsort(found.ids)  # equal shares stand in the order of insertion
    index = Index([found.documents[i] for i in order], vectorizer)
    hits = index.search(piece, k, weights=weights and _met(weights, index, piece, vectorizer))
    ids, cosines = found.ids[order].tolist(), found.similarities[order].tolist()
    chosen = [
        Hit(ids[hit.row], hit.similarity, hit.document, hit.contributions, cosines[hit.row]) for hit in hits
    ]
    only = f"of the {len(ids):,} documents whose vectors are nearest to it: "
    notes = hits.notes if len(ids) == found.steps[0][1] else [only + note for note in hits.notes]
    return Hits(chosen, found.steps, [*notes, *found.notes])


def _met(
    weights: Mapping[str, float], index: Index, piece: Any, vectorizer: JSONVectorizer
) -> dict[str, float]:
    """Return the weights without those of fields, known or asked for, that no proposed document has."""
    met = set(index.fields_of(piece))
    known = {field.name for field in vectorizer.fields_} | {*Index([piece], vectorizer).fields_of(piece)}
    return {name: weight for name, weight in weights.items() if name in met or name not in known}
