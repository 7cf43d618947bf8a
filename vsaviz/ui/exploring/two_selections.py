"""Two named selections against each other: what sets them apart, and how alike their documents are."""

import numpy as np
import streamlit as st

from vsaviz.figures.rows import signed
from vsaviz.groups import Difference, Groups
from vsaviz.groups.cosines import Cosines, mean_cosines
from vsaviz.ui.exploring.named import compare, compared, named
from vsaviz.ui.group import NAMES, TOLD, show_differences
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, heading, working
from vsaviz.ui.selection import Rows
from vsaviz.ui.view import View


def two_selections(view: View) -> None:
    """Show the comparison of two named selections, if one was asked for."""
    pair = compared(view)
    if pair is None:
        return
    rows = [named(view)[name] for name in pair]
    with st.container(key="two_selections"):
        left, right = st.columns([8, 1], vertical_alignment="bottom")
        with left:
            heading(f"{pair[0]} against {pair[1]}", f"{len(rows[0]):,} and {len(rows[1]):,} documents")
        right.button("Close", key="close_two", type="tertiary", on_click=compare, args=(view, None))
        caption(_alike(pair, _cosines(view, rows[0], rows[1])))
        _apart(view, pair, rows)


def _cosines(view: View, one: Rows, other: Rows) -> Cosines:
    return remembered(
        "cosines",
        (view.key, one, other),
        lambda: mean_cosines(view.vectors[np.array(one)], view.vectors[np.array(other)]),
    )


def _alike(pair: tuple[str, str], found: Cosines) -> str:
    """Return the mean cosines as a sentence."""
    within = [
        f"{signed(cosine).removeprefix('+')} within {name}"
        for name, cosine in zip(pair, found.within, strict=True)
        if cosine is not None
    ]
    between = f"{signed(found.between).removeprefix('+')} between them"
    return f"Mean cosine of two documents: {', '.join([*within, between])}."


def _apart(view: View, pair: tuple[str, str], rows: list[Rows]) -> None:
    one, other = (sorted(set(rows[i]) - set(rows[1 - i])) for i in (0, 1))
    both = len(rows[0]) - len(one)
    if both:
        caption(f"{both:,} are in both, and are left out of what follows.")
    if not one or not other:
        caption(f"Nothing is in {pair[0] if not one else pair[1]} alone: there is nothing to set apart.")
        return
    show_differences(_differences(view, one, other), pair[0], pair[1], "differences_two")


def _differences(view: View, one: list[int], other: list[int]) -> list[Difference]:
    """Return the most telling differences, without those that only say how documents are numbered."""
    naming = {field.name for field in view.by_rules.fields.values() if field.kind in NAMES}

    def work() -> list[Difference]:
        with working(view.slot, f"Comparing {len(one):,} documents with {len(other):,}"):
            groups = Groups([view.documents[row] for row in (*one, *other)])
            found = groups.differences(range(len(one)), TOLD + len(naming))
        return [one for one in found if one.kind != "level" or one.field not in naming][:TOLD]

    return remembered("differences of two", (view.loaded.key, tuple(one), tuple(other)), work)
