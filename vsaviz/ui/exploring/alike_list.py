"""The list of pairs of documents that are nearly the same."""

import streamlit as st

from vsaviz.oddities import THRESHOLD, Duplicates, near_duplicates
from vsaviz.ui import selection
from vsaviz.ui.parts import caption, literal
from vsaviz.ui.running import run
from vsaviz.ui.view import View

LISTED = 20
KEY = "alike_threshold"
LOWEST = 0.5


def alike_list(view: View) -> None:
    """Show near-duplicates, the most similar first; a click opens the two side by side."""
    threshold = st.slider(
        "Cosine from which two documents are nearly the same",
        LOWEST,
        1.0,
        THRESHOLD,
        0.01,
        key=KEY,
        persist_state="session",
        width=360,
        help="Lower: more pairs. At 1.00 only those with the same vector.",
    )
    found = run(
        "duplicates",
        (view.key, threshold),
        lambda bar: near_duplicates(view.vectors, threshold, progress=bar),
        "Comparing all documents with each other",
    )
    if found is None:
        return
    caption(summary(found))
    if found.n_pairs:
        with st.container(key="alike_list", gap="xxsmall"):
            for rank, (pair, cosine) in enumerate(
                zip(found.pairs[:LISTED].tolist(), found.similarities[:LISTED].tolist(), strict=True)
            ):
                pair_line(view, (pair[0], pair[1]), cosine, rank)
    elif found.closest is not None:
        one, other, cosine = found.closest
        with st.container(key="alike_list", gap="xxsmall"):
            pair_line(view, (one, other), cosine, 0)


def summary(found: Duplicates) -> str:
    """Return in a line how many pairs there are, and what was compared."""
    looked = f"All {found.of:,} documents were compared, each with each."
    if not found.n_pairs:
        most = "" if found.closest is None else " The two most alike are:"
        return f"No two documents reach a cosine of {found.threshold:.2f}. {looked}{most}"
    n = found.n_pairs
    same = f", {found.n_same:,} of them with the same vector" if found.n_same else ""
    first = f" The {LISTED} most similar are listed." if n > LISTED else ""
    return (
        f"{n:,} pair{'s' * (n > 1)} of {found.n_documents:,} documents reach a cosine of "
        f"{found.threshold:.2f}{same}. {looked}{first}"
    )


def pair_line(view: View, pair: tuple[int, int], cosine: float, rank: int) -> None:
    """Show two documents and their cosine; a click opens them side by side."""
    names = [f"{view.ids[row]}  {view.titles[row]}"[:44] for row in pair]
    with st.container(key=f"alike_line_{rank}", horizontal=True, vertical_alignment="center", gap="small"):
        told = f"{cosine:.2f}" if cosine < 0.995 else f"{cosine:.4f}"
        st.html(f'<p class="vz-caption">{told}</p>', width="content")
        st.button(
            literal("   ↔   ".join(names)),
            key=f"alike_{rank}",
            type="tertiary",
            help="Open the two side by side.",
            on_click=selection.show_pair,
            args=(view.loaded.key, pair),
        )
