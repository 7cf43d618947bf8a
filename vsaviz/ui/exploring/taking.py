"""Take away: documents, vectors, neighbours, the map or a report, of what is selected, filtered, or all."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from vsaviz.exports import FORMATS, Format, Table, documents_table, neighbors_table
from vsaviz.figures.standalone import standalone
from vsaviz.ui import selection
from vsaviz.ui.exploring.file_names import file_name
from vsaviz.ui.exploring.filters import filtered_rows
from vsaviz.ui.exploring.reporting import Reported, report_page, reported
from vsaviz.ui.parts import caption, notice
from vsaviz.ui.view import NEIGHBORS, View

DOCUMENTS, VECTORS, BOTH, NEAREST, MAP, REPORT = (
    "Documents",
    "Vectors",
    "Documents and vectors",
    "Table of neighbours",
    "Map",
    "Report",
)
TABLES = (DOCUMENTS, VECTORS, BOTH, NEAREST)
ABOUT = {
    NEAREST: f"For each document its {NEIGHBORS} nearest among all, by their ids, with the cosine.",
    MAP: "One HTML file with the map as it is shown, to be opened in any browser.",
    REPORT: "One HTML file of what is on this page: the map, the chosen document and its neighbours with "
    "their reasons, the selection, filters and settings. It asks nothing of any host: send it by mail.",
}
LARGEST = 1 << 30
"""Bytes, about, of a file that is made here."""
MOST_COLUMNS = 16_384
"""Of the spreadsheets that people have."""


@dataclass(frozen=True)
class Wanted:
    """What is taken away, apart from the session: files are made of it later."""

    what: str
    view: View
    rows: list[int] | None
    """None is all."""

    def table(self) -> Table:
        """Return it as a table."""
        view = self.view
        rows = range(len(view.documents)) if self.rows is None else self.rows
        if self.what == NEAREST:
            return neighbors_table(view.vectors, view.ids, NEIGHBORS, self.rows)
        ids = [view.ids[row] for row in rows]
        documents = [view.documents[row] for row in rows] if self.what in (DOCUMENTS, BOTH) else None
        vectors = view.vectors if self.rows is None else view.vectors[self.rows]
        settings = asdict(view.choice.first)
        return documents_table(ids, documents, vectors if self.what in (VECTORS, BOTH) else None, settings)


def take_away(view: View, draw_map: Callable[[], go.Figure]) -> None:
    """Show one button behind which is chosen what is taken away, of which documents, in which format."""
    with st.popover("Take away", icon=":material/download:", type="tertiary", key="take"):
        what = st.selectbox("What", [*TABLES, MAP, REPORT], key="take_what", persist_state="session")
        if what in TABLES:
            _table(view, what)
        else:
            _page(view, what, draw_map)


def _page(view: View, what: str, draw_map: Callable[[], go.Figure]) -> None:
    caption(ABOUT[what])
    seen: Reported = reported(view)

    def page() -> str:
        drawn = draw_map()
        if what == REPORT:
            return report_page(seen, drawn)
        return standalone(f"Map of {view.loaded.name}", [("", drawn)])

    _button(f"{what} (.html)", page, file_name(view.loaded.name, what.lower(), ".html"), "text/html")


def _table(view: View, what: str) -> None:
    scopes = _scopes(view)
    scope = st.radio("Of which", list(scopes), key="take_scope")
    rows = scopes.get(scope)
    name = st.selectbox("Format", list(FORMATS), key="take_format", persist_state="session")
    chosen = FORMATS[name]
    caption(ABOUT.get(what, chosen.about))
    wanted = Wanted(what, view, rows)
    n = len(view.documents) if rows is None else len(rows)
    wrong = _too_much(view, what, chosen, n)
    if wrong:
        notice(wrong, "warning")
        return
    part = {BOTH: "documents-and-vectors", NEAREST: "neighbors"}.get(what, what.lower())
    _button(
        f"{what} ({chosen.suffix})",
        partial(_written, chosen, wanted),
        file_name(view.loaded.name, part, chosen.suffix),
        chosen.mime,
    )


def _written(chosen: Format, wanted: Wanted) -> bytes:
    return chosen.write(wanted.table())


def _button(label: str, make: Callable[[], Any], name: str, mime: str) -> None:
    st.download_button(label, make, name, mime, key="take_file", on_click="ignore", type="primary")


def _scopes(view: View) -> dict[str, list[int] | None]:
    """Return of which documents something can be taken, with how many they are: the fewest first."""
    rows = list(selection.current(view.loaded.key).rows)
    kept = filtered_rows(view)
    scopes: dict[str, list[int] | None] = {}
    if rows:
        scopes[f"the selected ({len(rows):,})"] = rows
    if kept is not None and len(kept):
        scopes[f"what the filters leave ({len(kept):,})"] = kept.tolist()
    scopes[f"all ({len(view.documents):,})"] = None
    return scopes


def _too_much(view: View, what: str, chosen: Format, n: int) -> str:
    """Return why a format cannot hold this, with what can; "" if it can."""
    width = view.vectors.shape[1] if what in (VECTORS, BOTH) else 0
    size = n * width * chosen.bytes_a_number
    if size > LARGEST:
        small = ", ".join(name for name, one in FORMATS.items() if one.bytes_a_number < chosen.bytes_a_number)
        cure = f"take {small}, or fewer documents" if small else "take fewer documents"
        return f"{n:,} vectors would be about {size / 1e9:.1f} GB as {chosen.suffix}: {cure}."
    fields = len(view.vocabulary.fields) if what in (DOCUMENTS, BOTH) else 0
    if chosen.columned and fields + width > MOST_COLUMNS:
        return (
            f"{fields + width:,} columns are more than spreadsheets open ({MOST_COLUMNS:,}): "
            "take another format."
        )
    return ""
