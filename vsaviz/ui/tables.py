"""Lists of documents: each drives the selection and follows it."""

from collections.abc import Sequence

import streamlit as st

from vsaviz.jsontext import short
from vsaviz.ui import selection
from vsaviz.ui.parts import literal
from vsaviz.ui.view import View

SHOWN_AT_MOST = 5_000
"""Lines of the table of documents; the map shows all."""


def neighbors_list(view: View, focus: int) -> None:
    """Show the nearest others of a document with their cosines; a click walks on to one."""
    rows, similarities = view.neighbors(focus)
    with st.container(key="neighbors", gap="xxsmall"):
        for rank, (row, cosine) in enumerate(zip(rows.tolist(), similarities.tolist(), strict=True)):
            name, bar = st.columns([3, 2], vertical_alignment="center", gap="small")
            name.button(
                literal(f"{view.ids[row]}  {view.titles[row]}"[:64]),
                key=f"neighbor_{rank}",
                type="tertiary",
                on_click=selection.walk_to,
                args=(view.loaded.key, row),
            )
            width = max(0.0, min(1.0, cosine))
            bar.html(
                f'<div class="vz-cosine"><span>{cosine:.2f}</span><i style="width:{width:.1%}"></i></div>'
            )


def documents_table(view: View, colors: Sequence[object], color_name: str) -> None:
    """Show the selected documents, or all of them; a click chooses one."""
    chosen = selection.current(view.loaded.key)
    rows = (list(chosen.rows) or list(range(len(view.documents))))[:SHOWN_AT_MOST]
    table = {"document": [view.ids[row] for row in rows]}
    if any(view.titles):
        table["about"] = [view.titles[row] for row in rows]
    if color_name:
        table[color_name] = [short(colors[row]) for row in rows]
    marked = [rows.index(chosen.focus)] if chosen.focus in rows else []
    key = f"documents {view.loaded.key} {chosen.turn}"
    with st.container(key="documents"):
        st.dataframe(
            table,
            key=key,
            hide_index=True,
            height=280,
            on_select=lambda: selection.take_table_event(key, view.loaded.key, rows),
            selection_mode="single-row",
            selection_default={"selection": {"rows": marked}},
        )
