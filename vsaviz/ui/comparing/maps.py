"""The maps of Compare: one figure, one colouring, and the selection that all pages share."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from vsaviz.figures import small_multiples_figure
from vsaviz.figures.small_multiples import Documents, Marks, Panel, with_marks
from vsaviz.lab.comparing.neighbor_lists import NeighborList
from vsaviz.project import METHODS
from vsaviz.ui import selection
from vsaviz.ui.comparing.compared import Compared
from vsaviz.ui.exploring.coloring import color_names, colors_of
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, is_dark, notice
from vsaviz.ui.view import View

COLOR, PROJECTION = "color", "projection"
"""Widgets of the same names stand on Explore: what is chosen there holds here."""
METHOD_NAMES = {"pca": "PCA", "tsne": "t-SNE", "umap": "UMAP"}
CHART = "compare_maps"
FIT = (
    "Each map is scaled to the size of the first, and turned and mirrored to lie as near to it as can be "
    "(Procrustes). Fit: the share of one map's spread that the other reproduces, 1 where they are the same."
)
NO_PLACES = "t-SNE and UMAP keep who is next to whom, not where groups lie: with them a low fit says little."


def controls(view: View) -> tuple[Any, str]:
    """Show what the maps are coloured by and how they are projected; return both."""
    names = color_names(view)
    first, second, _ = st.columns([3, 2, 3])
    color = first.selectbox(
        "Colour by",
        list(names),
        format_func=lambda path: names.get(path, path),
        key=COLOR,
        persist_state="session",
        help="Any field of the documents, the same in all maps and on all pages.",
    )
    method = second.selectbox(
        "Projection",
        list(METHODS),
        format_func=lambda name: METHOD_NAMES.get(name, name),
        key=PROJECTION,
        persist_state="session",
        help="How vectors become places; each map is then turned, mirrored and scaled to fit the first.",
    )
    return color, method


def show_maps(of: Compared, color: Any, method: str, lists: list[NeighborList]) -> Callable[[], go.Figure]:
    """Show the maps with what is chosen; return what draws the same for a light page, without the session."""
    try:
        of.places(of.encodings[0], method)
    except ImportError as error:
        notice(str(error), "warning")
        method = "pca"
    chosen = selection.current(of.view.loaded.key)
    near = [[one.row for one in own.neighbors] for own in lists[: len(of.encodings)]]
    marks = Marks(chosen.rows, chosen.focus, [of.rows[rows] for rows in near] or [()] * len(of.encodings))
    dark = is_dark()
    key = (of.view.loaded.key, of.encodings, color, method)
    panels, documents = remembered("compared panels", key, lambda: _panels(of, color, method))
    unmarked = remembered(
        "compared figure", (key, dark), lambda: small_multiples_figure(panels, documents, dark=dark)
    )
    st.plotly_chart(
        with_marks(unmarked, marks, dark=dark),
        key=CHART,
        theme=None,
        on_select=lambda: selection.take_map_event(CHART, of.view.loaded.key),
        selection_mode=("points", "box", "lasso"),
        config={"displaylogo": False, "scrollZoom": True, "displayModeBar": True},
        alt=f"{len(of.encodings)} maps of {len(of.rows):,} documents",
    )
    _beneath(of, chosen, method)
    return lambda: with_marks(small_multiples_figure(panels, documents), marks)


def _panels(of: Compared, color: Any, method: str) -> tuple[list[Panel], Documents]:
    """Return the maps, laid over the first, and what is the same in all."""
    maps = of.maps(method)
    notes = ["the others are laid over this one", *(f"fit {one.fit:.2f}" for one in maps[1:])]
    panels = [Panel(*one) for one in zip(of.labels, notes, (one.points for one in maps), strict=True)]
    values, name = colors_of(of.view, color)
    rows = of.rows.tolist()
    ids = [of.view.ids[row] for row in rows]
    return panels, Documents(ids, [values[row] for row in rows], of.rows, name)


def _beneath(of: Compared, chosen: selection.Selection, method: str) -> None:
    """Say what the maps show, and how many documents are selected."""
    left, right = st.columns([6, 1], vertical_alignment="top")
    said = [FIT, of.places(of.encodings[0], method).note]
    if method != "pca":
        said.insert(1, NO_PLACES)
    if of.is_sample:
        said.append(
            f"A random {len(of.rows):,} of {len(of.view.documents):,} documents, the same in all (seed 0)."
        )
    if chosen.rows:
        shown = len(set(of.rows.tolist()) & set(chosen.rows))
        said.insert(0, f"{shown:,} of {len(chosen.rows):,} selected documents are marked in every map.")
    with left:
        caption(" ".join(filter(None, said)))
    if chosen.rows:
        right.button(
            "Clear selection",
            key="compare_clear",
            type="tertiary",
            on_click=selection.choose,
            args=(of.view.loaded.key, chosen.focus),
        )
