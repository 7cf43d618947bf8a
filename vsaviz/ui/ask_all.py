"""A piece of JSON, asked of the whole of a collection on disk, not of the sample on the map alone."""

import json

import streamlit as st

from vsaviz.search import Hit, Hits
from vsaviz.ui import answers
from vsaviz.ui.aside import aside
from vsaviz.ui.disk_hits import DiskHit, disk_hits
from vsaviz.ui.limits import Limits
from vsaviz.ui.loaded import OnDisk
from vsaviz.ui.parts import caption, notice
from vsaviz.ui.question import Question
from vsaviz.ui.reading_disk import reading
from vsaviz.ui.running import run
from vsaviz.ui.view import View

ABOUT = (
    "Vectors on disk propose the documents that are nearest to the piece, 200 or more of them; what each of "
    "these holds of it is exact. Where filters leave too few, every document is read, which takes longer."
)


def ask_all(view: View, question: Question, limited: Limits) -> None:
    """Show what all documents of a collection on disk answer, if no more than a sample is on the map."""
    kept = view.loaded.on_disk
    if kept is None or len(kept.ids) == kept.n or not question.of_all:
        return
    title = f"Ask all {kept.n:,} documents on disk"
    with st.expander(title, key="ask_all", on_change="rerun") as opened:
        if not opened.open:
            return
        try:
            hits = _hits(view, kept, question, limited)
        except ValueError as error:  # the encoder on disk may name the places of an array otherwise
            notice(str(error), "error")
            return
        if hits is not None:
            _show(view, kept, hits)


def _hits(view: View, kept: OnDisk, question: Question, limited: Limits) -> Hits | None:
    """Return what is found; None where a person stopped the search."""
    k, where, without = limited.k, limited.where, limited.without
    weights = {name: weight for name, weight in limited.weights.items() if weight != 1.0}
    work = reading(
        kept,
        lambda reader, _: reader.ask(question.wanted, k, where=where, without=without, weights=weights),
    )
    asked = json.dumps([question.wanted, k, *map(repr, (where, without, weights))])
    text = f"Asking {kept.n:,} documents on disk"
    return run("ask all", (view.loaded.key, asked), lambda bar: aside(work, bar), text)


def _show(view: View, kept: OnDisk, hits: Hits) -> None:
    answers.counts(hits, "share held")
    if hits:
        disk_hits(view, kept, "ask_all", [_on_disk(hit) for hit in hits])
    caption(ABOUT)


def _on_disk(hit: Hit) -> DiskHit:
    return DiskHit(hit.row, hit.document, answers.score_parts(hit), answers.reasons_parts(hit))
