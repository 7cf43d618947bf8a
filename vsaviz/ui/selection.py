"""Which documents are chosen: one state for the maps, the table and the neighbours.

An event is copied here the moment it comes. A redrawn chart is a new one to Streamlit and has no event, so
that redrawing neither clears nor repeats a selection.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import streamlit as st

REMEMBERED = 1_000_000
"""Rows of former selections that are kept, to go back to."""

Rows = tuple[int, ...]


@dataclass(frozen=True)
class Selection:
    """What is chosen in one collection.

    ``focus`` is the document that is read, ``rows`` are those that a box or lasso took, ``pair`` are the two
    that stand side by side. ``turn`` counts the changes made outside the table: it is then drawn anew with
    its mark in the right place. ``closed`` counts the pairs put away: the matrix is then drawn without mark.
    ``past`` are the selections before this one, the last one last; ``future`` are those that were undone.
    """

    collection: str
    focus: int | None = None
    rows: Rows = ()
    turn: int = 0
    pair: tuple[int, int] | None = None
    closed: int = 0
    past: tuple[Rows, ...] = field(default=(), repr=False)
    future: tuple[Rows, ...] = field(default=(), repr=False)

    def selecting(self, rows: Sequence[int]) -> "Selection":
        """Return the same with other rows selected; the way back to these is kept."""
        if tuple(rows) == self.rows:
            return replace(self, turn=self.turn + 1)
        return replace(
            self, rows=tuple(rows), turn=self.turn + 1, past=_kept((*self.past, self.rows)), future=()
        )

    def undone(self) -> "Selection":
        """Return the same as it was before the last selection, if there was one."""
        if not self.past:
            return self
        *past, rows = self.past
        future = (*self.future, self.rows)
        return replace(self, rows=rows, turn=self.turn + 1, past=tuple(past), future=future)

    def redone(self) -> "Selection":
        """Return the same with the selection that was undone last, if there is one."""
        if not self.future:
            return self
        *future, rows = self.future
        past = (*self.past, self.rows)
        return replace(self, rows=rows, turn=self.turn + 1, past=past, future=tuple(future))

    def beside(self, pair: tuple[int, int] | None) -> "Selection":
        """Return the same with another pair side by side, or none."""
        return replace(self, pair=pair, closed=self.closed + (pair is None))

    def reading(self, focus: int | None) -> "Selection":
        """Return the same with another document read; a pair that it is not of has had its time."""
        stays = self.pair is None or focus == self.focus or focus in self.pair
        return replace(self if stays else self.beside(None), focus=focus)


def _kept(past: tuple[Rows, ...]) -> tuple[Rows, ...]:
    """Return the latest of former selections, as many as memory is given to; the last one always."""
    sizes = list(accumulate(len(rows) + 1 for rows in reversed(past)))
    return past[-max(1, sum(size <= REMEMBERED for size in sizes)) :]


def current(collection: str) -> Selection:
    """Return what is chosen in a collection; another collection starts with nothing chosen."""
    selection = st.session_state.get("_selection")
    if selection is None or selection.collection != collection:
        selection = st.session_state["_selection"] = Selection(collection)
    return selection


def choose(collection: str, focus: int | None, rows: Sequence[int] = ()) -> None:
    """Choose one document, and the rows among which it stands."""
    st.session_state["_selection"] = current(collection).reading(focus).selecting(rows)


def undo(collection: str) -> None:
    """Go back to the selection before."""
    st.session_state["_selection"] = current(collection).undone()


def redo(collection: str) -> None:
    """Take back the last undoing."""
    st.session_state["_selection"] = current(collection).redone()


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


def take_picked(widget: str, collection: str) -> None:
    """Copy the event of the map of Explore: a point is a choice, an area a selection, an empty one clears."""
    picked = st.session_state[widget]["picked"]
    rows = sorted({int(row) for row in picked["rows"]})
    if picked["how"] == "point" and rows:
        walk_to(collection, rows[0])
    else:
        choose(collection, current(collection).focus, rows)


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
