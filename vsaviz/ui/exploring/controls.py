"""The controls above the map: what it is coloured by, how documents are placed, and what is looked for."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.project import METHODS
from vsaviz.ui.exploring.clustered import clustered
from vsaviz.ui.exploring.coloring import CLUSTER, NO_COLOR, color_names, colors_of, size_names, values_of
from vsaviz.ui.exploring.looking import looked_for, search_box
from vsaviz.ui.exploring.shown import Shown
from vsaviz.ui.exploring.trusted import marked_rows
from vsaviz.ui.view import View

METHOD_NAMES = {"pca": "PCA", "tsne": "t-SNE", "umap": "UMAP"}
ONE_SIZE = "one size"


def controls(view: View) -> Shown:
    """Show what the map is coloured by and how it is projected; return what the map shows."""
    first, second, third, last = st.columns([4, 2, 4, 1.4], vertical_alignment="bottom")
    names = color_names(view)
    chosen = first.selectbox(
        "Colour by",
        list(names),
        format_func=lambda path: names.get(path, path),
        key="color",
        persist_state="session",
        help="Any field of the documents, or their clusters. The label of a shipped collection is no part "
        "of its documents.",
    )
    method = second.selectbox(
        "Projection",
        list(METHODS),
        format_func=lambda name: METHOD_NAMES.get(name, name),
        key="projection",
        persist_state="session",
        help="How vectors become places. PCA is instant; t-SNE and UMAP show groups better and take seconds.",
    )
    text = search_box(third, view)
    sizes, size_name = _sizes(last, view)
    if chosen == CLUSTER and clustered(view) is None:  # stopped
        chosen = NO_COLOR
    colors, color_name = colors_of(view, chosen)
    lit = looked_for(view, text)
    marked = marked_rows(view, method)
    return Shown(colors, color_name, method, sizes, size_name, lit=lit, marked=marked)


def _sizes(place: DeltaGenerator, view: View) -> tuple[list[Any] | None, str]:
    """Show what is seldom changed; return what points are sized by, and its name."""
    names = {ONE_SIZE: ONE_SIZE, **size_names(view)}
    with place.popover("More", width="stretch"):
        chosen = st.selectbox(
            "Size by",
            list(names),
            format_func=lambda path: names.get(path, path),
            key="size",
            persist_state="session",
            help="A field of numbers: the larger the number, the larger the point.",
        )
    if chosen == ONE_SIZE or chosen not in names:
        return None, ""
    numbers = [value if _is_number(value) else None for value in values_of(view, chosen)]
    return numbers, names[chosen]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
