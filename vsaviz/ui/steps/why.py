"""Step 3: why two documents are near, field by field."""

import numpy as np
import streamlit as st

from vsaviz import schemes
from vsaviz.explain import explain_parts
from vsaviz.figures import contributions_figure
from vsaviz.ui.encoding import DEFAULT_SIZE
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import is_dark
from vsaviz.ui.steps.base import Step
from vsaviz.ui.steps.exhibit import NEIGHBORS, SCHEME, Exhibit
from vsaviz.ui.steps.picture import picture
from vsaviz.ui.why import why_sentence

FARTHEST = "farthest"
FIELDS = 12


def control(_: Exhibit) -> str:
    """Let a person choose one of the nearest, or the farthest."""
    return str(
        st.select_slider(
            "Compared with the one that is",
            [*map(_nth, range(1, NEIGHBORS + 1)), FARTHEST],
            key="tour_neighbor",
            persist_state="session",
        )
    )


def _nth(number: int) -> str:
    """Return a place in the order.

    >>> [_nth(number) for number in (1, 2, 3, 4)]
    ['nearest', '2nd', '3rd', '4th']
    """
    return {1: "nearest", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")


def draw(of: Exhibit, chosen: str) -> str:
    """Draw what each field adds to the cosine."""
    row, vectors = of.patient, of.vectors()
    cosines = vectors @ vectors[row]
    near = of.neighbors()[row].tolist()
    places = {_nth(place): other for place, other in enumerate(near, 1)}
    other = places.get(chosen, int(np.argmin(cosines)))
    parts = remembered(
        "tour reasons",
        (row, other),
        lambda: explain_parts(of.features, row, other, schemes.create(SCHEME, DEFAULT_SIZE)),
        most=16,
    )
    shown = parts[:FIELDS]
    figure = contributions_figure(
        [part.field for part in shown],
        [part.contribution for part in shown],
        [part.signal for part in shown],
        dark=is_dark(),
    )
    picture(figure, "why", f"What fields add to the cosine of {of.ids[row]} and {of.ids[other]}")
    alike = f"{of.ids[row]} and {of.ids[other]}, {of.labels[row]} and {of.labels[other]}"
    return f"{alike}, have a cosine of {cosines[other]:.2f}. {why_sentence(parts)}"


STEP = Step(
    "Why they are near",
    "A vector is a sum over fields, so that a similarity is a sum too, and what each field adds is known "
    "(the thin lines: what it would be in endless dimensions).",
    control,
    draw,
)
