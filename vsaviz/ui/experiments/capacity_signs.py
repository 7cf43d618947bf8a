"""Capacity, of cut bundles: signs of sums lie on the arcsine line, sums on the diagonal."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from vsaviz import schemes
from vsaviz.figures.measured import Axes, Line, measured_figure
from vsaviz.lab.capacity.signs import ITEMS, Likeness, likeness
from vsaviz.ui.experiments.chart import show_chart
from vsaviz.ui.experiments.reading import listed, show_reading
from vsaviz.ui.parts import caption, heading, is_dark
from vsaviz.ui.running import Progress, run

DIMENSIONS = (64, 256, 1024, 4096)
START = (("map-i", "map-b", "fhrr", "map-c"), 1024)
MOST_SCHEMES = 6


def show_signs() -> None:
    """Draw the controls, the figure, and what it says."""
    possible = [name for name in schemes.names() if schemes.scheme_type(name).largest is None]
    left, right = st.columns([4, 3], vertical_alignment="bottom")
    names = left.multiselect(
        "Schemes",
        possible,
        list(START[0]),
        max_selections=MOST_SCHEMES,
        key="capacity_sign_schemes",
        persist_state="session",
    )
    D = right.segmented_control(
        "D",
        DIMENSIONS,
        default=START[1],
        required=True,
        format_func=lambda D: f"{D:,}",
        key="capacity_sign_dimensions",
        persist_state="session",
        help="The smaller, the wider points scatter about their line, as 1/√D.",
    )
    if not names:
        caption("Choose at least one scheme.")
        return
    chosen = (tuple(names), D or START[1])
    found = run("capacity_signs", chosen, lambda progress: _measured(*chosen, progress), "Bundling")
    if found is None:
        return
    heading("How alike are two bundles?", f"live, {ITEMS} items each, none to all of them shared")
    lines = [
        Line(one.scheme, one.sums.tolist(), one.bundles.tolist(), one.expected.tolist()) for one in found
    ]
    axes = Axes("cosine of the plain sums", "cosine of the bundles", percent=False)
    figure = measured_figure(lines, axes, dark=is_dark())
    show_chart(figure, "capacity_signs", "Cosines of bundles against those of plain sums")
    show_reading(in_words(found, chosen[1]))


def _measured(names: Sequence[str], dimensions: int, progress: Progress) -> list[Likeness]:
    found = []
    for name in names:
        found.append(likeness(name, dimensions))
        progress(len(found) / len(names))
    return found


def in_words(found: Sequence[Likeness], dimensions: int) -> str:
    """Return in words what came out."""
    lines = {"sums": "on the diagonal", "signs": "on (2/π) arcsin of the cosine of the sums"}
    parts = []
    for kind, line in lines.items():
        same = [one for one in found if one.kind == kind]
        if same:
            most = max(float(np.abs(one.bundles - one.expected).max()) for one in same)
            parts.append(f"bundles that are {kind} ({_names(same)}) lie {line}, to {most:.2f}")
    others = [one for one in found if one.kind == "other"]
    if others:
        most = max(float(np.abs(one.bundles - one.sums).max()) for one in others)
        parts.append(f"those cut otherwise ({_names(others)}) lie off the diagonal by up to {most:.2f}")
    return f"At D = {dimensions:,}, where chance is about {dimensions**-0.5:.2f}, {'; '.join(parts)}."


def _names(found: Sequence[Likeness]) -> str:
    return listed([one.scheme for one in found])
