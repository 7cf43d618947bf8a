"""Explore: the map, the chosen document beside its neighbours, and the table of documents."""

from html import escape
from typing import Any

import numpy as np
import streamlit as st

from vsaviz.arrange import by_cluster
from vsaviz.figures import map_figure, matrix_figure
from vsaviz.jsontext import indented
from vsaviz.lab.collisions import collisions
from vsaviz.labels import colorable, column
from vsaviz.neighbors import overlap, own_neighbors
from vsaviz.pairs import mean_shares
from vsaviz.project import METHODS
from vsaviz.ui import selection
from vsaviz.ui.downloads import show_downloads
from vsaviz.ui.encoding import Encoding
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, heading, is_dark, notice, working
from vsaviz.ui.shell import current_view
from vsaviz.ui.tables import documents_table, neighbors_list
from vsaviz.ui.tree import tree_html
from vsaviz.ui.view import NEIGHBORS, View
from vsaviz.ui.weighing import fields_table

MAP_HEIGHT = 600
MATRIX_AT_MOST = 300
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
    with right:
        _document(view)
    _fields(view)
    chosen = selection.current(view.loaded.key)
    _documents_heading(view, chosen)
    documents_table(view, colors, color_name)
    _matrix(view, chosen)


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


def _document(view: View) -> None:
    """Show the chosen document as a tree, and its neighbours beside their similarities."""
    focus = selection.current(view.loaded.key).focus
    if focus is None or focus >= len(view.documents):
        heading("No document chosen")
        caption("Click a point on the map, or a line of the table below, to read it and see what is like it.")
        return
    title = f'<div class="vz-title">{escape(view.titles[focus])}</div>' if view.titles[focus] else ""
    st.html(f'<div class="vz-id">{escape(view.ids[focus])}</div>{title}{tree_html(view.documents[focus])}')
    if len(view.documents) > 1:
        heading("Nearest", "click one to walk on")
        neighbors_list(view, focus)
    else:
        caption("There is no other document to compare it with.")
    with st.popover("Copy as JSON"):
        st.code(indented(view.documents[focus])[:200_000], language="json", height=360)


def _matrix(view: View, chosen: selection.Selection) -> None:
    """Show who is like whom among a few documents, ordered by cluster; a click opens the pair."""
    if len(view.documents) < 2:
        return
    rows = np.array(chosen.rows or range(len(view.documents)), dtype=np.int64)
    with st.expander("Similarity matrix", key="matrix_open", on_change="rerun") as opened:
        if not opened.open:
            return
        total = len(rows)
        if total > MATRIX_AT_MOST:
            rows = np.sort(np.random.default_rng(0).choice(rows, MATRIX_AT_MOST, replace=False))
            caption(f"{MATRIX_AT_MOST} of {total:,} documents, drawn at random with a fixed seed.")
        if total < 2:
            caption("Select two or more documents on the map.")
            return
        similarities = view.vectors[rows] @ view.vectors[rows].T
        figure = matrix_figure(
            similarities, by_cluster(similarities), [view.ids[row] for row in rows], dark=is_dark()
        )
        event = st.plotly_chart(
            figure,
            key="matrix",
            theme=None,
            on_select="rerun",
            selection_mode="points",
            config={"displaylogo": False},
            alt=f"Similarities of {len(rows)} documents with each other",
        )
        points = event["selection"]["points"]
        if points:
            one, other = divmod(int(points[0]["customdata"]), len(rows))
            _pair(view, int(rows[one]), int(rows[other]))
        else:
            caption("Click a cell to see its two documents side by side.")


def _pair(view: View, one: int, other: int) -> None:
    heading("Pair", f"cosine {float(view.vectors[one] @ view.vectors[other]):.2f}")
    for place, row in zip(st.columns(2), (one, other), strict=True):
        with place:
            st.html(f'<div class="vz-id">{escape(view.ids[row])}</div>{tree_html(view.documents[row])}')


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
