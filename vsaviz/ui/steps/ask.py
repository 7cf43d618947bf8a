"""Step 6: a question is a piece of JSON, and it is a vector too."""

from typing import Any

import streamlit as st

from vsaviz.figures import map_figure, with_question
from vsaviz.jsontext import one_line
from vsaviz.project import Projection, place_others, projection
from vsaviz.search import Hits, Index
from vsaviz.ui.encoding import DEFAULT_SIZE
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import is_dark, working
from vsaviz.ui.steps.base import Step
from vsaviz.ui.steps.exhibit import NEIGHBORS, SCHEME, Exhibit
from vsaviz.ui.steps.picture import picture
from vsaviz.vectorizer import JSONVectorizer

QUESTIONS: dict[str, Any] = {
    "who has angina and takes clopidogrel?": {
        "conditions": [{"display": "Angina pectoris, unspecified"}],
        "medications": [{"name": "clopidogrel"}],
    },
    "who is depressed, and takes sertraline?": {
        "conditions": [{"display": "Moderate depressive episode"}],
        "medications": [{"name": "sertraline"}],
    },
    "who smokes, with little oxygen in the blood?": {
        "patient": {"smoking": {"status": "current"}},
        "vitals": [{"spo2": 91}],
    },
    "who is allergic to penicillin?": {"allergies": [{"substance": "penicillin"}]},
}


def control(_: Exhibit) -> str:
    """Let a person choose a question, and show it as JSON."""
    chosen = st.selectbox("Question", list(QUESTIONS), key="tour_question", persist_state="session")
    st.code(one_line(QUESTIONS[chosen], 200), language="json", wrap_lines=True)
    return chosen


def draw(of: Exhibit, chosen: str) -> str:
    """Draw the question on the map of patients, with the answers ringed."""
    question, index = QUESTIONS[chosen], _index(of)
    hits: Hits = remembered("tour hits", chosen, lambda: index.search(question, NEIGHBORS))
    rows = [hit.row for hit in hits]
    points = remembered("tour map", DEFAULT_SIZE, lambda: projection(of.vectors(), "pca").points)
    asked = index.vectorizer.transform([question])
    (place,) = place_others(asked, of.vectors(), Projection(points, "pca", ""), rows)
    figure = map_figure(
        points, of.ids, of.labels, color_name=of.label, selected=rows, neighbors=rows, dark=is_dark()
    )
    picture(
        with_question(figure, place, dark=is_dark()),
        "ask",
        f"Map of {len(of.documents):,} patients with the question and {len(rows)} answers",
    )
    return sentence(of, hits)


def sentence(of: Exhibit, hits: Hits) -> str:
    """Return how well the answers fit, and what the best one is found by."""
    best = hits[0]
    whole = sum(hit.similarity > 1 - 1e-6 for hit in hits)
    reason, share = best.contributions[0]
    held = f"{whole} of the {len(hits)} best (ringed) hold all of it" if whole else "None holds all of it"
    return (
        f"The star is the question; {held}, and {of.ids[best.row]} comes first with {best.similarity:.0%} "
        f"of it, the most for {reason} ({share:.0%})."
    )


def _index(of: Exhibit) -> Index:
    def make() -> Index:
        with working(of.slot, f"Arranging {len(of.documents):,} documents for questions"):
            vectorizer = JSONVectorizer.of(of.vocabulary, SCHEME, DEFAULT_SIZE)
            return Index(of.documents, vectorizer, features=of.features, vectors=of.vectors())

    return remembered("tour index", SCHEME, make)


STEP = Step(
    "Ask it a question",
    "A question is a piece of JSON, and becomes a vector like any document; answers hold the most of it.",
    control,
    draw,
)
