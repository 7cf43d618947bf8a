"""Filters by field: a line of conditions, all of which hold for the documents that are left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np
import streamlit as st

from vsaviz.features.paths import Path, field_path
from vsaviz.search.columns import Column, column_at, kept_rows
from vsaviz.search.conditions import Condition, read_conditions
from vsaviz.search.predicates import read_predicate
from vsaviz.ui import selection
from vsaviz.ui.exploring.filter_entries import Entry, set_condition
from vsaviz.ui.exploring.shown import Rows
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, literal, working
from vsaviz.ui.view import View

PLACE = "_filters"
OFFERED = 2_000
"""Fields to choose from, those of the most documents; the others can be written."""
COLUMNS = 24
"""Of fields that are filtered by, kept in a visit."""
LETTERS = 48


@dataclass(frozen=True)
class Asked:
    """The conditions on one collection; ``turn`` counts the changes after which widgets begin anew."""

    conditions: tuple[Condition, ...] = ()
    turn: int = 0

    @property
    def predicates(self) -> tuple[str, ...]:
        """What all conditions say."""
        return tuple(text for one in self.conditions for text in one.predicates)

    def key(self, part: str, number: int = 0) -> str:
        """Return the name of a widget."""
        return f"filter_{part} {self.turn} {number}"


def asked(view: View) -> Asked:
    """Return the conditions that are set on the documents of a view."""
    kept: Asked = st.session_state.setdefault(PLACE, {}).get(view.loaded.key, Asked())
    return kept


def ask(view: View, predicates: Sequence[str]) -> None:
    """Set the conditions that predicates say, instead of those that are set.

    Raises
    ------
    InputError
        If one is no predicate.
    """
    _keep(view, Asked(tuple(read_conditions(predicates)), asked(view).turn + 1))


def filtered_rows(view: View) -> Rows | None:
    """Return the documents that the conditions leave, ascending; None where nothing is asked."""
    predicates = asked(view).predicates
    if not predicates:
        return None

    def work() -> Rows:
        read = [read_predicate(text) for text in predicates]
        steps = kept_rows(read, len(view.documents), lambda path: _column(view, path))
        return np.flatnonzero(steps[-1])

    return remembered("filtered", (view.loaded.key, predicates), work)


def filters(view: View) -> Rows | None:
    """Show the conditions, each to be changed, and how many documents they leave; return which."""
    now = asked(view)
    with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="small"):
        _add(view, now)
        for number, condition in enumerate(now.conditions):
            _chip(view, now, number, condition)
        kept = filtered_rows(view)
        if kept is not None:
            _left(view, kept)
    return kept


def _left(view: View, kept: Rows) -> None:
    """Say how many documents are left, and offer to select them, or to take all filters away."""
    st.html(
        f'<p class="vz-caption" role="status">{len(kept):,} of {len(view.documents):,} documents</p>',
        width="content",
    )
    chosen = selection.current(view.loaded.key)
    st.button(
        "Select them",
        key="filter_select",
        type="tertiary",
        disabled=not len(kept),
        help="What is selected can be compared with the others, named, and taken away.",
        on_click=lambda: selection.choose(view.loaded.key, chosen.focus, kept.tolist()),
    )
    st.button(
        "Clear filters",
        key="filter_clear",
        type="tertiary",
        on_click=lambda: _keep(view, Asked((), asked(view).turn + 1)),
    )


def _add(view: View, now: Asked) -> None:
    """Show what adds a filter: the field; how it is asked for is said in the filter itself, which opens."""
    by_name = remembered("filter fields", view.loaded.key, lambda: _fields(view))
    key = now.key("add")

    def add() -> None:
        name = st.session_state[key]
        entry = Entry(_column(view, by_name[name]), _kind(view, by_name[name]), "")
        new = Asked((*now.conditions, Condition(name, entry.ways[0])), now.turn + 1)
        _keep(view, new)
        st.session_state[new.key("chip", len(now.conditions))] = True

    with st.popover("Filter", icon=":material/filter_alt:", type="tertiary", key=now.key("more")):
        st.selectbox(
            "Field to filter by",
            list(by_name),
            index=None,
            placeholder="a field",
            key=key,
            on_change=add,
        )
        caption("Documents are kept for which all filters hold. In an array, some item must be so.")


def _chip(view: View, now: Asked, number: int, condition: Condition) -> None:
    text = condition.text
    label = literal(text if len(text) <= LETTERS else text[: LETTERS - 1] + "…")

    def keep(changed: Condition) -> None:
        latest = asked(view)
        if latest.turn != now.turn:  # what was changed in the same moment has moved the filters
            return
        conditions = list(latest.conditions)
        conditions[number] = changed
        _keep(view, replace(latest, conditions=tuple(conditions)))

    def drop() -> None:
        latest = asked(view)
        rest = latest.conditions[:number] + latest.conditions[number + 1 :]
        _keep(view, Asked(rest, latest.turn + 1))

    with st.popover(label, key=now.key("chip", number), on_change="rerun") as chip:
        if not chip.open:
            return
        st.html(f'<p class="vz-caption"><b>{escape(condition.name)}</b></p>')
        path = field_path(condition.name)
        entry = Entry(_column(view, path), _kind(view, path), now.key("set", number))
        set_condition(entry, condition, keep)
        st.button("Take this filter away", key=now.key("drop", number), type="tertiary", on_click=drop)


def _keep(view: View, now: Asked) -> None:
    st.session_state.setdefault(PLACE, {})[view.loaded.key] = now


def _fields(view: View) -> dict[str, Path]:
    ordered = sorted(view.by_rules.fields.items(), key=lambda item: -item[1].documents)
    return {field.name: path for path, field in ordered[:OFFERED]}


def _kind(view: View, path: Path) -> str:
    field = view.by_rules.fields.get(path)
    return field.kind if field else ""


def _column(view: View, path: Path) -> Column:
    """Return the values of a field; read once, and kept for the next filter on it."""

    def read() -> Column:
        with working(view.slot, f"Reading one field of {len(view.documents):,} documents"):
            return column_at(view.documents, path)

    return remembered("filter column", (view.loaded.key, path), read, COLUMNS)
