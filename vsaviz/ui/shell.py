"""What surrounds every page: the menu, the sidebar, and what is shown when something is missing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import streamlit as st

from vsaviz.ui.exploring.address import restore_encoding
from vsaviz.ui.memory import this_visit
from vsaviz.ui.mishaps import apologise
from vsaviz.ui.parts import caption, heading
from vsaviz.ui.uploading.given import UPLOADED
from vsaviz.ui.view import View, show_sidebar
from vsaviz.ui.visits import note_visit

HERE = Path(__file__).parent
VIEW = "_view"


@dataclass(frozen=True)
class Page:
    """One page: its name in the menu, and its file in this folder."""

    title: str
    file: str


def serve(pages: Sequence[Page]) -> None:
    """Show the chosen page; the first is the one that opens."""
    st.set_page_config("vsaviz", page_icon=HERE / "icon.svg", layout="wide")
    st.html(HERE / "style.css")
    menu = [
        st.Page(HERE / page.file, title=page.title, default=page is pages[0], url_path=page.title.lower())
        for page in pages
    ]
    page = st.navigation(menu, position="top")
    with guarded():
        restore_encoding()
        st.session_state[VIEW] = show_sidebar()
        page.run()


@contextmanager
def guarded() -> Iterator[None]:
    """Tell the visit's memory when a run begins and ends; what goes wrong in it ends in plain words."""
    store = this_visit()
    note_visit(store)
    store.begin()
    try:
        yield
    except Exception as error:  # whatever it is, nobody shall see a traceback
        apologise(error)
    finally:
        store.end()


def current_view() -> View:
    """Return what is loaded; where nothing is, say what to do and end the page."""
    view = st.session_state.get(VIEW)
    if view is None:
        _teach()
        st.stop()
    return cast("View", view)


def _teach() -> None:
    if st.session_state.get("upload") and st.session_state.get("collection") == UPLOADED:
        heading("Not read yet")
        caption("What you dropped cannot be read as it is: the sidebar says what is wrong, and what to do.")
        return
    heading("Nothing on the map yet")
    st.html(
        '<div class="vz-empty"><p>Drop a JSON file in the sidebar: an array of objects, JSON Lines, or what '
        "an API returned, gzipped or zipped or not; several files are one collection. Each document becomes "
        "a point; similar documents lie near each other.</p><p>To see it first with documents that are there "
        "already:</p></div>"
    )
    st.button("Show the clinical records", on_click=_show_example)


def _show_example() -> None:
    st.session_state["collection"] = "clinical"
