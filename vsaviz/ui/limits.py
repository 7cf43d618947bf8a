"""What answers must be, exactly, and what each field of the question counts."""

from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.search.examples import example_filters
from vsaviz.search.written import read_where, read_without
from vsaviz.ui.parts import caption
from vsaviz.ui.question import fields_of
from vsaviz.ui.view import View

COUNTS = (10, 25, 50)
HEAVIEST = 3.0
SLIDERS = 4
"""In a line."""


@dataclass(frozen=True)
class Limits:
    """How many answers are shown, how they are filtered and weighed."""

    k: int
    where: list[Any]
    without: list[Any]
    weights: dict[str, float]


def limits(view: View, fields: list[str]) -> Limits:
    """Show the filters, and a weight for each of the fields.

    Raises
    ------
    InputError
        If what is written is no JSON; the message says where.
    """
    such_as = example_filters(fields_of(view))
    with st.expander("Filters and weights", key="limits"):
        left, middle, right = st.columns([5, 5, 2], gap="medium")
        where = left.text_area(
            "Only where",
            key=f"where {view.loaded.key}",
            height=92,
            placeholder=such_as[0],
            persist_state="session",
            help="Filters exactly, before anything is ranked. One predicate a line, all must be true: "
            "= != < <= > >= with a JSON value, in with an array, ~ for a text that contains another, "
            "exists, and not before any of them. A text that begins with { is a JSON Schema.",
        )
        without = middle.text_area(
            "Without",
            key=f"without {view.loaded.key}",
            height=92,
            placeholder=such_as[1],
            persist_state="session",
            help="Pieces of JSON, one a line: documents that hold the whole of one are left out.",
        )
        k = right.selectbox("Answers", COUNTS, key="ask_k", persist_state="session")
        weights = _weights(fields)
    return Limits(k, read_where(where), read_without(without), weights)


def _weights(fields: list[str]) -> dict[str, float]:
    if not fields:
        return {}
    caption("What each field counts: 0 leaves it out, 1 is what it has by itself.")
    places = st.columns(SLIDERS, gap="medium")
    return {name: _weight(places[i % SLIDERS], name) for i, name in enumerate(fields)}


def _weight(place: DeltaGenerator, name: str) -> float:
    """Show a slider; the name stands above it and not in its label, in which addresses become links."""
    with place.container(gap="xxsmall"):
        st.html(f'<div class="vz-weighed">{escape(name)}</div>')
        return st.slider(
            "Weight",
            0.0,
            HEAVIEST,
            1.0,
            0.1,
            "%.1f",
            key=f"ask_weight {name}",
            label_visibility="collapsed",
            persist_state="session",
        )
