"""Neighbours in the whole of a collection on disk: of the chosen document, or of one that is pasted."""

import streamlit as st

from vsaviz.errors import InputError
from vsaviz.search.written import read_json
from vsaviz.ui import selection
from vsaviz.ui.aside import aside
from vsaviz.ui.disk_hits import DiskHit, disk_hits
from vsaviz.ui.exploring.searching_all import COUNTS, Asked, Found, searching
from vsaviz.ui.loaded import OnDisk
from vsaviz.ui.parts import caption, notice
from vsaviz.ui.running import run
from vsaviz.ui.view import View
from vsaviz.vectorizer import JSONVectorizer

CHOSEN, PASTED = "The chosen document", "A pasted one"


def in_all(view: View) -> None:
    """Show the neighbours in all documents of a collection on disk, if a sample of one is on the map."""
    kept = view.loaded.on_disk
    if kept is None:
        return
    title = f"Nearest in all {kept.n:,} documents on disk"
    with st.expander(title, expanded=kept.indexed, key="in_all", on_change="rerun") as opened:
        if not opened.open:
            return
        try:
            asked = _asked(view, kept)
            found = asked and _found(view, kept, asked)
        except InputError as error:
            notice(str(error), "error")
            return
        if asked and found:
            _show(view, kept, asked, found)


def _asked(view: View, kept: OnDisk) -> Asked | None:
    """Show the controls; return what they ask, or say what is missing."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ways = st.segmented_control(
            "Whose",
            [CHOSEN, PASTED],
            default=CHOSEN,
            required=True,
            key="in_all_whose",
            persist_state="session",
        )
        k = st.selectbox("How many", COUNTS, key="in_all_k", width=110, persist_state="session")
        exact = kept.indexed and st.toggle(
            "Compare every vector",
            key="in_all_exact",
            persist_state="session",
            help="Without it the approximate index is asked, which takes less time and may miss some.",
        )
    return _pasted(kept, k, exact) if ways == PASTED else _chosen(view, kept, k, exact)


def _chosen(view: View, kept: OnDisk, k: int, exact: bool) -> Asked | None:
    focus = selection.current(view.loaded.key).focus
    if focus is None or focus >= len(kept.ids):
        caption("Choose a document on the map, or paste one.")
        return None
    itself = int(kept.ids[focus])
    return Asked(f"id {itself}", kept.vectors[focus], itself, k, exact)


def _pasted(kept: OnDisk, k: int, exact: bool) -> Asked | None:
    text = st.text_area(
        "Document as JSON",
        key="in_all_text",
        height=110,
        placeholder='{"title": "…"}',
        persist_state="session",
    )
    if not text or not text.strip():
        caption("Paste a document, or a piece of one: it is encoded as the collection is.")
        return None
    document = read_json(text.encode("utf-8", "surrogatepass"), "the box")
    own = kept.encoding
    encoder = JSONVectorizer.of(kept.vocabulary, own.scheme, own.dimensions, own.seed)
    return Asked(f"text {text}", encoder.transform([document])[0], None, k, exact)


def _found(view: View, kept: OnDisk, asked: Asked) -> Found | None:
    """Return what is found; None where a person stopped the search."""
    settings = (view.loaded.key, asked.key, asked.k, asked.exact)
    text = f"Comparing {kept.n:,} vectors on disk"
    return run("in all", settings, lambda bar: aside(searching(kept, asked), bar), text)


def _show(view: View, kept: OnDisk, asked: Asked, found: Found) -> None:
    """Show the hits, and beside them the document that is read."""
    if not len(found.ids):
        caption("There is no other document.")
        return
    own = kept.encoding
    how = "by the approximate index" if kept.indexed and not asked.exact else "every vector compared"
    caption(f"Cosines of the vectors on disk ({own.scheme}, D={own.dimensions:,}), {how}.")
    lines = zip(found.ids.tolist(), found.documents, found.similarities.tolist(), strict=True)
    hits = [DiskHit(number, document, _score(cosine)) for number, document, cosine in lines]
    disk_hits(view, kept, "in_all", hits)


def _score(cosine: float) -> str:
    width = max(0.0, min(1.0, cosine))
    return f'<span>{cosine:.2f}</span><b class="vz-track"><i style="width:{width:.1%}"></i></b>'
