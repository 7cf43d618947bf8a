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

    ``focus`` is the document that is read, ``rows`` are those that a box or lasso took, ``pair`` are the two
    that stand side by side. ``turn`` counts the changes made outside the table: it is then drawn anew with
    its mark in the right place. ``closed`` counts the pairs put away: the matrix is then drawn without mark.
    """

    collection: str
    focus: int | None = None
    rows: tuple[int, ...] = ()
    turn: int = 0
    pair: tuple[int, int] | None = None
    closed: int = 0

    def beside(self, pair: tuple[int, int] | None) -> "Selection":
        """Return the same with another pair side by side, or none."""
        return replace(self, pair=pair, closed=self.closed + (pair is None))

    def reading(self, focus: int | None) -> "Selection":
        """Return the same with another document read; a pair that it is not of has had its time."""
        stays = self.pair is None or focus == self.focus or focus in self.pair
        return replace(self if stays else self.beside(None), focus=focus)


def current(collection: str) -> Selection:
    """Return what is chosen in a collection; another collection starts with nothing chosen."""
    selection = st.session_state.get("_selection")
    if selection is None or selection.collection != collection:
        selection = st.session_state["_selection"] = Selection(collection)
    return selection


def choose(collection: str, focus: int | None, rows: Sequence[int] = ()) -> None:
    """Choose one document, and the rows among which it stands."""
    before = current(collection)
    after = replace(before.reading(focus), rows=tuple(rows), turn=before.turn + 1)
    st.session_state["_selection"] = after


def walk_to(collection: str, row: int) -> None:
    """Choose another document, and keep the selected rows."""
    choose(collection, row, current(collection).rows)


def show_pair(collection: str, pair: tuple[int, int] | None) -> None:
    """Put two documents side by side; None puts them away."""
    st.session_state["_selection"] = current(collection).beside(pair)
    st.session_state["_bring pair"] = pair is not None


def pair_is_new() -> bool:
    """Whether a pair has been opened since this was last asked."""
    return bool(st.session_state.pop("_bring pair", False))


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


def take_matrix_event(widget: str, collection: str, shown: Sequence[int]) -> None:
    """Copy the event of a matrix of the documents ``shown``: a cell is a pair."""
    points = st.session_state[widget]["selection"]["points"]
    if points:
        one, other = divmod(int(points[0]["customdata"]), len(shown))
        show_pair(collection, (int(shown[one]), int(shown[other])))


def take_table_event(widget: str, collection: str, shown: Sequence[int]) -> None:
    """Copy the event of a table whose lines are the documents ``shown``."""
    lines = st.session_state[widget]["selection"]["rows"]
    if lines:
        st.session_state["_selection"] = current(collection).reading(shown[lines[0]])
