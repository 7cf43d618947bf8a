"""What is asked: a document with changes, "this one, but in another city"."""

from typing import Any

import streamlit as st

from vsaviz.search import Hits, Index
from vsaviz.search.edits import edited
from vsaviz.search.examples import first_change
from vsaviz.ui import form, selection
from vsaviz.ui.parts import heading, working
from vsaviz.ui.question import Question, fields_of
from vsaviz.ui.tree import tree_html
from vsaviz.ui.view import View

CHANGED = "half the exact cosine, half the share of the changes"
PLAIN = "exact cosine"
ABOUT = (
    "Scores are exact, from all features. The cosine beside each is that of the vectors, "
    "with the changed document."
)


def like_a_document(view: View, index: Index) -> Question:
    """Show a choice of a document and of its changes, and return what they ask."""
    fields = fields_of(view)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        heading("Like")
        row = _choose(view)
        heading("but with", "other values of these fields")
        key = f"{view.loaded.key} {row}"
        changed = form.current("but", key, lambda: first_change(view.documents[row], fields))
        form.show(changed, fields, lambda _: None)
    with right:
        heading("The document", "as it is")
        st.html(f'<div class="vz-asked">{tree_html(view.documents[row])}</div>')
    changes = {fields[path].name: value for path, value in changed.rows}

    def find(weights: object, **how: Any) -> Hits:  # noqa: ARG001 - fields of a document are not weighed
        with working(view.slot, f"Comparing with {len(view.documents):,} documents"):
            return index.like(row, changes or None, **how)

    wanted = edited(view.documents[row], changes)
    return Question(wanted, [], CHANGED if changes else PLAIN, ABOUT, find)


def _choose(view: View) -> int:
    """Let a person choose a document, at first the one that is read on Explore."""
    key = f"like {view.loaded.key}"
    st.session_state.setdefault(key, selection.current(view.loaded.key).focus or 0)
    return st.selectbox(
        "Document",
        range(len(view.documents)),
        key=key,
        format_func=lambda row: f"{view.ids[row]}  {view.titles[row]}"[:90],
        label_visibility="collapsed",
    )
