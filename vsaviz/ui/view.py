"""What every page looks at: the documents, their features and vectors, and what is chosen among them."""

import time
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from vsaviz import features, labels, schemes
from vsaviz.encoding import encode
from vsaviz.errors import InputError
from vsaviz.features import Features, Vocabulary
from vsaviz.lab.advice.thought import Collection
from vsaviz.neighbors import nearest
from vsaviz.project import Projection, projection
from vsaviz.schemes.keyed import Floats
from vsaviz.ui import weighing
from vsaviz.ui.advice import show_advice, took
from vsaviz.ui.data import Loaded, choose_data
from vsaviz.ui.encoding import Choice, Encoding, choose_encoding
from vsaviz.ui.memory import known, remembered
from vsaviz.ui.parts import caption, notice, working

NEIGHBORS = 10


@dataclass(frozen=True)
class View:
    """The documents on the screen and all that follows from them and the settings."""

    loaded: Loaded
    choice: Choice
    by_rules: Vocabulary
    """What fitting learnt, without weights set by hand."""
    vocabulary: Vocabulary
    features: Features = field(repr=False)
    vectors: Floats = field(repr=False)
    ids: list[str] = field(repr=False)
    titles: list[str] = field(repr=False)
    slot: DeltaGenerator = field(repr=False)

    @property
    def documents(self) -> list[Any]:
        """The documents."""
        return self.loaded.documents

    @property
    def key(self) -> tuple[str, Encoding]:
        """What changes whenever the vectors do."""
        return self.loaded.key, self.choice.first

    def encoded(self, encoding: Encoding) -> Floats:
        """Return the vectors of another encoding of the same features."""
        return _encoded(self.loaded, encoding, self.features, self.slot)

    def projected(self, encoding: Encoding, method: str) -> Projection:
        """Return the places of the documents on the map."""
        key = (self.loaded.key, encoding, method)

        def make() -> Projection:
            first = " (its first use compiles: about a minute)" if method == "umap" else ""
            with working(self.slot, f"Projecting with {method}{first}"):
                return projection(self.encoded(encoding), method, encoding.seed)

        return remembered("projection", key, make)

    def neighbors(self, row: int, k: int = NEIGHBORS) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return a document's nearest others and their similarities, best first."""
        k = min(k, len(self.vectors) - 1)
        if k < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        rows, similarities = nearest(self.vectors[[row]], self.vectors, k, exclude=[row])
        return rows[0], similarities[0]


def show_sidebar() -> View | None:
    """Show the sidebar and return what is loaded, or None where nothing is."""
    with st.sidebar:
        loaded = choose_data()
        choice = choose_encoding(weighing.chosen(loaded.key) if loaded else {})
        slot = st.empty()
        if loaded is None:
            return None
        if not loaded.documents:
            notice(f"{loaded.name} holds no documents: choose another record path or file", "warning")
            return None
        try:
            return _view(loaded, choice, slot)
        except InputError as error:
            notice(str(error), "error")
            return None


def _view(loaded: Loaded, choice: Choice, slot: DeltaGenerator) -> View:
    start = time.perf_counter()
    fresh = not known("vectors", (loaded.key, choice.first))
    settings = choice.first.features
    plain = replace(settings, field_weights=())

    def fit() -> tuple[Vocabulary, Features]:
        with working(slot, f"Reading the features of {len(loaded.documents):,} documents"):
            return features.fit(loaded.documents, plain)

    by_rules, extracted = remembered("features", (loaded.key, plain), fit)
    vocabulary = by_rules
    if settings.field_weights:
        unweighed = extracted
        vocabulary, extracted = remembered(
            "weighed",
            (loaded.key, settings),
            lambda: by_rules.weighing(unweighed, dict(settings.field_weights)),
        )
    show_advice(choice.beside, loaded.key, Collection(vocabulary, extracted, loaded.documents), choice.first)
    vectors = _encoded(loaded, choice.first, extracted, slot)
    ids, titles = remembered(
        "labels",
        loaded.key,
        lambda: (
            labels.document_ids(loaded.documents, vocabulary.fields),
            labels.titles(loaded.documents, vocabulary.fields),
        ),
    )
    if fresh:
        st.session_state["_seconds"] = time.perf_counter() - start
    caption(
        f"{len(loaded.documents):,} documents, {len(vocabulary.fields):,} fields, {choice.first.scheme}, "
        f"D={choice.first.dimensions:,}, encoded in {st.session_state.get('_seconds', 0.0):.1f} s"
    )
    return View(loaded, choice, by_rules, vocabulary, extracted, vectors, ids, titles, slot)


def _encoded(loaded: Loaded, encoding: Encoding, extracted: Features, slot: DeltaGenerator) -> Floats:
    def make() -> Floats:
        scheme = schemes.create(encoding.scheme, encoding.dimensions, encoding.seed)
        with working(slot, f"Encoding with {encoding.scheme}") as report:
            start = time.perf_counter()
            vectors = encode(extracted, scheme, report)
        took(loaded.key, encoding, time.perf_counter() - start)
        return vectors

    return remembered("vectors", (loaded.key, encoding), make)
