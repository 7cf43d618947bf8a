"""The list of documents that are like no other."""

import streamlit as st

from vsaviz.oddities import Outliers, outliers
from vsaviz.ui import selection
from vsaviz.ui.parts import caption, literal
from vsaviz.ui.running import run
from vsaviz.ui.view import View


def odd_list(view: View) -> None:
    """Show the outliers, the oddest first; a click walks to one."""
    found = run(
        "outliers",
        view.key,
        lambda bar: outliers(view.vectors, progress=bar),
        "Looking for documents that are like no other",
    )
    if found is None:
        return
    if not len(found.rows):
        caption("There is no other document to compare it with.")
        return
    caption(summary(found))
    with st.container(key="odd_list", gap="xxsmall"):
        for rank, (row, score) in enumerate(zip(found.rows.tolist(), found.scores.tolist(), strict=True)):
            _line(view, row, score, rank)


def summary(found: Outliers) -> str:
    """Return in a line what the score is, and what was looked at."""
    usual = f"Usual is {found.usual:.2f}."
    others = f"Least similar to their {found.k} nearest others, by the mean of these cosines"
    if found.exact:
        return f"{others}. {usual} Of all {found.of:,} documents."
    looked = f"Of {found.of:,} documents those least like a sample were compared with all"
    return f"{others}. {usual} {looked}: there may be others as odd."


def _line(view: View, row: int, score: float, rank: int) -> None:
    with st.container(key=f"odd_line_{rank}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="vz-caption">{score:.2f}</p>', width="content")
        st.button(
            literal(f"{view.ids[row]}  {view.titles[row]}"[:80]),
            key=f"odd_one_{rank}",
            type="tertiary",
            on_click=selection.walk_to,
            args=(view.loaded.key, row),
        )
