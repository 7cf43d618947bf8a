"""The search above the map: a text in keys and values, and the documents that have it."""

from html import escape

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.search.finding import Found, Place, Texts
from vsaviz.ui import selection
from vsaviz.ui.exploring.shown import Rows
from vsaviz.ui.memory import remembered
from vsaviz.ui.running import run
from vsaviz.ui.view import View

TOLD = 4
"""Places that are named."""
LETTERS = 40


def search_box(place: DeltaGenerator, view: View) -> str:
    """Show the box; return what stands in it."""
    text = place.text_input(
        "Search",
        key=f"search {view.loaded.key}",
        placeholder="in keys and values",
        persist_state="session",
        help="Plain text in any key, string or number, whatever its case. What has it is lit on the map.",
    )
    return (text or "").strip()


def looked_for(view: View, text: str) -> Rows:
    """Return the documents that have a text, and say where it was found."""
    if not text:
        return np.empty(0, np.int64)
    texts = run(
        "texts",
        view.loaded.key,
        lambda bar: Texts(view.documents, bar),
        f"Reading the keys and values of {len(view.documents):,} documents",
        most=1,
    )
    if texts is None:
        return np.empty(0, np.int64)
    found = remembered("found", (view.loaded.key, text), lambda: texts.find(text))
    with st.container(key="found", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="vz-caption">{escape(told(found))}</p>', width="content")
        if len(found.rows):
            st.button(
                "Select them", key="select_found", type="tertiary", on_click=_select, args=(view, found.rows)
            )
    return found.rows


def _select(view: View, rows: Rows) -> None:
    key = view.loaded.key
    selection.choose(key, selection.current(key).focus, rows.tolist())


def told(found: Found) -> str:
    """Return in a line what was found, and where.

    >>> from vsaviz.search.finding import Texts
    >>> told(Texts([{"city": "Bern"}, {"notes": "to Bern"}, {"berne": 1}]).find("bern"))
    '3 documents: 1 in city, 1 in notes, 1 with the key berne.'
    """
    n = len(found.rows)
    if not n:
        return f"No document has “{found.text[:LETTERS]}” in a key, string or number."
    places = [_told(place) for place in found.places[:TOLD]]
    more = len(found.places) - TOLD
    if more > 0:
        places.append(f"and {more:,} more places")
    return f"{n:,} document{'s' * (n > 1)}: {', '.join(places)}."


def _told(place: Place) -> str:
    name = place.field if len(place.field) <= LETTERS else f"…{place.field[1 - LETTERS :]}"
    return f"{place.n:,} {'with the key' if place.of_key else 'in'} {name}"
