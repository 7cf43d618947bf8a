"""The sidebar's upper half: which documents are looked at."""

import os
from collections.abc import Sequence

import streamlit as st

from vsaviz import shipped
from vsaviz.errors import InputError
from vsaviz.ui.loaded import Loaded
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, notice
from vsaviz.ui.uploading.given import GIVEN, PASTED, UPLOADED, given
from vsaviz.ui.uploading.on_disk import (
    PREFIX,
    about_on_disk,
    left_on_disk,
    on_disk_options,
    sample_on_disk,
)
from vsaviz.ui.uploading.places import choose_place
from vsaviz.ui.uploading.reading import read

__all__ = ["Loaded", "choose_data"]

FIRST = "clinical"
PROMISE = "Nothing leaves the machine that runs vsaviz, and usage statistics are off."


def choose_data() -> Loaded | None:
    """Show the controls for the data; return the documents, or None where there are none yet."""
    names = shipped.names()
    of_command_line = [GIVEN] if os.environ.get(shipped.GIVEN_FILE) else []
    on_disk = on_disk_options()
    options = [*of_command_line, *on_disk, *names, UPLOADED, PASTED]
    gone = _gone(options)
    asked = st.query_params.get("collection")  # a link names a shipped one
    if asked in names and "collection" not in st.session_state:
        st.session_state["collection"] = asked
    collection = st.selectbox(
        "Collection",
        options,
        index=0 if of_command_line or FIRST not in options else options.index(FIRST),
        key="collection",
        help="Small collections that come with vsaviz, or your own documents.",
    )
    if gone:
        notice(gone, "error")
    about_on_disk(on_disk)
    _own_data()
    if collection in names:
        left_on_disk()
        return _shipped(collection)
    try:
        if collection in on_disk:
            return sample_on_disk(collection)
        left_on_disk()
        return _own(collection)
    except InputError as error:
        notice(str(error), "error")
        return None


def _gone(options: Sequence[str]) -> str:
    """Return what is to be said where a collection on disk was chosen that is not offered; leave it."""
    chosen = str(st.session_state.get("collection", ""))
    if chosen in options or not chosen.startswith(PREFIX):
        return ""
    del st.session_state["collection"]
    return f"There is no collection {chosen.removeprefix(PREFIX)[:60]!r} here."


def _own_data() -> None:
    """Show where a person's own documents come in."""
    st.file_uploader(
        "Drop JSON files",
        accept_multiple_files=True,
        key="upload",
        on_change=_turn_to,
        args=("upload", UPLOADED),
        help="JSON, JSON Lines, gzipped or not, or ZIP archives of them. Several files are one collection, "
        "to be coloured by file.",
    )
    caption(PROMISE)
    with st.expander("Paste JSON"):
        st.text_area(
            "JSON",
            key="paste",
            height=120,
            on_change=_turn_to,
            args=("paste", PASTED),
            label_visibility="collapsed",
            placeholder='[{"name": "first"}, {"name": "second"}]',
        )


def _turn_to(widget: str, collection: str) -> None:
    """Show what has just been uploaded or pasted."""
    if st.session_state[widget]:
        st.session_state["collection"] = collection


def _shipped(name: str) -> Loaded:
    collection = remembered("collection", name, lambda: shipped.load(name))
    caption(collection.about)
    return Loaded(f"shipped {name}", name, collection.documents, collection.label, collection.labels)


def _own(collection: str) -> Loaded | None:
    source = given(collection)
    files = read(source) if source else None
    if source is None or files is None:
        return None
    pointer = choose_place(source.key, files.parsed)
    documents, names = files.documents(pointer)
    name = source.sources[0][0] if len(source.sources) == 1 else f"{len(source.sources):,} files"
    key = f"{source.key} {pointer}"
    return Loaded(key, name, documents, files=names if len(files.parsed) > 1 else [])
