"""What can be trusted about the map: one line beneath it, and marks on what it misplaces."""

import numpy as np
import streamlit as st

from vsaviz.trust import SEEN, Trust, trust
from vsaviz.ui.exploring.shown import Rows, Shown
from vsaviz.ui.memory import known, remembered
from vsaviz.ui.parts import caption
from vsaviz.ui.running import run
from vsaviz.ui.view import View

MARK = "mark_misplaced"
LATER = "_mark later"


def marked_rows(view: View, method: str) -> Rows:
    """Return the documents that the map misplaces, where they are to be marked; else none.

    A map that is not there yet has none: once it is, the page is drawn again with them.
    """
    st.session_state[LATER] = bool(st.session_state.get(MARK)) and not _is_placed(view, method)
    if not st.session_state.get(MARK) or st.session_state[LATER]:
        return np.empty(0, np.int64)
    found = _judged(view, method, every=True)
    return np.empty(0, np.int64) if found is None else found.misplaced


def trust_line(view: View, shown: Shown) -> None:
    """Say how far the map can be trusted, and let a person have the misplaced marked."""
    if st.session_state.pop(LATER, False) and _is_placed(view, shown.method):
        st.rerun()
    found = _judged(view, shown.method, every=False)
    if found is None:
        caption("Too few documents to say how far the map can be trusted." if len(view.documents) < 4 else "")
        return
    with st.container(key="trust", horizontal=True, vertical_alignment="center", gap="small"):
        caption(trust_words(found, len(view.documents)))
        st.checkbox(
            "mark what the map misplaces",
            key=MARK,
            persist_state="session",
            help=f"A cross on each document more than half of whose {found.k} neighbours on the map are not "
            f"among the {found.among:,} most similar to it{_of_sample(found, len(view.documents))}.",
        )


def trust_words(found: Trust, n: int) -> str:
    """Return in a line how far a map of n documents can be trusted."""
    seen = f" (a sample of {found.seen:,} of {n:,})" if found.seen < n else ""
    return (
        f"Trustworthiness {found.overall:.2f}{seen}; {found.share_misplaced:.0%} of the documents are "
        f"misplaced: most of their {found.k} neighbours on the map are not among the {found.among:,} "
        f"most similar."
    )


def _of_sample(found: Trust, n: int) -> str:
    return f", both in a sample of {found.seen:,}" if found.seen < n else ""


def _is_placed(view: View, method: str) -> bool:
    return known("projection", (view.loaded.key, view.choice.first, method))


def _judged(view: View, method: str, *, every: bool) -> Trust | None:
    """Judge the map that is on the screen: PCA's, where another could not be made or was stopped."""
    method = method if _is_placed(view, method) else "pca"
    if not _is_placed(view, method):
        return None
    placed = view.projected(view.choice.first, method)
    every = every and len(view.documents) > SEEN  # else they are the same
    key = (view.loaded.key, view.choice.first, placed.method, every)
    if every:
        return run(
            "trust",
            key,
            lambda bar: trust(view.vectors, placed.points, every=True, progress=bar),
            "Looking for what the map misplaces",
        )
    return remembered("trust", key, lambda: trust(view.vectors, placed.points))
