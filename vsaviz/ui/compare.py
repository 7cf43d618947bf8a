"""Compare: the same documents under two to six settings, side by side."""

from typing import Any

import streamlit as st

from vsaviz.errors import InputError
from vsaviz.project import METHODS
from vsaviz.selections import read_rows, rows_text
from vsaviz.ui import selection
from vsaviz.ui.comparing.address import cut, written
from vsaviz.ui.comparing.agreement import agreement_section
from vsaviz.ui.comparing.compared import compared
from vsaviz.ui.comparing.document import document_section, lists_of
from vsaviz.ui.comparing.export import Shown, export_section
from vsaviz.ui.comparing.fidelity import fidelity_section
from vsaviz.ui.comparing.maps import COLOR, PROJECTION, controls, show_maps
from vsaviz.ui.comparing.settings import ADDRESS, choose_settings
from vsaviz.ui.exploring.address import LONGEST, ROWS
from vsaviz.ui.exploring.coloring import color_names
from vsaviz.ui.shell import current_view
from vsaviz.ui.view import View

READ = "_compare read"


def main() -> None:
    """Show the page."""
    view = current_view()
    chosen = choose_settings(view.choice.first, _read_address(view))
    color, method = controls(view)
    _write_address(view, written(chosen.encodings), color, method)
    of = compared(view, chosen.encodings)
    lists = lists_of(of)
    maps = show_maps(of, color, method, lists)
    document_section(of, lists)
    reading = agreement_section(of)
    found = fidelity_section(of)
    agreement = of.agreement() if len(of.rows) > 1 else None
    focus = selection.current(view.loaded.key).focus
    name = view.ids[focus] if focus is not None else ""
    export_section(Shown(of, maps, reading, agreement, lists, name, found))


def _read_address(view: View) -> list[str]:
    """Take from the address, once a visit, colours, projection and document; return what is wrong there."""
    if st.session_state.get(READ):
        return []
    st.session_state[READ] = True
    asked = st.query_params
    wrong = []
    by_name = {name: path for path, name in color_names(view).items()}
    for name, place, choices in (
        (COLOR, COLOR, by_name),
        (PROJECTION, PROJECTION, {method: method for method in METHODS}),
    ):
        if name not in asked:
            continue
        if asked[name] in choices:
            st.session_state[place] = choices[asked[name]]
        else:
            wrong.append(f"{name} {cut(asked[name])} in the address is unknown here: the usual one is shown.")
    if (collection := asked.get("collection")) and collection != view.loaded.name:
        wrong.append(f"There is no collection {cut(collection)} to show: this is {view.loaded.name}.")
    if document := asked.get("document"):
        if document.isascii() and document.isdigit() and int(document) < len(view.documents):
            selection.choose(view.loaded.key, int(document))
        else:
            wrong.append(f"document {cut(document)} in the address is none of {len(view.documents):,}.")
    if rows := asked.get(ROWS):
        try:
            chosen = read_rows(rows, len(view.documents))
            selection.choose(view.loaded.key, selection.current(view.loaded.key).focus, chosen)
        except InputError as error:
            wrong.append(f"Left out of what the address asks: {error}.")
    return wrong


def _write_address(view: View, settings: str, color: Any, method: str) -> None:
    """Bring the address up to date, so that it can be passed on."""
    names = color_names(view)
    parts = {ADDRESS: settings}
    if view.loaded.key == f"shipped {view.loaded.name}":
        parts["collection"] = view.loaded.name
    if color != next(iter(names)):
        parts[COLOR] = names[color]
    if method != next(iter(METHODS)):
        parts[PROJECTION] = method
    here = selection.current(view.loaded.key)
    if here.focus is not None:
        parts["document"] = str(here.focus)
    if 0 < len(rows := rows_text(here.rows)) <= LONGEST:
        parts[ROWS] = rows
    if st.query_params.to_dict() != parts:
        st.query_params.from_dict(parts)


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
