"""One document on Compare: its nearest under each setting, side by side, and what moved."""

from html import escape

import streamlit as st

from vsaviz.lab.comparing.neighbor_lists import Neighbor, NeighborList, neighbor_lists
from vsaviz.ui import selection
from vsaviz.ui.comparing.compared import Compared
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, heading

FIRST = "compare_document"


def lists_of(of: Compared) -> list[NeighborList]:
    """Return the chosen document's neighbours: under each setting, last in the exact kernel of the first.

    Empty where no document is chosen, or it is not among the compared. Neighbours count as ``of.rows`` does.
    """
    focus = selection.current(of.view.loaded.key).focus
    row = of.place(focus)
    if row is None or len(of.rows) < 2:
        return []

    def make() -> list[NeighborList]:
        under = [of.similarities(one, row) for one in of.encodings]
        return neighbor_lists([*under, of.exact_row(row)], row)

    return remembered("compared lists", (of.view.loaded.key, of.encodings, row), make)


def document_section(of: Compared, lists: list[NeighborList]) -> None:
    """Show a choice of a document, and its lists of neighbours."""
    heading("Neighbours of one document", "click a point on any map, or choose")
    _choose(of)
    focus = selection.current(of.view.loaded.key).focus
    if len(of.rows) < 2:
        caption("There is no other document to compare it with.")
    elif focus is not None and of.place(focus) is None:
        caption(f"{of.view.ids[focus]} is not in the sample that is compared: choose another.")
    elif lists:
        st.html(_html(of, lists))
        k = len(lists[0].neighbors)
        caption(
            f"▲ ▼ places up or down against the first list; new: not among its {k}. Kept: of the {k} nearest "
            "in the exact kernel. ρ: Spearman's correlation of the places of all others with those in it."
        )


def _choose(of: Compared) -> None:
    """Show the box of documents: it follows the maps and leads them."""
    view = of.view
    focus = selection.current(view.loaded.key).focus
    key = f"{FIRST} {view.loaded.key}"
    st.session_state[key] = focus if of.place(focus) is not None else None

    def choose() -> None:
        row = st.session_state[key]
        if row is not None:
            selection.walk_to(view.loaded.key, row)

    st.selectbox(
        "Document",
        of.rows.tolist(),
        key=key,
        format_func=lambda row: f"{view.ids[row]}  {view.titles[row]}"[:90],
        placeholder="No document chosen",
        label_visibility="collapsed",
        on_change=choose,
    )


def _html(of: Compared, lists: list[NeighborList]) -> str:
    labels = [*of.labels, "exact kernel" if len(of.settings) == 1 else "exact kernel of 1"]
    exact = len(lists) - 1
    k = len(lists[0].neighbors)
    columns = "".join(
        f"<section><b>{escape(label)}</b>{_agreeing(one, exact, place)}"
        f"<ol>{''.join(_line(of, neighbor, k, place) for neighbor in one.neighbors)}</ol></section>"
        for place, (label, one) in enumerate(zip(labels, lists, strict=True))
    )
    return f'<div class="vz-lists">{columns}</div>'


def _agreeing(one: NeighborList, exact: int, place: int) -> str:
    if place == exact:
        return "<small>the limit of large D</small>"
    return f"<small>{one.kept[exact]} of {len(one.neighbors)} kept, ρ {one.rank[exact]:.2f}</small>"


def _line(of: Compared, one: Neighbor, k: int, place: int) -> str:
    row = int(of.rows[one.row])
    name = escape(f"{of.view.ids[row]}  {of.view.titles[row]}"[:64])
    mark, title = _moved(one, k) if place else ("", "")
    return (
        f'<li><i title="{title}">{mark}</i><span title="{name}">{name}</span>'
        f"<em>{one.similarity:.2f}</em></li>"
    )


def _moved(one: Neighbor, k: int) -> tuple[str, str]:
    """Return the mark of a neighbour against the first list, and what it says."""
    title = f"place {one.rank:,} here, {one.rank_in_first:,} in list 1"
    if one.rank_in_first > k:
        return "new", title
    if not one.moved:
        return "=", title
    return f"{'▲' if one.moved > 0 else '▼'}{abs(one.moved)}", title
