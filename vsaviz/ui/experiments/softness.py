"""Softness: how likeness falls with the distance of numbers, dates, texts and arrays."""

from collections.abc import Sequence

import streamlit as st

from vsaviz import schemes
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.readings import ARRAYS
from vsaviz.features.strings import STRINGS
from vsaviz.figures.softness import Line, Panel, softness_figure
from vsaviz.lab.softness import Coding, Curve, softness
from vsaviz.lab.stability import DIMENSIONS
from vsaviz.ui.experiments.base import Experiment
from vsaviz.ui.experiments.reading import show_reading
from vsaviz.ui.experiments.softness_words import reading
from vsaviz.ui.parts import caption, is_dark
from vsaviz.ui.running import run

START = Coding()
PANELS = {
    "number": ("Numbers", "apart, in a field from 0 to 100"),
    "date": ("Dates", "days apart, in a field of three years"),
    "text": ("Texts", "edits of a text of eight words"),
    "array": ("Arrays", "edits of an array of ten items"),
}


def show() -> None:
    """Draw the controls, the four charts, and what they say."""
    coding = _chosen()
    text = "Changing documents bit by bit"
    curves = run("softness", coding, lambda progress: softness(coding, progress), text)
    if curves is None:
        return
    figure = softness_figure(_panels(curves), dark=is_dark())
    st.plotly_chart(
        figure,
        key="softness_figure",
        theme=None,
        config={"displayModeBar": False},
        alt="Cosines against the distance of numbers, dates, texts and arrays",
    )
    caption(
        f"Lines: the exact kernel. Marks: {coding.scheme} at D={curves[0].dimensions:,}, with the standard "
        "deviation of one pair. Means over pairs of documents that hold this one field, at full weight."
    )
    show_reading(reading(curves, coding))


def _chosen() -> Coding:
    numbers, strings, arrays, scheme, D, seed = st.columns([2, 2, 2, 2, 2, 1], vertical_alignment="bottom")
    return Coding(
        numbers=numbers.selectbox(
            "Numbers",
            list(NUMBERS),
            index=list(NUMBERS).index(START.numbers),
            key="softness_numbers",
            persist_state="session",
            help="quantile: near on the field's scale; thermometer: the paper's code; exact: all or nothing.",
        ),
        strings=strings.selectbox(
            "Strings",
            list(STRINGS),
            index=list(STRINGS).index(START.strings),
            key="softness_strings",
            persist_state="session",
            help="words, with or without letter groups; exact: all or nothing, also for dates.",
        ),
        arrays=arrays.selectbox(
            "Arrays",
            list(ARRAYS),
            index=list(ARRAYS).index(START.arrays),
            key="softness_arrays",
            persist_state="session",
            help="sequence: positions count; bag: they do not; soft: both readings at once.",
        ),
        scheme=scheme.selectbox(
            "Scheme",
            schemes.names(),
            key="softness_scheme",
            persist_state="session",
            help="Those that cut sums to signs lie lower.",
        ),
        dimensions=int(
            D.select_slider(
                "D",
                DIMENSIONS,
                START.dimensions,
                key="softness_dimensions",
                persist_state="session",
                help="Marks come nearer to the lines.",
            )
        ),
        seed=int(
            seed.number_input(
                "Seed",
                0,
                10**6,
                0,
                key="softness_seed",
                persist_state="session",
                help="Other documents and vectors.",
            )
        ),
    )


def _panels(curves: Sequence[Curve]) -> list[Panel]:
    return [
        Panel(
            title,
            axis,
            [
                Line(curve.name, curve.distances, curve.exact, curve.measured, curve.scatter)
                for curve in curves
                if curve.panel == panel
            ],
        )
        for panel, (title, axis) in PANELS.items()
    ]


EXPERIMENT = Experiment(
    name="softness",
    title="Softness",
    claim="A vector can be soft: 20 is near 21 and far from 80, a misspelt name is near the right one, and a "
    "list with one item more is nearly the same list. How fast likeness falls with distance is decided by "
    "how values are written, before any vector is made; the scheme only follows, with some noise.",
    control="Set numbers or strings to **exact**: then all that is not equal is unrelated, and 20 is as far "
    "from 21 as from 80. Set arrays to **bag**, and swapping items changes nothing at all; set them to "
    "**sequence**, and one item put in moves all that follow.",
    tries=(
        "Look at the dates: the same weekday makes a peak every seven days.",
        "Set strings to words: a letter changed then costs a whole word.",
        "Choose thermometer, the paper's code: it suits numbers of many sizes, and hardly tells these apart.",
        "Set D to 64: the marks scatter about the lines. Choose bsc: they lie below; signs lose a part.",
    ),
    source="S. I. Gallant, Orthogonal Matrices for MBAT Vector Symbolic Architectures, and a “Soft” VSA "
    "Representation for JSON, arXiv 2202.04771 (2022)",
    show=show,
)
