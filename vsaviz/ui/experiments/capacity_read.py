"""Capacity, of items and pairs: live beside theory, the stored benchmark and published figures."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from vsaviz import schemes
from vsaviz.figures.capacity import Needed, needed_figure
from vsaviz.figures.measured import Axes, Line, measured_figure
from vsaviz.lab.capacity.bundles import ACCURATE, ITEMS, Asked, Held, read_back, worst_gap
from vsaviz.lab.capacity.holding import dimension_for
from vsaviz.lab.capacity.published import PUBLISHED_AT, line_at, published, stored_curve, stored_runs
from vsaviz.ui.experiments.chart import show_chart
from vsaviz.ui.experiments.reading import listed, show_reading
from vsaviz.ui.parts import caption, heading, is_dark
from vsaviz.ui.running import run

DIMENSIONS = (64, 128, 256, 512, 1024)
MEMORIES = (100, 1_000)
START = Asked(("mbat", "map-i", "hrr", "bsc"))
MOST_SCHEMES = 6


def show_read(reading: str) -> None:
    """Draw the controls, both figures, and what they say; ``reading`` is ``items`` or ``pairs``."""
    asked = _chosen(reading)
    if not asked.schemes:
        caption("Choose at least one scheme.")
        return
    text = f"Reading {reading} back under {listed(list(asked.schemes))}"
    found = run("capacity", asked, lambda progress: read_back(asked, progress), text)
    if found is None:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        heading(f"{reading.capitalize()} read back", f"live, D = {asked.dimensions:,}")
        lines = [Line(one.scheme, one.counts, one.measured, one.expected) for one in found]
        axes = Axes(f"{reading} bundled", "read back rightly")
        figure = measured_figure(lines, axes, dark=is_dark())
        show_chart(figure, "capacity_figure", "Share read back against how many are bundled")
    with right:
        heading(f"D that {ACCURATE:.0%} needs", "stored, from benchmarks/capacity.py")
        figure = needed_figure([_needed(one, reading) for one in found], dark=is_dark())
        show_chart(figure, key="capacity_needed", alt="D against how many are bundled")
    show_reading(in_words(found, asked))
    _show_table(found, reading)


def _chosen(reading: str) -> Asked:
    possible = [name for name in schemes.names() if schemes.scheme_type(name).largest is None]
    left, middle, right = st.columns([4, 3, 2], vertical_alignment="bottom")
    names = left.multiselect(
        "Schemes",
        possible,
        default=list(START.schemes),
        max_selections=MOST_SCHEMES,
        key="capacity_schemes",
        persist_state="session",
        help="How vectors are bundled and bound. Those with a dense matrix for each role are too slow here.",
    )
    D = middle.segmented_control(
        "D",
        DIMENSIONS,
        default=START.dimensions,
        required=True,
        format_func=lambda D: f"{D:,}",
        key="capacity_dimensions",
        persist_state="session",
        help="The length of the vectors. Twice as many hold about twice as much.",
    )
    n_items = right.segmented_control(
        "Item memory",
        MEMORIES,
        default=START.n_items,
        required=True,
        format_func=lambda n: f"{n:,}",
        key="capacity_memory",
        persist_state="session",
        help="Among how many vectors each is to be found. The stored figures have 1,000.",
    )
    return Asked(tuple(names), reading, D or START.dimensions, n_items or START.n_items)


def _needed(one: Held, reading: str) -> Needed:
    known = published(one.scheme, reading)
    return Needed(
        one.scheme,
        stored_curve(one.scheme, reading),
        published=(PUBLISHED_AT, known) if known else None,
        live=(one.most, one.dimensions) if one.most else None,
    )


def in_words(found: Sequence[Held], asked: Asked) -> str:
    """Return in words what came out."""
    held: dict[int, list[str]] = {}
    for one in sorted(found, key=lambda one: -one.most):
        held.setdefault(one.most, []).append(one.scheme)
    parts = [f"up to {most} under {listed(names)}" for most, names in held.items() if most]
    if 0 in held:
        parts.append(f"no size under {listed(held[0])}")
    return (
        f"At D = {asked.dimensions:,}, of the sizes tried, {ACCURATE:.0%} of the {asked.reading} came back "
        f"out of bundles of {'; '.join(parts)}. Measured shares, the means of {asked.runs} memories of "
        f"{asked.n_items:,}, differ from theory by at most {worst_gap(found):.2f}."
    )


def _show_table(found: Sequence[Held], reading: str) -> None:
    stored = [stored_curve(one.scheme, reading) for one in found]
    columns = {
        "scheme": [one.scheme for one in found],
        "stored benchmark": [round(line_at(curve, PUBLISHED_AT)) if curve else None for curve in stored],
        "published 2022": [published(one.scheme, reading) for one in found],
        "theory": [_theory(one, reading) for one in found],
    }
    st.dataframe(columns, hide_index=True, width="stretch")
    caption(
        f"D at which {ACCURATE:.0%} of {PUBLISHED_AT} {reading} come back among {ITEMS:,}. Stored, from "
        f"benchmarks/capacity.py: the mean of {stored_runs()} memories, read off a line through all k. "
        "Published: Schlegel, Neubert and Protzel (2022)."
    )


def _theory(one: Held, reading: str) -> int | None:
    if np.isnan(one.expected[-1]):
        return None
    return dimension_for(one.scheme, reading, PUBLISHED_AT, ITEMS, ACCURATE)
