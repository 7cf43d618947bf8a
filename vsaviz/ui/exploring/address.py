"""The address of Explore: all that makes the view of a shipped collection, to be passed on; and read again.

Of documents of one's own nothing ever stands in the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from vsaviz import shipped
from vsaviz.errors import InputError
from vsaviz.search.predicates import read_predicate
from vsaviz.selections import read_rows, rows_text
from vsaviz.ui import selection, weighing
from vsaviz.ui.comparing.address import cut, read, written
from vsaviz.ui.encoding import NONE, set_encoding
from vsaviz.ui.exploring import filters
from vsaviz.ui.exploring.choices import CHOICES
from vsaviz.ui.exploring.filters import asked
from vsaviz.ui.view import View

ENCODING, WEIGHT, WHERE, DOCUMENT, PAIR, ROWS = "encoding", "weight", "where", "document", "pair", "rows"
STARTED, READ, WRONG = "_explore started", "_explore read", "_explore wrong"
MOST = 30
"""Filters, and weights of fields, that an address may bring."""
LONGEST = 1_500
"""Characters of the rows in an address: mails and chats break longer ones."""

Parts = dict[str, str | list[str]]


def restore_encoding() -> None:
    """Set the sidebar, once a visit and before it is drawn, to the encodings that the address names."""
    if st.session_state.get(STARTED):
        return
    st.session_state[STARTED] = True
    found, wrong = read(st.query_params.get(ENCODING, ""))
    st.session_state[WRONG] = wrong
    if not found:
        return
    first = found[0]
    set_encoding(first)
    second = found[1].scheme if len(found) > 1 else NONE
    st.session_state["scheme2"] = second if second != first.scheme else NONE


def restore(view: View) -> list[str]:
    """Set the page, once a visit, to what the address says; return what was wrong in it, a sentence each."""
    if not st.session_state.get(READ):
        st.session_state[READ] = True
        wrong = st.session_state.setdefault(WRONG, [])
        if asked_for := st.query_params.get("collection"):
            if view.loaded.key == f"shipped {asked_for}":
                wrong += _restored(view)
            else:
                wrong.append(f"There is no collection {cut(asked_for)} to show: this is {view.loaded.name}.")
        if weighing.chosen(view.loaded.key) and st.query_params.get_all(WEIGHT):
            st.rerun()  # the vectors are others with these weights
    wrong = st.session_state.get(WRONG, [])
    st.session_state[WRONG] = []
    return list(wrong)


def _restored(view: View) -> list[str]:
    wrong: list[str] = []
    parts = [_restore_weights, _restore_filters, _restore_documents, *map(_restoring, CHOICES)]
    for part in parts:
        try:
            part(view)
        except InputError as error:
            wrong.append(f"Left out of what the address asks: {error}.")
    return wrong


def _restoring(name: str) -> Callable[[View], None]:
    """Return what sets a widget above the map to what the address says, if it says something."""

    def restore(view: View) -> None:
        asked_for = st.query_params.get(name)
        if asked_for is None:
            return
        try:
            CHOICES[name].set(view, asked_for)
        except InputError as error:
            raise InputError(f"{name} {error}") from None

    return restore


def _restore_weights(view: View) -> None:
    known = {field.name for field in view.by_rules.fields.values()}
    for text in st.query_params.get_all(WEIGHT)[:MOST]:
        number, _, name = text.partition(" ")
        try:
            weight = float(number)
        except ValueError:
            weight = -1.0
        if name not in known or not 0 <= weight <= weighing.HIGHEST:
            raise InputError(f"{cut(text)} is no weight of a field here")
        weighing.chosen(view.loaded.key)[name] = weight


def _restore_filters(view: View) -> None:
    predicates = st.query_params.get_all(WHERE)
    wrong, right = [], []
    for text in predicates[:MOST]:
        try:
            right.append(read_predicate(text).text)
        except InputError:
            wrong.append(cut(text))
    if right:
        filters.ask(view, right)
    if wrong:
        raise InputError(f"{', '.join(wrong)} asks nothing of a field")
    if len(predicates) > MOST:
        raise InputError(f"filter {MOST + 1} of {len(predicates):,}, and all behind it, is too much")


def _restore_documents(view: View) -> None:
    """Choose the document, the selection and the pair."""
    n = len(view.documents)
    given = {name: st.query_params.get(name, "") for name in (DOCUMENT, ROWS, PAIR)}
    rows = {name: read_rows(text, n) for name, text in given.items() if text}
    if len(rows.get(DOCUMENT, (0,))) != 1 or len(rows.get(PAIR, (0, 1))) != 2:
        raise InputError("document is one number, and pair are two")
    if DOCUMENT in rows or ROWS in rows:
        focus = rows[DOCUMENT][0] if DOCUMENT in rows else None
        selection.choose(view.loaded.key, focus, rows.get(ROWS, ()))
    if PAIR in rows:
        selection.show_pair(view.loaded.key, (rows[PAIR][0], rows[PAIR][1]))


@dataclass(frozen=True)
class Address:
    """An address, and what of the view it leaves out."""

    parts: Parts
    left_out: str = ""

    @property
    def url(self) -> str:
        """The whole address."""
        base = (st.context.url or "").split("?")[0]
        return f"{base}?{urlencode(self.parts, doseq=True)}"


def address(view: View) -> Address | None:
    """Return the address of the view; None for documents of one's own."""
    if view.loaded.key != f"shipped {view.loaded.name}" or view.loaded.name not in shipped.names():
        return None
    first, second = view.choice.first, view.choice.second
    parts: Parts = {
        "collection": view.loaded.name,
        ENCODING: written([one for one in (first, second) if one is not None]),
        WEIGHT: [f"{weight:g} {name}" for name, weight in first.features.field_weights],
        WHERE: list(asked(view).predicates),
        **{name: text for name, choice in CHOICES.items() if (text := choice.text(view))},
    }
    chosen = selection.current(view.loaded.key)
    rows = rows_text(chosen.rows)
    parts |= {
        DOCUMENT: "" if chosen.focus is None else str(chosen.focus),
        PAIR: rows_text(sorted(chosen.pair)).replace("-", ".") if chosen.pair else "",
        ROWS: rows if len(rows) <= LONGEST else "",
    }
    left_out = (
        "" if len(rows) <= LONGEST else f"the {len(chosen.rows):,} selected are too many for an address"
    )
    return Address({name: part for name, part in parts.items() if part}, left_out)


def bring_up_to_date(now: Address | None) -> None:
    """Write the view into the browser's address, so that it can be passed on, and comes back on reloading."""
    parts = now.parts if now else {}
    if {name: st.query_params.get_all(name) for name in st.query_params} != {
        name: part if isinstance(part, list) else [part] for name, part in parts.items()
    }:
        st.query_params.from_dict(parts)
