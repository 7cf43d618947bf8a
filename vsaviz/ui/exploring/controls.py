"""The controls above the map: what it is coloured by, and how documents are placed."""

from typing import Any

import streamlit as st

from vsaviz.labels import colorable, column
from vsaviz.project import METHODS
from vsaviz.ui.exploring.shown import Shown
from vsaviz.ui.memory import remembered
from vsaviz.ui.view import View

METHOD_NAMES = {"pca": "PCA", "tsne": "t-SNE", "umap": "UMAP"}
NO_COLOR = "one colour"
LABEL = "label"


def controls(view: View) -> Shown:
    """Show what the map is coloured by and how it is projected; return what the map shows."""
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
        return Shown(list(view.loaded.labels), view.loaded.label, method)
    if chosen not in names:
        return Shown([None] * len(view.documents), "", method)
    values = remembered("column", (view.loaded.key, chosen), lambda: column(view.documents, chosen))
    return Shown(values, names[chosen], method)
