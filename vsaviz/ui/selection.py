"""Which documents are chosen: one state for the maps, the table and the neighbours.

An event is copied here the moment it comes. A redrawn chart is a new one to Streamlit and has no event, so
that redrawing neither clears nor repeats a selection.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st


@dataclass(frozen=True)
class Selection:
    """What is chosen in one collection.

    ``focus`` is the document that is read, ``rows`` are those that a box or lasso took. ``turn`` counts the
    changes made outside the table: it is then drawn anew with its mark in the right place.
    """

    collection: str
    focus: int | None = None
    rows: tuple[int, ...] = ()
    turn: int = 0


def current(collection: str) -> Selection:
    """Return what is chosen in a collection; another collection starts with nothing chosen."""
    selection = st.session_state.get("_selection")
    if selection is None or selection.collection != collection:
        selection = st.session_state["_selection"] = Selection(collection)
    return selection


def choose(collection: str, focus: int | None, rows: Sequence[int] = ()) -> None:
    """Choose one document, and the rows among which it stands."""
    turn = current(collection).turn + 1
    st.session_state["_selection"] = Selection(collection, focus, tuple(rows), turn)


def walk_to(collection: str, row: int) -> None:
    """Choose another document, and keep the selected rows."""
    choose(collection, row, current(collection).rows)


def take_map_event(widget: str, collection: str) -> None:
    """Copy the event of a map: one point is a choice, several are a selection, none clear the selection."""
    points = st.session_state[widget]["selection"]["points"]
    rows = sorted({int(point["customdata"]) for point in points if "customdata" in point})
    if len(rows) == 1:
        walk_to(collection, rows[0])
    elif rows:
        choose(collection, current(collection).focus, rows)
    else:
        choose(collection, current(collection).focus)


def take_table_event(widget: str, collection: str, shown: Sequence[int]) -> None:
    """Copy the event of a table whose lines are the documents ``shown``."""
    lines = st.session_state[widget]["selection"]["rows"]
    if lines:
        st.session_state["_selection"] = replace(current(collection), focus=shown[lines[0]])
