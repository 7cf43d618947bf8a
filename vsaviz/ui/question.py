"""What is asked: a piece of JSON, written by a form or by hand; the two stay in step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from vsaviz.errors import InputError
from vsaviz.features.paths import collapsed
from vsaviz.jsontext import indented
from vsaviz.search import Hits, Index
from vsaviz.search.asking import askable_fields
from vsaviz.search.compose import Valued, composed, leaves
from vsaviz.search.examples import first_question
from vsaviz.search.written import read_json
from vsaviz.ui import form
from vsaviz.ui.form import Fields, Form
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, heading, notice
from vsaviz.ui.view import View

BOX = "ask_text"
TEXT = "_text of the question"
BOX_HEIGHT = 190
ABOUT = (
    "The share is exact, and 1 where all that is asked for is there. The cosine is that of the question's "
    "vector with the whole document's: the more else a document holds, the lower it is."
)


@dataclass(frozen=True)
class Question:
    """What is asked, and how it is found."""

    wanted: Any
    """The JSON that the question is on the map."""
    fields: list[str]
    """Those that can be weighed."""
    score: str
    """What answers are ranked by."""
    about: str
    """What the numbers mean."""
    find: Callable[..., Hits]
    """Of the index: takes k, where, without, weights."""
    of_all: bool = False
    """Whether a collection on disk, of which the documents are a sample, can be asked it too."""


def fields_of(view: View) -> Fields:
    """Return the fields that can be asked for."""
    return remembered("askable", view.loaded.key, lambda: askable_fields(view.by_rules))


def piece_of_json(view: View, index: Index) -> Question | None:
    """Show the form beside the box, in step, and return what they ask."""
    fields = fields_of(view)
    fresh = form.current("ask", view.loaded.key, lambda: first_question(view.documents, fields))
    if st.session_state.get(TEXT, ("", ""))[0] != view.loaded.key:
        _write(fresh)
    st.session_state.setdefault(BOX, st.session_state[TEXT][1])
    left, right = st.columns([3, 2], gap="medium")
    with left:
        heading("Form", "fields by the share of documents that have them")
        form.show(fresh, fields, _write)
    with right:
        heading("JSON", "what the form writes; edit it and it counts")
        st.text_area(
            "The question as JSON",
            key=BOX,
            height=BOX_HEIGHT,
            label_visibility="collapsed",
            on_change=lambda: _read(view, fields, fresh),
        )
    query = _asked(view, fields, fresh)
    if query is None:
        caption("Add a field, or write a piece of JSON: documents that hold the most of it come first.")
        return None
    return Question(
        query,
        index.fields_of(query),
        "share held",
        ABOUT,
        lambda **how: index.search(query, **how),
        of_all=True,
    )


def _asked(view: View, fields: Fields, fresh: Form) -> Any:
    """Return what stands in the box; while that is no JSON, say where and return what the form says."""
    text = st.session_state[BOX]
    if not text.strip():
        return None
    try:
        query = _json(text)
    except InputError as error:
        notice(f"{error}. Until then the answers are those of the form.", "error")
        return composed(_values(fresh))
    shown = len(_rows(view, fields, query))
    hidden = len(leaves(query)) - shown
    if hidden:
        caption(
            f"{hidden} of {hidden + shown} values are in the JSON alone: a change of the form drops them."
        )
    return query


def _values(fresh: Form) -> list[Valued]:
    """Return the rows that ask for something: an empty text is one that is still to be written."""
    return [(path, value) for path, value in fresh.rows if value != ""]


def _json(text: str) -> Any:
    return read_json(text.encode("utf-8", "surrogatepass"), "JSON")


def _write(fresh: Form) -> None:
    """Write what the form says into the box."""
    values = _values(fresh)
    text = indented(composed(values)) if values else ""
    st.session_state[BOX] = text
    st.session_state[TEXT] = (fresh.collection, text)


def _read(view: View, fields: Fields, fresh: Form) -> None:
    """Fill the form with what stands in the box; text that is no JSON leaves the form as it is."""
    text = st.session_state[BOX]
    st.session_state[TEXT] = (view.loaded.key, text)
    try:
        query = _json(text)
    except InputError:
        return
    form.refill(fresh, _rows(view, fields, query))


def _rows(view: View, fields: Fields, query: Any) -> list[Valued]:
    """Return the values of a question that the form can show."""
    found = [(collapsed(path, view.vocabulary.fixed), value) for path, value in leaves(query)]
    return [(path, value) for path, value in found if path in fields and not isinstance(value, dict | list)]
