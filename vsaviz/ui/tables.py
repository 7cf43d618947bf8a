"""Lists of documents: each drives the selection and follows it."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.jsontext import short
from vsaviz.ui import selection
from vsaviz.ui.exploring.shown import Rows, Shown
from vsaviz.ui.parts import caption, literal
from vsaviz.ui.view import View
from vsaviz.ui.why import ask_why, is_costly, known_reasons, why_html

LINES = 2_000
"""Of the table of documents on one page; the map shows all."""
LETTERS = 200
"""Of a cell."""


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
    """Show the selected documents, else what a search found, else all; of filtered ones what is left.

    A click chooses one. Only a page of lines goes to the browser.
    """
    chosen = selection.current(view.loaded.key)
    rows = _listed(view, shown, chosen.rows)
    with st.container(key="documents"):
        page = _page(rows, chosen, view.loaded.key)
        lines = rows[page * LINES : (page + 1) * LINES].tolist()
        table = {"document": [view.ids[row] for row in lines]}
        if any(view.titles):
            table["about"] = [view.titles[row][:LETTERS] for row in lines]
        if shown.color_name:
            name = shown.color_name if shown.color_name not in table else f"{shown.color_name} (colour)"
            table[name] = [short(shown.colors[row])[:LETTERS] for row in lines]
        key = f"documents {view.loaded.key} {chosen.turn} {page}"
        st.dataframe(
            table,
            key=key,
            hide_index=True,
            height=280,
            on_select=lambda: selection.take_table_event(key, view.loaded.key, lines),
            selection_mode="single-row",
            selection_default={
                "selection": {"rows": [lines.index(chosen.focus)] if chosen.focus in lines else []}
            },
        )


def _listed(view: View, shown: Shown, selected: tuple[int, ...]) -> Rows:
    """Return the rows that the table lists, ascending."""
    rows = np.asarray(selected, np.int64) if selected else shown.lit
    rows = rows if len(rows) else np.arange(len(view.documents))
    return rows if shown.kept is None else rows[np.isin(rows, shown.kept)]


def _page(rows: Rows, chosen: selection.Selection, collection: str) -> int:
    """Return which page of lines is shown, first that of the document that is read."""
    pages = -(-len(rows) // LINES)
    if pages < 2:
        return 0
    at = np.flatnonzero(rows == (-1 if chosen.focus is None else chosen.focus))
    first = int(at[0]) // LINES if len(at) else 0
    with st.container(horizontal=True, vertical_alignment="center"):
        key = f"page {collection} {chosen.turn} {len(rows)}"
        page = st.pagination(pages, default=first + 1, key=key) - 1
        caption(f"Lines {page * LINES + 1:,} to {min(len(rows), (page + 1) * LINES):,} of {len(rows):,}.")
    return page
