"""Ask: documents that hold a piece of JSON, or are like another but for some of its fields."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from vsaviz.errors import InputError
from vsaviz.search import Hits, Index
from vsaviz.ui import answers
from vsaviz.ui.ask_all import ask_all
from vsaviz.ui.asked_map import asked_map
from vsaviz.ui.likeness import like_a_document
from vsaviz.ui.limits import limits
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, notice, working
from vsaviz.ui.question import Question, piece_of_json
from vsaviz.ui.shell import current_view
from vsaviz.ui.view import View
from vsaviz.vectorizer import JSONVectorizer

WAYS: dict[str, Callable[[View, Index], Question | None]] = {
    "A piece of JSON": piece_of_json,
    "Like a document, but …": like_a_document,
}

Made = TypeVar("Made")

INDEXES = 2  # kept at most: each takes as much memory as the features of a large collection


def main() -> None:
    """Show the page."""
    view = current_view()
    index = _index(view)
    way = st.segmented_control(
        "What to ask by",
        list(WAYS),
        default=next(iter(WAYS)),
        required=True,
        key="way",
        label_visibility="collapsed",
        persist_state="session",
    )
    question = _tried(lambda: WAYS[way](view, index))
    limited = _tried(lambda: limits(view, question.fields if question else []))
    if question is None or limited is None:
        return
    hits = _tried(
        lambda: question.find(
            k=limited.k, where=limited.where, without=limited.without, weights=limited.weights
        )
    )
    if hits is not None:
        _answers(view, index, question, hits)
        ask_all(view, question, limited)


def _answers(view: View, index: Index, question: Question, hits: Hits) -> None:
    answers.counts(hits, question.score)
    if not hits:
        return
    row = answers.opened(view, hits)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        answers.hits_list(view, hits, row)
        caption(question.about)
    with right:
        asked_map(view, index, question.wanted, hits, row)
        answers.document(view, row)


def _tried(make: Callable[[], Made]) -> Made | None:
    """Return what is made, or say why it cannot be: the rest of the page stays."""
    try:
        return make()
    except (InputError, ImportError) as error:
        notice(str(error), "error")
        return None


def _index(view: View) -> Index:
    """Return the documents arranged for questions; another scheme only brings other vectors."""
    first = view.choice.first

    def arrange() -> Index:
        with working(view.slot, f"Arranging {len(view.documents):,} documents for questions"):
            return Index(view.documents, vectorizer(), features=view.features)

    def vectorizer() -> JSONVectorizer:
        return JSONVectorizer.of(view.vocabulary, first.scheme, first.dimensions, first.seed)

    def with_vectors() -> Index:
        arranged = remembered("arranged", (view.loaded.key, first.features), arrange, most=INDEXES)
        return arranged.with_vectors(vectorizer(), view.vectors)

    return remembered("index", view.key, with_vectors, most=INDEXES)


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
