"""A form built from the collection's own fields: which field, and what value it shall have.

The rows are kept apart from their widgets, so that they outlast a visit to another page. ``turn`` counts the
changes after which the widgets begin anew with the values of the rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.features.paths import Path
from vsaviz.search.asking import Askable
from vsaviz.search.compose import Valued
from vsaviz.search.examples import shortened
from vsaviz.ui.entries import ENTRIES

OFFERED = 1_000
"""Fields to choose from, those of the most documents."""

Fields = Mapping[Path, Askable]
Take = Callable[..., None]


@dataclass(frozen=True)
class Form:
    """The rows of a form: a field and its value each."""

    name: str
    collection: str
    rows: tuple[Valued, ...]
    turn: int = 0

    def key(self, part: str, row: int) -> str:
        """Return the name of a widget."""
        return f"{self.name}_{part} {self.turn} {row}"


def current(name: str, collection: str, first: Callable[[], Sequence[Valued]]) -> Form:
    """Return a form as it is; for another collection it begins with its ``first`` rows."""
    form = st.session_state.get(_place(name))
    if form is None or form.collection != collection:
        form = Form(name, collection, tuple(first()), form.turn + 1 if form else 0)
        _keep(form)
    return form


def refill(form: Form, rows: Sequence[Valued]) -> None:
    """Give a form other rows."""
    _keep(replace(form, rows=tuple(rows), turn=form.turn + 1))


def show(form: Form, fields: Fields, changed: Callable[[Form], None]) -> None:
    """Show a form; ``changed`` is called with its new rows before the page runs again."""
    take = _taking(form, changed)
    with st.container(key=f"{form.name}_form", gap="xsmall"):
        for row, (path, value) in enumerate(form.rows):
            which, what, away = st.columns([12, 12, 1], gap="small", vertical_alignment="center")
            _field(which, form, row, fields, take)
            _value(what, form, row, fields[path], value, take)
            away.button("×", key=form.key("remove", row), type="tertiary", on_click=take, args=(row, None))
        unused = [path for path in fields if path not in dict(form.rows)] or list(fields)
        st.button(
            "Add a field",
            key=f"{form.name}_add",
            type="tertiary",
            icon=":material/add:",
            on_click=take,
            args=(len(form.rows), _begun(fields[unused[0]]) if unused else None),
            disabled=not unused,
        )


def _taking(form: Form, changed: Callable[[Form], None]) -> Take:
    """Return what replaces a row, or takes it away; its widgets begin anew unless ``turn`` is False."""

    def take(row: int, valued: Valued | None, turn: bool = True) -> None:
        now = st.session_state[_place(form.name)]
        if now.turn != form.turn:  # what was changed in the same moment has moved the rows
            return
        rows = list(now.rows)
        rows[row : row + 1] = [] if valued is None else [valued]
        new = replace(now, rows=tuple(rows), turn=now.turn + turn)
        _keep(new)
        changed(new)

    return take


def _keep(form: Form) -> None:
    st.session_state[_place(form.name)] = form


def _place(name: str) -> str:
    return f"_form {name}"


def _begun(field: Askable) -> Valued:
    """Return a field with the value that a new row has."""
    return field.path, shortened(field.frequent[0])


def _field(place: DeltaGenerator, form: Form, row: int, fields: Fields, take: Take) -> None:
    key = form.key("field", row)
    by_name = {field.name: field for field in list(fields.values())[:OFFERED]}
    own = fields[form.rows[row][0]]
    by_name[own.name] = own
    st.session_state.setdefault(key, own.name)
    place.selectbox(
        "Field",
        list(by_name),
        key=key,
        format_func=lambda name: f"{name}  ({by_name[name].share:.0%})",
        label_visibility="collapsed",
        on_change=lambda: take(row, _begun(by_name[st.session_state[key]])),
    )


def _value(place: DeltaGenerator, form: Form, row: int, field: Askable, value: Any, take: Take) -> None:
    key = form.key("value", row)

    def keep(value: Any) -> None:
        take(row, (field.path, value), turn=False)

    ENTRIES[field.control(value)](place, key, field, value, keep)
