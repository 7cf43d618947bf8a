"""The view to pass on: as a link, and as Python that makes it again."""

from dataclasses import replace
from typing import Any

import streamlit as st

from vsaviz.project import METHODS
from vsaviz.reproduction import Reproduced, Source, python_code
from vsaviz.ui import selection
from vsaviz.ui.exploring.address import address, bring_up_to_date
from vsaviz.ui.exploring.filters import asked
from vsaviz.ui.parts import caption
from vsaviz.ui.uploading.given import given
from vsaviz.ui.uploading.opened import SEED
from vsaviz.ui.uploading.places import LIKELIEST
from vsaviz.ui.uploading.reading import WITHOUT
from vsaviz.ui.view import NEIGHBORS, View


def link(view: View) -> None:
    """Show the address of the view, and keep the browser's own up to date."""
    now = address(view)
    bring_up_to_date(now)
    with st.popover("Link", icon=":material/link:", type="tertiary", key="link"):
        if now is None:
            caption(
                "Links are for the collections that come with vsaviz: of your own documents nothing ever "
                "stands in an address. Take the Python, or the report, to pass this view on."
            )
            return
        st.code(now.url, language=None, wrap_lines=True)
        left_out = f" Left out: {now.left_out}." if now.left_out else ""
        caption(
            f"Collection, encoding, fields, colours, filters, document and selection are in it.{left_out}"
        )


def python(view: View) -> None:
    """Show the code that makes the view again."""
    with st.popover("Python", icon=":material/code:", type="tertiary", key="python"):
        st.code(python_code(reproduced(view)), language="python", height=420)
        caption("The same documents, vectors, places on the map, filters and neighbours, in a script.")


def reproduced(view: View) -> Reproduced:
    """Return what the view depends on."""
    first = view.choice.first
    focus = selection.current(view.loaded.key).focus
    return Reproduced(
        source=_source(view),
        scheme=first.scheme,
        dimensions=first.dimensions,
        seed=first.seed,
        features=first.features,
        method=st.session_state.get("projection") or next(iter(METHODS)),
        where=asked(view).predicates,
        focus=focus if focus is not None and focus < len(view.documents) > 1 else None,
        neighbors=min(NEIGHBORS, len(view.documents) - 1),
    )


def _source(view: View) -> Source:
    """Return where the documents come from; uploads by the names of their files."""
    collection = str(st.session_state.get("collection"))
    if view.loaded.key == f"shipped {collection}":
        return Source(collection=collection)
    kept = view.loaded.on_disk
    if kept is not None:
        plain = replace(view.choice.first.features, field_weights=())
        learnt = plain == kept.encoding.features
        return Source(on_disk=kept.name, sample=len(kept.ids), sample_seed=SEED, learnt=learnt)
    found: Any = given(collection)
    names = [name for name, _ in found.sources] if found else [view.loaded.name]
    pointer = st.session_state.get("record_path", LIKELIEST)
    without = found is not None and st.session_state.get(WITHOUT) == found.key
    return Source(
        files=tuple(names),
        record_path=None if pointer == LIKELIEST else pointer,
        broken="leave out" if without else "refuse",
    )
