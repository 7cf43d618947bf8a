"""Selections with names: kept in the visit, opened, combined, compared, saved to a file and read from one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from vsaviz.errors import InputError
from vsaviz.selections import COMBINED, LONGEST_NAME, read_selections, write_selections
from vsaviz.ui import selection
from vsaviz.ui.exploring.file_names import file_name
from vsaviz.ui.parts import caption, literal, notice
from vsaviz.ui.selection import Rows
from vsaviz.ui.view import View

PLACE = "_named"
COMPARED = "_named compared"
SAID = "_named said"
MOST = 50
"""Selections with names in a visit, for one collection."""


def named(view: View) -> dict[str, Rows]:
    """Return the selections that have names, in the order in which they got them."""
    kept: dict[str, Rows] = st.session_state.setdefault(PLACE, {}).setdefault(view.loaded.key, {})
    return kept


def compared(view: View) -> tuple[str, str] | None:
    """Return the names of the two selections that are compared, if both are there still."""
    pair: tuple[str, str] | None = st.session_state.setdefault(COMPARED, {}).get(view.loaded.key)
    return pair if pair and all(name in named(view) for name in pair) else None


def compare(view: View, pair: tuple[str, str] | None) -> None:
    """Compare two named selections; None ends it."""
    st.session_state.setdefault(COMPARED, {})[view.loaded.key] = pair


def undo_and_redo(view: View) -> None:
    """Show what takes back the last change of the selection, and what brings it again."""
    chosen = selection.current(view.loaded.key)
    for label, icon, there, act in (
        ("Undo", ":material/undo:", chosen.past, selection.undo),
        ("Redo", ":material/redo:", chosen.future, selection.redo),
    ):
        st.button(
            label,
            icon=icon,
            key=f"selection_{label.lower()}",
            type="tertiary",
            disabled=not there,
            help="Of the selection: box, lasso, filters and names alike.",
            on_click=act,
            args=(view.loaded.key,),
        )


def selections(view: View) -> None:
    """Show what can be done with selections, behind one button that counts them."""
    there = named(view)
    label = f"Selections ({len(there)})" if there else "Selections"
    with st.popover(label, type="tertiary", key="selections"):
        _keep_this(view)
        for number, (name, rows) in enumerate(there.items()):
            _line(view, number, name, rows)
        if len(there) > 1:
            _two(view, list(there))
        _file(view)


def _keep_this(view: View) -> None:
    rows = selection.current(view.loaded.key).rows
    if not rows:
        caption("Take documents with box or lasso, or filter and select them: here they get a name.")
        return

    def keep() -> None:
        name = st.session_state["selection_name"].strip() or f"selection {len(named(view)) + 1}"
        named(view)[name[:LONGEST_NAME]] = rows
        st.session_state["selection_name"] = ""

    st.text_input(
        f"Name for the {len(rows):,} selected",
        key="selection_name",
        max_chars=LONGEST_NAME,
        placeholder=f"selection {len(named(view)) + 1}",
    )
    st.button("Keep", key="selection_keep", on_click=keep, disabled=len(named(view)) >= MOST)


def _line(view: View, number: int, name: str, rows: Rows) -> None:
    """Show one selection: a click opens it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            literal(f"{name} ({len(rows):,})"),
            key=f"selection_open_{number}",
            type="tertiary",
            on_click=_open,
            args=(view, rows),
        )
        st.button(
            literal(f"Delete {name}"),
            key=f"selection_delete_{number}",
            type="tertiary",
            on_click=_delete,
            args=(view, name),
        )


def _delete(view: View, name: str) -> None:
    named(view).pop(name, None)


def _open(view: View, rows: Rows) -> None:
    selection.choose(view.loaded.key, selection.current(view.loaded.key).focus, rows)


@dataclass(frozen=True)
class _Two:
    one: str
    how: str
    other: str


def _two(view: View, names: list[str]) -> None:
    """Show what makes a third selection of two, and what compares them."""
    places = st.columns([3, 3, 3])
    options: list[tuple[str, list[Any]]] = [("One", names), ("How", list(COMBINED)), ("Other", names)]
    given = [
        place.selectbox(label, choices, index=int(label == "Other"), key=f"selection_{label.lower()}")
        for place, (label, choices) in zip(places, options, strict=True)
    ]
    two = _Two(*given)
    rows = {name: np.array(named(view)[name], np.int64) for name in (two.one, two.other)}
    both = COMBINED[two.how](rows[two.one], rows[two.other])
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"Select these {len(both):,}",
            key="selection_combine",
            disabled=not len(both),
            on_click=_open,
            args=(view, tuple(both.tolist())),
        )
        st.button(
            "Compare the two",
            key="selection_compare",
            disabled=two.one == two.other,
            on_click=compare,
            args=(view, (two.one, two.other)),
        )


def _file(view: View) -> None:
    """Show what saves all to a file, and what reads one."""
    there = dict(named(view))
    if there:
        name = view.loaded.name
        st.download_button(
            "Save all to a file",
            lambda: write_selections(name, there, view.ids),
            file_name(name, "selections", ".json"),
            "application/json",
            key="selections_save",
            on_click="ignore",
        )
    st.file_uploader(
        "Load from a file",
        type="json",
        key="selections_load",
        on_change=lambda: _load(view),
        help="A file that was saved here: names, and the ids of their documents.",
    )
    for text, kind in st.session_state.pop(SAID, []):
        notice(text, kind)


def _load(view: View) -> None:
    given = st.session_state["selections_load"]
    if given is None:
        return
    try:
        found = read_selections(given.getvalue(), view.ids)
    except InputError as error:
        st.session_state[SAID] = [(str(error), "error")]
        return
    room = MOST - len(named(view))
    taken = dict(list(found.rows.items())[:room])
    named(view).update(taken)
    said = f"{len(taken):,} of {len(found.rows):,} selections loaded."
    strangers = f" {found.strangers:,} ids in them are of no document here." if found.strangers else ""
    st.session_state[SAID] = [(said + strangers, "warning" if strangers else "info")]
