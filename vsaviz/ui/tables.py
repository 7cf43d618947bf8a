"""Lists of documents: each drives the selection and follows it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.jsontext import short
from vsaviz.ui import selection
from vsaviz.ui.exploring.shown import Shown
from vsaviz.ui.parts import literal
from vsaviz.ui.view import View
from vsaviz.ui.why import ask_why, is_costly, known_reasons, why_html

SHOWN_AT_MOST = 5_000
"""Lines of the table of documents; the map shows all."""


def neighbors_list(view: View, focus: int) -> dict[int, DeltaGenerator]:
    """Show the nearest others of a document with their cosines; a click walks on to one, or compares.

    Return the places for the reasons that are wanted and not said yet, by row.
    """
    rows, similarities = view.neighbors(focus)
    wanted: dict[int, DeltaGenerator] = {}
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
            wanted |= _reason(view, (focus, row), rank)
    return wanted


def _reason(view: View, pair: tuple[int, int], rank: int) -> dict[int, DeltaGenerator]:
    """Show why a neighbour is near, and what opens the pair; or return the place that waits for it."""
    with st.container(key=f"reason_{rank}", horizontal=True, wrap=False, gap="small"):
        place = st.empty()
        known = known_reasons(view, pair[0]).get(pair[1])
        asked = known is None and is_costly(view) and ask_why(f"why_{rank}")
        st.button(
            "compare",
            key=f"compare_{rank}",
            type="tertiary",
            on_click=selection.show_pair,
            args=(view.loaded.key, pair),
        )
    if known is not None:
        place.html(why_html(known))
        return {}
    return {} if is_costly(view) and not asked else {pair[1]: place}


def documents_table(view: View, shown: Shown) -> None:
    """Show the selected documents, or all of them; a click chooses one."""
    chosen = selection.current(view.loaded.key)
    rows = (list(chosen.rows) or list(range(len(view.documents))))[:SHOWN_AT_MOST]
    table = {"document": [view.ids[row] for row in rows]}
    if any(view.titles):
        table["about"] = [view.titles[row] for row in rows]
    if shown.color_name:
        table[shown.color_name] = [short(shown.colors[row]) for row in rows]
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
