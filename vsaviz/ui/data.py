"""The sidebar's upper half: which documents are looked at."""

import os
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import streamlit as st

from vsaviz import ingest, shipped
from vsaviz.errors import InputError
from vsaviz.ingest import Parsed
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, notice

GIVEN = "Given file"
UPLOADED = "Your files"
PASTED = "Pasted text"
FIRST = "clinical"
LIKELIEST = "likeliest"  # no JSON Pointer: these are empty or start with a slash


@dataclass(frozen=True)
class Loaded:
    """The documents on the screen; ``key`` changes whenever they do."""

    key: str
    name: str
    documents: list[Any] = field(repr=False)
    label: str = ""
    labels: list[str] = field(default_factory=list, repr=False)


def choose_data() -> Loaded | None:
    """Show the controls for the data; return the documents, or None where there are none yet."""
    names = shipped.names()
    given = [GIVEN] if os.environ.get(shipped.GIVEN_FILE) else []
    options = [*given, *names, UPLOADED, PASTED]
    asked = st.query_params.get("collection")  # a link names a shipped one
    if asked in names and "collection" not in st.session_state:
        st.session_state["collection"] = asked
    collection = st.selectbox(
        "Collection",
        options,
        index=0 if given or FIRST not in options else options.index(FIRST),
        key="collection",
        help="Small collections that come with vsaviz, or your own documents.",
    )
    st.file_uploader(
        "Drop JSON files",
        accept_multiple_files=True,
        key="upload",
        on_change=_turn_to,
        args=("upload", UPLOADED),
        help="JSON, JSON Lines, or either gzipped; several files become one collection. "
        "Nothing leaves the machine that runs vsaviz.",
    )
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
    if collection in names:
        return _shipped(collection)
    try:
        return _own(_sources(collection))
    except InputError as error:
        notice(str(error), "error")
        return None


def _turn_to(widget: str, collection: str) -> None:
    """Show what has just been uploaded or pasted."""
    if st.session_state[widget]:
        st.session_state["collection"] = collection


def _shipped(name: str) -> Loaded:
    collection = remembered("collection", name, lambda: shipped.load(name))
    caption(collection.about)
    return Loaded(f"shipped {name}", name, collection.documents, collection.label, collection.labels)


def _sources(collection: str) -> list[tuple[str, bytes]]:
    """Return the names and contents of what a person gave."""
    match collection:
        case "Your files":
            return [(file.name, file.getvalue()) for file in st.session_state.get("upload") or []]
        case "Pasted text":
            text = st.session_state.get("paste") or ""
            return [("pasted text", text.encode("utf-8", "surrogatepass"))] if text.strip() else []
        case _:
            path = Path(os.environ[shipped.GIVEN_FILE])
            try:
                return [(path.name, path.read_bytes())]
            except OSError as error:
                raise InputError(f"{path.name} cannot be read: {error.strerror}") from error


def _own(sources: list[tuple[str, bytes]]) -> Loaded | None:
    if not sources:
        return None
    digest = blake2b(digest_size=16)
    for name, data in sources:
        digest.update(f"{name!r} {len(data)} ".encode() + data)
    key = digest.hexdigest()
    parsed = remembered("parsed", key, lambda: [ingest.parse(data, name) for name, data in sources])
    pointer = _choose_record_path(parsed)
    documents = [document for one in parsed for document in ingest.records(one, pointer)]
    name = sources[0][0] if len(sources) == 1 else f"{len(sources)} files"
    return Loaded(f"{key} {pointer}", name, documents)


def _choose_record_path(parsed: list[Parsed]) -> str | None:
    """Let a person say where in the files the documents lie; None is each file's likeliest place."""
    counts: Counter[str] = Counter()
    files: Counter[str] = Counter()
    likeliest = 0
    for one in parsed:
        paths = ingest.record_paths(one)
        likeliest += paths[0].n
        counts.update({path.pointer: path.n for path in paths})
        files.update(path.pointer for path in paths)
    everywhere = [pointer for pointer, n in files.items() if n == len(parsed)]
    if len(everywhere) < 2:
        return None
    texts = {pointer: f"{pointer or 'the whole file'} ({counts[pointer]:,})" for pointer in everywhere}
    chosen = st.selectbox(
        "Record path",
        [LIKELIEST, *everywhere],
        format_func=lambda pointer: texts.get(pointer, f"likeliest place ({likeliest:,})"),
        key="record_path",
        help="Where in the file the documents lie, with how many there are.",
    )
    return None if chosen == LIKELIEST else chosen
