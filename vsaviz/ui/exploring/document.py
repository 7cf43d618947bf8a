"""The chosen document as a tree, and its neighbours."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.jsontext import indented
from vsaviz.ui import selection
from vsaviz.ui.parts import caption, heading
from vsaviz.ui.tables import neighbors_list
from vsaviz.ui.tree import tree_html
from vsaviz.ui.view import View


def chosen_document(view: View) -> dict[int, DeltaGenerator]:
    """Show the chosen document as a tree, and its neighbours; return the places of reasons not said yet."""
    focus = selection.current(view.loaded.key).focus
    if focus is None or focus >= len(view.documents):
        heading("No document chosen")
        caption("Click a point on the map, or a line of the table below, to read it and see what is like it.")
        return {}
    title = f'<div class="vz-title">{escape(view.titles[focus])}</div>' if view.titles[focus] else ""
    st.html(f'<div class="vz-id">{escape(view.ids[focus])}</div>{title}{tree_html(view.documents[focus])}')
    unexplained: dict[int, DeltaGenerator] = {}
    if len(view.documents) > 1:
        heading("Nearest", "click one to walk on, or compare")
        unexplained = neighbors_list(view, focus)
    else:
        caption("There is no other document to compare it with.")
    with st.popover("Copy as JSON"):
        st.code(indented(view.documents[focus])[:200_000], language="json", height=360)
    return unexplained
