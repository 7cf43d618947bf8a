"""Explore: the map, the chosen document beside its neighbours, and the table of documents."""

from dataclasses import replace

import numpy as np
import streamlit as st

from vsaviz.pairs import mean_shares
from vsaviz.ui import selection
from vsaviz.ui.exploring.address import restore
from vsaviz.ui.exploring.controls import controls
from vsaviz.ui.exploring.document import chosen_document
from vsaviz.ui.exploring.filters import filters
from vsaviz.ui.exploring.in_all import in_all
from vsaviz.ui.exploring.maps import maps
from vsaviz.ui.exploring.reading import reading
from vsaviz.ui.exploring.shown import Shown
from vsaviz.ui.exploring.two_selections import two_selections
from vsaviz.ui.group import group_card, prepare_groups
from vsaviz.ui.matrix import matrix
from vsaviz.ui.memory import remembered
from vsaviz.ui.pair import pair_section
from vsaviz.ui.parts import heading, notice
from vsaviz.ui.shell import current_view
from vsaviz.ui.tables import documents_table
from vsaviz.ui.view import View
from vsaviz.ui.weighing import fields_table
from vsaviz.ui.why import fill_reasons


def main() -> None:
    """Show the page."""
    view = current_view()
    for sentence in restore(view):
        notice(sentence, "warning")
    left, right = st.columns([2, 1], gap="medium")
    with left:
        shown = _filtered(view, controls(view))
        maps(view, shown)
        to_read = st.container()  # filled when all else is there: nothing waits for it
        group_card(view)
        two_selections(view)
    with right:
        unexplained = chosen_document(view)
    pair_section(view)
    in_all(view)
    _fields(view)
    chosen = selection.current(view.loaded.key)
    _documents_heading(view, chosen)
    documents_table(view, shown)
    matrix(view)
    prepare_groups(view)
    with to_read:
        reading(view, shown)
    if chosen.focus is not None:  # at last: what takes longest, and is not waited for
        fill_reasons(view, chosen.focus, unexplained)


def _filtered(view: View, shown: Shown) -> Shown:
    """Show the filters; what they leave, of what the controls leave, is kept."""
    kept = filters(view)
    if kept is None or shown.kept is None:
        return shown if kept is None else replace(shown, kept=kept)
    return replace(shown, kept=np.intersect1d(kept, shown.kept))


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


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
