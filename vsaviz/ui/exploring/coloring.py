"""What the maps are coloured by, the same on all pages: a document keeps its colour."""

from typing import Any

from vsaviz.labels import colorable, column
from vsaviz.ui.exploring.clustered import clustered_quietly
from vsaviz.ui.memory import remembered
from vsaviz.ui.view import View

LABEL, FILE, CLUSTER, NO_COLOR = "label", "file", "cluster", "one colour"
"""What is no field: fields are paths."""

NUMBERS = ("number", "row number", "epoch time")
"""Kinds of fields that a point can be sized by."""


def color_names(view: View) -> dict[Any, str]:
    """Return what maps can be coloured by, with the names that people see; the first is usual.

    What is no field has a space in its name, as no field's has.
    """
    fields = remembered("colorable", view.loaded.key, lambda: colorable(view.vocabulary.fields))
    label = {LABEL: f"label: {view.loaded.label}"} if view.loaded.labels else {}
    file = {FILE: "file name"} if view.loaded.files else {}
    named = {path: view.vocabulary.fields[path].name for path in fields}
    return {**label, **file, **named, CLUSTER: "clusters found", NO_COLOR: NO_COLOR}


def size_names(view: View) -> dict[Any, str]:
    """Return the fields that points can be sized by, with their names."""
    fields = view.vocabulary.fields
    return {
        path: name
        for path, name in color_names(view).items()
        if path in fields and fields[path].kind in NUMBERS
    }


def colors_of(view: View, chosen: Any) -> tuple[list[Any], str]:
    """Return one value a document for what was chosen, and its name; what is unknown here is one colour."""
    if chosen == LABEL and view.loaded.labels:
        return list(view.loaded.labels), view.loaded.label
    if chosen == FILE and view.loaded.files:
        return list(view.loaded.files), FILE
    if chosen == CLUSTER:
        return clustered_quietly(view).values, CLUSTER
    if chosen not in view.vocabulary.fields:
        return [None] * len(view.documents), ""
    return values_of(view, chosen), view.vocabulary.fields[chosen].name


def values_of(view: View, path: Any) -> list[Any]:
    """Return the first value of each document at a field, or None."""
    return remembered("column", (view.loaded.key, path), lambda: column(view.documents, path))
