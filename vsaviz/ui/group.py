"""What sets the selected documents apart from the others, which of them is typical, and which are odd."""

from collections.abc import Sequence
from concurrent.futures import Future
from html import escape

import numpy as np
import streamlit as st

from vsaviz.figures import differences_figure
from vsaviz.groups import Difference, Groups, typical
from vsaviz.ui import selection
from vsaviz.ui.ahead import begun, waited
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, heading, is_dark, literal, working
from vsaviz.ui.view import View

TOLD = 8
MANY = 3_000
"""Documents from which on it takes a while to read what they have."""
NAMES = ("identifier", "row number")
"""Kinds of fields that name a document: that their numbers are higher says nothing."""

Rows = tuple[int, ...]


def group_card(view: View) -> None:
    """Show what the documents that a box or lasso took have in common, if there are two or more."""
    rows = selection.current(view.loaded.key).rows
    if len(rows) < 2:
        return
    others = len(view.documents) - len(rows)
    with st.container(key="group"):
        if others:
            heading(f"{len(rows):,} selected", f"what sets them apart from the other {others:,}")
            show_differences(_differences(view, rows), "selected", f"the other {others:,}")
        else:
            heading(f"All {len(rows):,} selected")
            caption("None are left to compare them with. Select fewer to see what sets these apart.")
        _examples(view, rows)


def prepare_groups(view: View) -> None:
    """Begin to read what many documents have, so that the first selection need not wait for it."""
    if len(view.documents) >= MANY:
        _prepared(view)


def _prepared(view: View) -> Future[Groups]:
    documents = view.documents
    return begun("groups", view.loaded.key, lambda: Groups(documents))


def _differences(view: View, rows: Rows) -> list[Difference]:
    """Return the most telling differences, without those that only say how documents are numbered."""
    naming = {field.name for field in view.by_rules.fields.values() if field.kind in NAMES}

    def compare() -> list[Difference]:
        with working(view.slot, f"Reading what {len(view.documents):,} documents have") as report:
            groups = waited(_prepared(view), report)
        with working(view.slot, "Comparing the selected with the others"):
            found = groups.differences(rows, TOLD + len(naming))
        return [one for one in found if one.kind != "level" or one.field not in naming][:TOLD]

    return remembered("differences", (view.loaded.key, rows), compare)


def show_differences(
    differences: Sequence[Difference], one: str, other: str, key: str = "differences"
) -> None:
    """Show what sets documents apart from others, the two being called so; plain names are escaped here."""
    if not differences:
        caption(f"Nothing that is more than chance: in all fields they are like {other}.")
        return
    left, right = st.columns([5, 2], gap="small")
    figure = differences_figure(
        [one.label for one in differences],
        [one.effect for one in differences],
        [one.low for one in differences],
        [one.high for one in differences],
        dark=is_dark(),
    )
    left.plotly_chart(
        figure,
        key=key,
        theme=None,
        config={"displayModeBar": False},
        alt=f"What sets the {one} apart, with 95 % intervals",
    )
    right.html(_told(differences, int(figure.layout.height)))
    caption(
        f"Blue: more or higher among the {one}; orange: less. The line is the 95 % interval. At the right "
        f"the share or the median of the {one} against that of {other}."
    )


def told_of(view: View, rows: Rows) -> tuple[tuple[str, str], ...]:
    """Return what sets selected documents apart: each difference, and both sides of it."""
    if not 2 <= len(rows) < len(view.documents):
        return ()
    return tuple((one.label, one.told) for one in _differences(view, rows))


def _told(differences: Sequence[Difference], height: int) -> str:
    """Return both sides of each difference, a line beside each row of the figure."""
    lines = "".join(f'<li title="{escape(_detail(one))}">{escape(one.told)}</li>' for one in differences)
    return f'<ol class="vz-told" style="height:{height}px">{lines}</ol>'


def _detail(one: Difference) -> str:
    also = f"; so do {', '.join(one.also)}" if one.also else ""
    inside, outside = one.compared
    return f"{one.label}: {one.told}, of {inside:,} against {outside:,}{also}"


def _examples(view: View, rows: Rows) -> None:
    """Show the most typical document and the odd ones, to walk to; two are there to be compared."""
    if len(rows) == 2:
        st.button(
            "Compare the two", key="compare_two", on_click=selection.show_pair, args=(view.loaded.key, rows)
        )
        return
    found = remembered("typical", (view.key, rows), lambda: typical(view.vectors[np.array(rows)]))
    _walks(view, "Most typical", [rows[found.row]], "typical")
    _walks(view, "Odd among them", [rows[number] for number in found.odd], "odd")


def _walks(view: View, text: str, rows: Sequence[int], key: str) -> None:
    """Show some documents in a line, to walk to."""
    if not rows:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.html(f'<p class="vz-caption">{escape(text)}</p>', width="content")
        for rank, row in enumerate(rows):
            st.button(
                literal(f"{view.ids[row]}  {view.titles[row]}"[:26]),
                key=f"{key}_{rank}",
                on_click=selection.walk_to,
                args=(view.loaded.key, row),
            )
