"""What the tour shows: a shipped collection of patients, encoded as the app does when it opens."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from vsaviz import features, labels, schemes, shipped
from vsaviz.encoding import encode
from vsaviz.features import Features, FeatureSettings, Vocabulary
from vsaviz.neighbors import own_neighbors
from vsaviz.schemes.keyed import Floats
from vsaviz.ui.encoding import DEFAULT_SIZE, Encoding
from vsaviz.ui.memory import known, remembered
from vsaviz.ui.parts import working

COLLECTION = "clinical"
KEY = f"shipped {COLLECTION}"
"""As the sidebar calls it: what is worked out there need not be worked out here again."""
SCHEME = "mbat"
SETTINGS = FeatureSettings()
NEIGHBORS = 10

PATIENT = "tour_patient"
FIRST = 48
"""The patient with whom it begins: neurological, as are those who are near."""


@dataclass(frozen=True)
class Exhibit:
    """The collection, and what was learnt from it."""

    documents: list[Any]
    labels: list[str]
    label: str
    vocabulary: Vocabulary
    features: Features = field(repr=False)
    ids: list[str] = field(repr=False)
    slot: DeltaGenerator = field(repr=False)
    """Where it is shown what is being worked out, at the same place on the page whether it is or not."""

    @property
    def patient(self) -> int:
        """The row of the patient who is followed from step to step."""
        return int(st.session_state.get(PATIENT, FIRST))

    def vectors(self, dimensions: int = DEFAULT_SIZE) -> Floats:
        """Return the vectors of all documents."""
        encoding = Encoding(SCHEME, dimensions, 0, SETTINGS)
        shared = known("vectors", (KEY, encoding))

        def make() -> Floats:
            with working(self.slot, f"Encoding at D={dimensions:,}") as report:
                return encode(self.features, schemes.create(SCHEME, dimensions), report)

        return remembered("vectors" if shared else "tour vectors", (KEY, encoding), make)

    def neighbors(self, dimensions: int = DEFAULT_SIZE) -> NDArray[np.int64]:
        """Return each document's nearest others, (n, 10)."""
        return remembered(
            "tour neighbors", dimensions, lambda: own_neighbors(self.vectors(dimensions), NEIGHBORS)[0]
        )


def exhibit(slot: DeltaGenerator) -> Exhibit:
    """Return the collection of the tour, read and fitted once a visit; ``slot`` is where work is shown."""
    collection = remembered("collection", COLLECTION, lambda: shipped.load(COLLECTION))

    def fit() -> tuple[Vocabulary, Features]:
        with working(slot, f"Reading the features of {len(collection.documents):,} documents"):
            return features.fit(collection.documents, SETTINGS)

    shared = known("features", (KEY, SETTINGS))
    vocabulary, extracted = remembered("features" if shared else "tour", (KEY, SETTINGS), fit)
    ids = remembered("tour ids", KEY, lambda: labels.document_ids(collection.documents, vocabulary.fields))
    return Exhibit(
        collection.documents, collection.labels, collection.label, vocabulary, extracted, ids, slot
    )
