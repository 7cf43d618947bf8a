"""Explore: the map, the chosen document beside its neighbours, and the table of documents."""

from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.figures import map_figure
from vsaviz.jsontext import indented
from vsaviz.lab.collisions import collisions
from vsaviz.labels import colorable, column
from vsaviz.neighbors import overlap, own_neighbors
from vsaviz.pairs import mean_shares
from vsaviz.project import METHODS
from vsaviz.ui import selection
from vsaviz.ui.downloads import show_downloads
from vsaviz.ui.encoding import Encoding
from vsaviz.ui.group import group_card
from vsaviz.ui.matrix import matrix
from vsaviz.ui.memory import remembered
from vsaviz.ui.pair import pair_section
from vsaviz.ui.parts import caption, heading, is_dark, notice, working
from vsaviz.ui.shell import current_view
from vsaviz.ui.tables import documents_table, neighbors_list
from vsaviz.ui.tree import tree_html
from vsaviz.ui.view import NEIGHBORS, View
from vsaviz.ui.weighing import fields_table
from vsaviz.ui.why import fill_reasons

MAP_HEIGHT = 600
OVERLAP_AT_MOST = 2_000
METHOD_NAMES = {"pca": "PCA", "tsne": "t-SNE", "umap": "UMAP"}
NO_COLOR = "one colour"
LABEL = "label"
TRUST = {
    "pca": "PCA: far apart on the map is far apart; near may still differ in ways that two dimensions hide.",
    "tsne": "t-SNE: who is next to whom can be trusted; sizes of groups and gaps between them cannot.",
    "umap": "UMAP: who is next to whom can be trusted; distances between groups only roughly.",
}


def main() -> None:
    """Show the page."""
    view = current_view()
    left, right = st.columns([2, 1], gap="medium")
    with left:
        colors, color_name, method = _controls(view)
        _maps(view, colors, color_name, method)
        group_card(view)
    with right:
        unexplained = _document(view)
    pair_section(view)
    _fields(view)
    chosen = selection.current(view.loaded.key)
    _documents_heading(view, chosen)
    documents_table(view, colors, color_name)
    matrix(view)
    if chosen.focus is not None:  # at last: what takes longest, and is not waited for
        fill_reasons(view, chosen.focus, unexplained)


def _fields(view: View) -> None:
    """Show what each field is taken for and what it weighs; both map and neighbours follow a change."""
    with st.expander("Fields and their weights", key="fields_open", on_change="rerun") as opened:
        if not opened.open:
            return
        settings = view.choice.first.features
        shares = remembered("shares", (view.loaded.key, settings), lambda: mean_shares(view.features))
        fields, by_rules = (list(one.fields.values()) for one in (view.vocabulary, view.by_rules))
        with st.container(key="fields"):
            fields_table(view.loaded.key, fields, by_rules, shares)


def _documents_heading(view: View, chosen: selection.Selection) -> None:
    if not chosen.rows:
        heading("Documents", "all; box or lasso on the map shows some")
        return
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        heading("Documents", f"{len(chosen.rows):,} selected on the map")
    right.button(
        "Clear selection",
        key="clear",
        type="tertiary",
        on_click=selection.choose,
        args=(view.loaded.key, chosen.focus),
    )


def _controls(view: View) -> tuple[list[Any], str, str]:
    """Show what the map is coloured by and how it is projected; return values, their name, the method."""
    fields = remembered("colorable", view.loaded.key, lambda: colorable(view.vocabulary.fields))
    label = [LABEL] if view.loaded.labels else []
    options: list[Any] = [*label, *fields, NO_COLOR]
    names: dict[Any, str] = {path: view.vocabulary.fields[path].name for path in fields}
    first, second, _ = st.columns([3, 2, 3])
    chosen = first.selectbox(
        "Colour by",
        options,
        format_func=lambda path: f"label: {view.loaded.label}" if path == LABEL else names.get(path, path),
        key="color",
        persist_state="session",
        help="Any field of the documents. The label of a shipped collection is no part of its documents.",
    )
    method = second.selectbox(
        "Projection",
        list(METHODS),
        format_func=lambda name: METHOD_NAMES.get(name, name),
        key="projection",
        persist_state="session",
        help="How vectors become places. PCA is instant; t-SNE and UMAP show groups better and take seconds.",
    )
    if chosen == LABEL and view.loaded.labels:
        return list(view.loaded.labels), view.loaded.label, method
    if chosen not in names:
        return [None] * len(view.documents), "", method
    values = remembered("column", (view.loaded.key, chosen), lambda: column(view.documents, chosen))
    return values, names[chosen], method


