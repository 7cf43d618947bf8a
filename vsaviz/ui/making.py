"""What is worked out of documents: features, vectors, places; each says how far it is, and can be stopped.

All raise `StoppedError` where a person stopped the work.
"""

import time
from dataclasses import replace

from vsaviz import features, schemes
from vsaviz.encoding import encode
from vsaviz.features import Features, FeatureSettings, Vocabulary
from vsaviz.project import Projection, projection
from vsaviz.schemes.keyed import Floats
from vsaviz.ui.advice import took
from vsaviz.ui.aside import aside
from vsaviz.ui.data import Loaded
from vsaviz.ui.encoding import Encoding
from vsaviz.ui.memory import remembered
from vsaviz.ui.running import Bar, StoppedError, run

METHOD_NAMES = {"pca": "PCA", "tsne": "t-SNE", "umap": "UMAP"}


def read_features(loaded: Loaded, settings: FeatureSettings) -> tuple[Vocabulary, Features]:
    """Return what fitting learnt without weights set by hand, and the features."""
    plain = replace(settings, field_weights=())

    def fit(bar: Bar) -> tuple[Vocabulary, Features]:
        return aside(lambda _: _read(loaded, plain), bar)

    text = f"Reading the features of {len(loaded.documents):,} documents"
    read = run("features", (loaded.key, plain), fit, text)
    if read is None:
        raise StoppedError
    return read


def _read(loaded: Loaded, plain: FeatureSettings) -> tuple[Vocabulary, Features]:
    """Return a vocabulary and the features; a collection on disk brings its own vocabulary."""
    kept = loaded.on_disk
    if kept is None or kept.encoding.features != plain:
        return features.fit(loaded.documents, plain)
    return replace(kept.vocabulary, settings=plain), kept.vocabulary.features(loaded.documents)


def weighed(
    loaded: Loaded, settings: FeatureSettings, by_rules: Vocabulary, plain: Features
) -> tuple[Vocabulary, Features]:
    """Return vocabulary and features with the weights that are set by hand."""
    if not settings.field_weights:
        return by_rules, plain
    weights = dict(settings.field_weights)
    return remembered("weighed", (loaded.key, settings), lambda: by_rules.weighing(plain, weights))


def vectors_of(loaded: Loaded, encoding: Encoding, extracted: Features) -> Floats:
    """Return the vectors (n, width) of an encoding; those that are on disk are not made anew."""
    if loaded.on_disk and loaded.on_disk.encoding == encoding:
        kept = loaded.on_disk.vectors
        return remembered("vectors", (loaded.key, encoding), lambda: kept)

    def make(bar: Bar) -> Floats:
        scheme = schemes.create(encoding.scheme, encoding.dimensions, encoding.seed)
        start = time.perf_counter()
        vectors = encode(extracted, scheme, bar)
        took(loaded.key, encoding, time.perf_counter() - start)
        return vectors

    name = f"vectors {encoding.scheme}"
    found = run("vectors", (loaded.key, encoding), make, f"Encoding with {encoding.scheme}", name=name)
    if found is None:
        raise StoppedError
    return found


def places_of(loaded: Loaded, encoding: Encoding, vectors: Floats, method: str) -> Projection:
    """Return the places of vectors on the map; those of PCA where the work on others was stopped."""

    def make(bar: Bar) -> Projection:
        return aside(lambda tell: projection(vectors, method, encoding.seed, tell), bar)

    key = (loaded.key, encoding, method)
    name = f"places {encoding.scheme}"
    placed = run("projection", key, make, METHOD_NAMES.get(method, method), name=name)
    if placed is not None:
        return placed
    instead = remembered(
        "projection", (loaded.key, encoding, "pca"), lambda: projection(vectors, "pca", encoding.seed)
    )
    return replace(instead, note=f"{METHOD_NAMES.get(method, method)} was stopped: PCA is shown instead.")
