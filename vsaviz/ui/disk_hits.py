"""Documents found in all of a collection on disk: a line for each, and beside them the one that is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from vsaviz import labels
from vsaviz.ui import selection
from vsaviz.ui.loaded import OnDisk
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import heading, literal
from vsaviz.ui.tree import tree_html
from vsaviz.ui.view import View

LETTERS = 72
ON_MAP = "on the map"


@dataclass(frozen=True)
class DiskHit:
    """A document on disk by its id, and what its line holds, and a second line if it has one, as HTML."""

    number: int
    document: Any
    score: str
    reasons: str = ""


def disk_hits(view: View, kept: OnDisk, name: str, hits: Sequence[DiskHit]) -> None:
    """Show the hits, and beside them the one that is read; ``name`` is that of the widgets."""
    place = f"_read {name}"
    last = st.session_state.get(place)
    read = next((hit for hit in hits if hit.number == last), hits[0])
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _list(view, kept, name, hits, read.number)
    with right:
        _document(view, kept, name, read)


def _list(view: View, kept: OnDisk, name: str, hits: Sequence[DiskHit], read: int) -> None:
    path = remembered(
        "title on disk",
        view.loaded.key,
        lambda: labels.title_path(view.documents, kept.vocabulary.fields, kept.vocabulary.n_documents),
    )
    titles = labels.titles_at([hit.document for hit in hits], path)
    on_map = np.isin([hit.number for hit in hits], kept.ids).tolist()
    with st.container(key=f"{name}_hits", gap="xxsmall"):
        for rank, hit in enumerate(hits):
            line = "open" if hit.number == read else "line"
            with st.container(key=f"hit_{line}_{name}_{rank}", gap=None):
                title, score = st.columns([3, 2], vertical_alignment="center", gap="small")
                title.button(
                    literal(f"{rank + 1}  #{hit.number}  {titles[rank]}"[:LETTERS]),
                    key=f"{name}_{rank}",
                    type="tertiary",
                    on_click=_read,
                    args=(f"_read {name}", hit.number),
                )
                # Where there is one line, all of its bars are of one length, whatever stands beside them.
                beside = f'<small class="vz-beside">{ON_MAP if on_map[rank] else ""}</small>'
                score.html(f'<div class="vz-cosine">{hit.score}{"" if hit.reasons else beside}</div>')
                if hit.reasons:
                    st.html(f'<div class="vz-reasons">{hit.reasons}{beside}</div>')


def _read(place: str, number: int) -> None:
    st.session_state[place] = number


def _document(view: View, kept: OnDisk, name: str, hit: DiskHit) -> None:
    heading(f"#{hit.number}", "read from the disk")
    st.html(tree_html(hit.document))
    row = int(np.searchsorted(kept.ids, hit.number))
    if row < len(kept.ids) and kept.ids[row] == hit.number:
        st.button(
            "Show it on the map",
            key=f"{name}_walk",
            type="tertiary",
            on_click=selection.walk_to,
            args=(view.loaded.key, row),
        )