def _maps(view: View, colors: list[Any], color_name: str, method: str) -> None:
    encodings = [encoding for encoding in (view.choice.first, view.choice.second) if encoding]
    places = st.columns(len(encodings))
    for place, encoding, key in zip(places, encodings, ("map", "map2"), strict=False):
        with place:
            if len(encodings) > 1:
                heading(encoding.scheme, f"D={encoding.dimensions:,}")
            _map(view, encoding, key, colors, color_name, method)
    if view.choice.second:
        _compared(view, view.choice.second)
    for encoding in encodings:
        _collision_notice(view, encoding)


def _map(view: View, encoding: Encoding, key: str, colors: list[Any], color_name: str, method: str) -> None:
    try:
        placed = view.projected(encoding, method)
    except ImportError as error:
        notice(str(error), "warning")
        placed = view.projected(encoding, "pca")
    chosen = selection.current(view.loaded.key)
    neighbors = () if chosen.focus is None else view.neighbors(chosen.focus)[0]

    def draw(dark: bool) -> Any:
        return map_figure(
            placed.points,
            view.ids,
            colors,
            color_name=color_name,
            selected=chosen.rows,
            focus=chosen.focus,
            neighbors=neighbors,
            dark=dark,
        )

    st.plotly_chart(
        draw(is_dark()),
        key=key,
        height=MAP_HEIGHT if view.choice.second is None else MAP_HEIGHT - 120,
        theme=None,
        on_select=lambda: selection.take_map_event(key, view.loaded.key),
        selection_mode=("points", "box", "lasso"),
        config={"displaylogo": False, "scrollZoom": True, "displayModeBar": True},
        alt=f"Map of {len(view.documents):,} documents",
    )
    caption(" ".join(filter(None, [TRUST.get(placed.method, ""), placed.note])))
    if key == "map":
        show_downloads(view, lambda: draw(dark=False))


def _compared(view: View, second: Encoding) -> None:
    """Say how far two schemes agree on who is near whom."""
    if len(view.documents) < 2:
        return
    step = -(-len(view.documents) // OVERLAP_AT_MOST)

    def agreement() -> float:
        with working(view.slot, "Comparing neighbours"):
            first = own_neighbors(view.vectors[::step], NEIGHBORS)[0]
            other = own_neighbors(view.encoded(second)[::step], NEIGHBORS)[0]
            return float(overlap(first, other).mean())

    share = remembered("overlap", (view.key, second), agreement)
    of = f" (of every {step}th document)" if step > 1 else ""
    k = min(NEIGHBORS, len(view.documents[::step]) - 1)
    caption(
        f"Of each document's {k} nearest{of}, {share:.0%} are the same under "
        f"{view.choice.first.scheme} and {second.scheme}."
    )


def _collision_notice(view: View, encoding: Encoding) -> None:
    """Say which fields the scheme cannot tell apart."""
    paths = list(view.vocabulary.fields)
    key = (view.loaded.key, encoding.scheme, encoding.dimensions, encoding.seed)
    pairs = remembered(
        "collisions", key, lambda: collisions(encoding.scheme, paths, encoding.dimensions, encoding.seed)
    )
    if pairs:
        fields = view.vocabulary.fields
        one, other = (fields[paths[i]].name for i in pairs[0])
        notice(
            f"{encoding.scheme}: {len(pairs)} of {len(paths)} fields share their role product with another, "
            f"such as {one} and {other}: their values are mixed up.",
            "warning",
        )


def _document(view: View) -> dict[int, DeltaGenerator]:
    """Show the chosen document as a tree, and its neighbours; return the places of reasons not said yet."""
    focus = selection.current(view.loaded.key).focus
    if focus is None or focus >= len(view.documents):
        heading("No document chosen")
        caption("Click a point on the map, or a line of the table below, to read it and see what is like it.")
        return {}
    title = f'<div class="vz-title">{escape(view.titles[focus])}</div>' if view.titles[focus] else ""
    st.html(f'<div class="vz-id">{escape(view.ids[focus])}</div>{title}{tree_html(view.documents[focus])}')
    unexplained: dict[int, DeltaGenerator] = {}
    if len(view.documents) > 1:
        heading("Nearest", "click one to walk on, or compare")
        unexplained = neighbors_list(view, focus)
    else:
        caption("There is no other document to compare it with.")
    with st.popover("Copy as JSON"):
        st.code(indented(view.documents[focus])[:200_000], language="json", height=360)
    return unexplained


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
