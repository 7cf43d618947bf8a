"""Where in the files of a person the documents lie."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from vsaviz.ingest import Parsed, record_paths
from vsaviz.ui.memory import remembered

LIKELIEST = "likeliest"  # no JSON Pointer: these are empty or start with a slash


@dataclass(frozen=True)
class Places:
    """Where documents may lie in all of the files, and how many there are at each."""

    counts: dict[str, int]
    likeliest: int
    """How many there are at each file's likeliest place."""


def choose_place(key: str, parsed: Sequence[Parsed]) -> str | None:
    """Let a person say where in the files the documents lie; None is each file's likeliest place."""
    places = remembered("places", key, lambda: _places(parsed))
    if len(places.counts) < 2:
        return None
    texts = {pointer: f"{pointer or 'the whole file'} ({n:,})" for pointer, n in places.counts.items()}
    chosen = st.selectbox(
        "Record path",
        [LIKELIEST, *texts],
        format_func=lambda pointer: texts.get(pointer, f"likeliest place ({places.likeliest:,})"),
        key="record_path",
        help="Where in the file the documents lie, with how many there are.",
    )
    return None if chosen == LIKELIEST else chosen


def _places(parsed: Sequence[Parsed]) -> Places:
    counts: Counter[str] = Counter()
    files: Counter[str] = Counter()
    likeliest = 0
    for one in parsed:
        paths = record_paths(one)
        likeliest += paths[0].n
        counts.update({path.pointer: path.n for path in paths})
        files.update(path.pointer for path in paths)
    return Places({pointer: counts[pointer] for pointer, n in files.items() if n == len(parsed)}, likeliest)
