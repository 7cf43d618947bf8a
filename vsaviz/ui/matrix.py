"""Who is like whom among a few documents: the matrix, whose cells open pairs."""

import numpy as np
import streamlit as st

from vsaviz.arrange import by_cluster
from vsaviz.figures import matrix_figure
from vsaviz.ui import selection
from vsaviz.ui.parts import caption, is_dark
from vsaviz.ui.view import View

SHOWN_AT_MOST = 300


def matrix(view: View) -> None:
    """Show who is like whom among the selected documents, ordered by cluster; a click opens the pair."""
    if len(view.documents) < 2:
        return
    chosen = selection.current(view.loaded.key)
    rows = np.array(chosen.rows or range(len(view.documents)), dtype=np.int64)
    with st.expander("Similarity matrix", key="matrix_open", on_change="rerun") as opened:
        if not opened.open:
            return
        total = len(rows)
        if total > SHOWN_AT_MOST:
            rows = np.sort(np.random.default_rng(0).choice(rows, SHOWN_AT_MOST, replace=False))
            caption(f"{SHOWN_AT_MOST} of {total:,} documents, drawn at random with a fixed seed.")
        similarities = view.vectors[rows] @ view.vectors[rows].T
        figure = matrix_figure(
            similarities, by_cluster(similarities), [view.ids[row] for row in rows], dark=is_dark()
        )
        # A cell that stays marked could not be clicked again: that would only take its mark away.
        figure.update_layout(selectionrevision=chosen.closed)
        st.plotly_chart(
            figure,
            key="matrix",
            theme=None,
            on_select=lambda: selection.take_matrix_event("matrix", view.loaded.key, rows.tolist()),
            selection_mode="points",
            config={"displaylogo": False},
            alt=f"Similarities of {len(rows)} documents with each other",
        )
        caption("Click a cell to see its two documents side by side, with what makes them alike.")
