"""What was found: counts, notes, and a line for each hit that says why it is one."""

from html import escape

import streamlit as st

from vsaviz.search import Hit, Hits
from vsaviz.search.filters import told
from vsaviz.ui import selection
from vsaviz.ui.parts import heading, literal, notice
from vsaviz.ui.tree import tree_html
from vsaviz.ui.view import View

MAP = "ask_map"
OPENED = "_opened on the map of answers"
REASONS = 4
"""Fields that a line names."""
WIDTH = 8
"""Of the bar of a field that makes up the whole score, in letters."""


def counts(hits: Hits, score: str) -> None:
    """Show how many documents each filter left, and what is to be said of the question."""
    shown = f"{len(hits)} shown" if hits else "nothing found"
    heading(f"Answers by {score}", f"{told(hits.steps)} → {shown}")
    for note in hits.notes:
        notice(_sentence(note), "warning")


def hits_list(view: View, hits: Hits, opened: int) -> None:
    """Show the hits; a click opens one, here and on Explore."""
    with st.container(key="hits", gap="xxsmall"):
        for rank, hit in enumerate(hits):
            with st.container(key=f"hit_{'open' if hit.row == opened else 'line'}_{rank}", gap=None):
                name, score = st.columns([3, 2], vertical_alignment="center", gap="small")
                name.button(
                    literal(f"{rank + 1}  {view.ids[hit.row]}  {view.titles[hit.row]}"[:72]),
                    key=f"hit_{rank}",
                    type="tertiary",
                    on_click=selection.walk_to,
                    args=(view.loaded.key, hit.row),
                )
                score.html(f'<div class="vz-cosine">{score_parts(hit)}</div>')
                st.html(f'<div class="vz-reasons">{reasons_parts(hit)}</div>')


def document(view: View, row: int) -> None:
    """Show a document as a tree."""
    title = f'<div class="vz-title">{escape(view.titles[row])}</div>' if view.titles[row] else ""
    st.html(f'<div class="vz-id">{escape(view.ids[row])}</div>{title}{tree_html(view.documents[row])}')


def opened(view: View, hits: Hits) -> int:
    """Return the row that is read: the one chosen, if it is a hit or was chosen here, else the best."""
    focus = selection.current(view.loaded.key).focus
    here = {hit.row for hit in hits} | {st.session_state.get(OPENED)}
    return focus if focus is not None and focus in here else hits[0].row


def take_map_event(view: View) -> None:
    """Open the document whose point was clicked, hit or not."""
    selection.take_map_event(MAP, view.loaded.key)
    st.session_state[OPENED] = selection.current(view.loaded.key).focus


def score_parts(hit: Hit) -> str:
    """Return a hit's score as a number and a bar, with its cosine if it has one: what a line holds."""
    cosine = "" if hit.cosine is None else f"<small>cosine {hit.cosine:.2f}</small>"
    width = _percent(hit.similarity)
    return f'<span>{hit.similarity:.2f}</span><b class="vz-track"><i style="width:{width}"></i></b>{cosine}'


def reasons_parts(hit: Hit) -> str:
    """Return what fields add to the score, as names, numbers and bars: what a line holds."""
    parts = [
        f'<span class="vz-reason"><i style="width:{max(0.0, part) * WIDTH:.2f}em"></i>'
        f"<span>{escape(name)}</span> {part:.2f}</span>"
        for name, part in hit.contributions[:REASONS]
    ]
    left = len(hit.contributions) - len(parts)
    return " ".join(parts) + (f"<span>and {left} more</span>" if left else "")


def _percent(share: float) -> str:
    return f"{max(0.0, min(1.0, share)):.1%}"


def _sentence(note: str) -> str:
    return note[:1].upper() + note[1:] + "."
