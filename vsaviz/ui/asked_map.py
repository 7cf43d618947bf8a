"""The map of Explore with the answers marked, and the question as a star."""

from typing import Any

import streamlit as st

from vsaviz.figures import map_figure, with_question
from vsaviz.project import place_others
from vsaviz.search import Hits, Index
from vsaviz.ui.answers import MAP, take_map_event
from vsaviz.ui.exploring.coloring import color_names, colors_of
from vsaviz.ui.parts import caption, is_dark
from vsaviz.ui.view import View

HEIGHT = 380
METHOD = "projection"
COLOR = "color"
"""The choices of Explore: a document has the same place and colour on every page."""


def asked_map(view: View, index: Index, wanted: Any, hits: Hits, opened: int | None) -> None:
    """Show where on the map the question lies, and its answers."""
    rows = [hit.row for hit in hits]
    on = view.projected(view.choice.first, _method())
    (place,) = place_others(index.vectorizer.transform([wanted]), view.vectors, on, rows)
    colors, name = colors_of(view, st.session_state.get(COLOR, next(iter(color_names(view)))))
    figure = map_figure(
        on.points,
        view.ids,
        colors,
        color_name=name,
        selected=rows,
        focus=opened,
        neighbors=rows,
        dark=is_dark(),
        legend=False,
    )
    st.plotly_chart(
        with_question(figure, place, dark=is_dark()),
        key=MAP,
        height=HEIGHT,
        theme=None,
        on_select=lambda: take_map_event(view),
        selection_mode="points",
        config={"displaylogo": False, "scrollZoom": True, "displayModeBar": False},
        alt=f"Map of {len(view.documents):,} documents with the question and {len(rows)} answers",
    )
    where = (
        "where PCA puts its vector"
        if on.method == "pca"
        else f"at the mean place of the answers: {on.method} has no place for what it was not fitted on"
    )
    caption(f"★ the question, {where}. Rings: the answers. Colours as on Explore.")


def _method() -> str:
    return str(st.session_state.get(METHOD, "pca"))
