"""What every page looks at: the documents, their features and vectors, and what is chosen among them."""

import time
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from vsaviz import labels
from vsaviz.errors import InputError
from vsaviz.features import Features, Vocabulary
from vsaviz.lab.advice.thought import Collection
from vsaviz.neighbors import nearest
from vsaviz.project import Projection
from vsaviz.schemes.keyed import Floats
from vsaviz.ui import weighing
from vsaviz.ui.advice import show_advice
from vsaviz.ui.budget import Lent
from vsaviz.ui.data import Loaded, choose_data
from vsaviz.ui.encoding import Choice, Encoding, choose_encoding
from vsaviz.ui.making import places_of, read_features, vectors_of, weighed
from vsaviz.ui.memory import known, remembered, this_visit
from vsaviz.ui.own_encoding import own_encoding
from vsaviz.ui.parts import caption, notice
from vsaviz.ui.running import StoppedError
from vsaviz.ui.sampling import shown_of

NEIGHBORS = 10
SETTLED = "_settled"
"""Where it stands which encoding of which documents was worked out last."""


@dataclass(frozen=True)
class Parts:
    """What is large in a view."""

    loaded: Loaded
    features: Features
    vectors: Floats


@dataclass(frozen=True)
class View:
    """The documents on the screen and all that follows from them and the settings.

    What is large is lent: callbacks and downloads may refer to a view after the run, and where other visits
    need the room it is let go. ``loaded`` then has no documents; features and vectors raise `PutAwayError`.
    """

    named: Loaded
    """What is loaded, without its documents."""
    choice: Choice
    by_rules: Vocabulary = field(repr=False)
    """What fitting learnt, without weights set by hand."""
    vocabulary: Vocabulary = field(repr=False)
    ids: list[str] = field(repr=False)
    titles: list[str] = field(repr=False)
    lent: Lent[Parts] = field(repr=False)
    slot: DeltaGenerator = field(repr=False)
    stopped: dict[Hashable, Projection | None] = field(default_factory=dict, repr=False, compare=False)
    """What a person stopped in this run, with what is shown instead: it is not begun again in it."""

    @property
    def loaded(self) -> Loaded:
        """What is loaded."""
        return self.lent.now.loaded if self.lent.now else self.named

    @property
    def documents(self) -> list[Any]:
        """The documents."""
        return self.lent.get().loaded.documents

    @property
    def features(self) -> Features:
        """The features of the documents."""
        return self.lent.get().features

    @property
    def vectors(self) -> Floats:
        """A row for each document."""
        return self.lent.get().vectors

    @property
    def key(self) -> tuple[str, Encoding]:
        """What changes whenever the vectors do."""
        return self.loaded.key, self.choice.first

    def encoded(self, encoding: Encoding) -> Floats:
        """Return the vectors of another encoding of the same features; raises `StoppedError`."""
        if encoding in self.stopped:
            raise StoppedError
        try:
            return vectors_of(self.loaded, encoding, self.features)
        except StoppedError:
            self.stopped[encoding] = None
            raise

    def projected(self, encoding: Encoding, method: str) -> Projection:
        """Return the places of the documents on the map; those of PCA where the work was stopped."""
        before = self.stopped.get((encoding, method))
        if before is not None:
            return before
        placed = places_of(self.loaded, encoding, self.encoded(encoding), method)
        if not known("projection", (self.loaded.key, encoding, method)):
            self.stopped[encoding, method] = placed
        return placed

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
        own = loaded.on_disk.encoding if loaded and loaded.on_disk else None
        choice = choose_encoding(weighing.chosen(loaded.key) if loaded else {}, own)
        slot = st.empty()
        if loaded is None:
            return None
        if not loaded.documents:
            notice(f"{loaded.name} holds no documents: choose another record path or file", "warning")
            return None
        loaded = shown_of(loaded)
        try:
            return _view(loaded, choice, slot)
        except StoppedError:
            return _as_before(loaded, choice, slot)
        except InputError as error:
            notice(str(error), "error")
            return None


def _as_before(loaded: Loaded, choice: Choice, slot: DeltaGenerator) -> View | None:
    """Return the view of the settings that were worked out last, if any were for these documents."""
    key, settled = st.session_state.get(SETTLED, (None, choice.first))
    if key != loaded.key or settled == choice.first:
        return None
    caption(f"Below is still {settled.scheme}, D={settled.dimensions:,}.")
    return _view(loaded, replace(choice, first=settled), slot)


def _view(loaded: Loaded, choice: Choice, slot: DeltaGenerator) -> View:
    start = time.perf_counter()
    fresh = not known("vectors", (loaded.key, choice.first))
    settings = choice.first.features
    by_rules, plain = read_features(loaded, settings)
    vocabulary, extracted = weighed(loaded, settings, by_rules, plain)
    vectors = vectors_of(loaded, choice.first, extracted)
    show_advice(choice.beside, loaded.key, Collection(vocabulary, extracted, loaded.documents), choice.first)
    ids, titles = remembered("labels", loaded.key, lambda: _labels(loaded, vocabulary))
    if fresh:
        st.session_state["_seconds"] = time.perf_counter() - start
    st.session_state[SETTLED] = loaded.key, choice.first
    same = loaded.on_disk is not None and loaded.on_disk.encoding == choice.first
    made = "vectors as on disk" if same else f"encoded in {st.session_state.get('_seconds', 0.0):.1f} s"
    caption(
        f"{len(loaded.documents):,} documents, {len(vocabulary.fields):,} fields, {choice.first.scheme}, "
        f"D={choice.first.dimensions:,}, {made}"
    )
    if loaded.on_disk:
        own_encoding(loaded.on_disk, choice.first)
    lent = this_visit().lend(Parts(loaded, extracted, vectors))
    return View(
        replace(loaded, documents=[], on_disk=None), choice, by_rules, vocabulary, ids, titles, lent, slot
    )


def _labels(loaded: Loaded, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    fields, kept = vocabulary.fields, loaded.on_disk
    titles = labels.titles_at(
        loaded.documents, labels.title_path(loaded.documents, fields, vocabulary.n_documents)
    )
    if kept:  # known by the same name in the sample and in all
        return [f"#{number}" for number in kept.ids.tolist()], titles
    return labels.document_ids(loaded.documents, fields), titles
