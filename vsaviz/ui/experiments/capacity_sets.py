"""Capacity, of sets: members and shared items, measured beside their bounds."""

from collections.abc import Sequence

import streamlit as st

from vsaviz.figures.measured import Axes, Line, measured_figure
from vsaviz.lab.capacity.sets import SetErrors, SetSettings, set_errors
from vsaviz.ui.experiments.chart import show_chart
from vsaviz.ui.experiments.reading import listed, show_reading
from vsaviz.ui.parts import caption, heading, is_dark
from vsaviz.ui.running import run

SIZES = (3, 5, 15, 31)
START = SetSettings()
FEW_WRONG = 0.01


def show_sets() -> None:
    """Draw the control, both figures, and what they say."""
    k = st.segmented_control(
        "Items in each set",
        SIZES,
        default=START.k,
        required=True,
        key="capacity_set_size",
        persist_state="session",
        help="More items need more dimensions, in proportion: 31 break what few dimensions hold.",
    )
    settings = SetSettings(k or START.k, shared=(k or START.k) // 3)
    text = f"Asking {settings.trials} sets of {settings.k}"
    found = run("capacity_sets", settings, lambda progress: set_errors(settings, progress), text)
    if found is None:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        heading("Is it a member?", "answers that are wrong, live")
        lines = [Line(one.title, one.dimensions, one.wrong, one.wrong_bound) for one in found]
        _draw(lines, Axes("D", "wrong answers", "bound", log=True, top=None), "capacity_members")
    with right:
        heading("How many are shared?", "items off, 95 % of the trials, live")
        lines = [Line(one.title, one.dimensions, one.off, one.off_bound) for one in found]
        _draw(lines, Axes("D", "items off", "bound", percent=False, log=True, top=None), "capacity_shared")
    show_reading(in_words(found, settings))
    caption(
        "Half of the questions are of members. The bounds are of the form of Clarkson, Ubaru and Yang "
        "(2023), and derived here. Members: Hoeffding's inequality for sums and signs; for sparse bits, a "
        "Bloom filter, the line is the exact chance, and points scatter about it. Shared items: the lemma of "
        "Johnson and Lindenstrauss for sums, Hoeffding's inequality for signs, Chebyshev's for bits."
    )


def _draw(lines: list[Line], axes: Axes, key: str) -> None:
    figure = measured_figure(lines, axes, dark=is_dark())
    show_chart(figure, key=key, alt=f"{axes.y} against D, and their bounds")


def in_words(found: Sequence[SetErrors], settings: SetSettings) -> str:
    """Return in words what came out."""
    parts = []
    for one in found:
        enough = [D for D, wrong in zip(one.dimensions, one.wrong, strict=True) if wrong <= FEW_WRONG]
        sure = [D for D, bound in zip(one.dimensions, one.wrong_bound, strict=True) if bound <= FEW_WRONG]
        measured = f"from D = {enough[0]:,}" if enough else "at no D here"
        promised = f"from {sure[0]:,}" if sure else "at none"
        parts.append(f"{one.title} {measured} (promised {promised})")
    within = sum(off <= bound for one in found for off, bound in zip(one.off, one.off_bound, strict=True))
    points = sum(len(one.dimensions) for one in found)
    return (
        f"With {settings.k} items, at most {FEW_WRONG:.0%} of the answers are wrong under {listed(parts)}. "
        f"Of the {points} estimates of the {settings.shared} shared items {within} keep to their bound."
    )
