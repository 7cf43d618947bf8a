"""The table of fields: what each is taken for, why, and what it weighs; weights can be changed there."""

from typing import Any

import streamlit as st

from vsaviz.features import Field
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption

SHOWN_AT_MOST = 5_000
HIGHEST = 10.0
WEIGHTS = "_weights of fields"
TURN = "_turn of fields"


def chosen(key: str) -> dict[str, float]:
    """Return the weights that a person set in this visit for these documents, by the names of fields."""
    weights: dict[str, float] = st.session_state.setdefault(WEIGHTS, {}).setdefault(key, {})
    return weights


def fields_table(key: str, fields: list[Field], by_rules: list[Field], shares: dict[str, float]) -> None:
    """Show fields, the most telling first; a changed weight or a switched-off field counts at once.

    ``by_rules`` is the same table without what was changed by hand.
    """
    order = remembered("order of fields", key, lambda: _order(fields, shares))[:SHOWN_AT_MOST]
    st.session_state.setdefault(TURN, 0)
    widget = f"fields {key} {st.session_state[TURN]}"
    shown = [fields[row] for row in order]
    st.data_editor(
        {
            "on": [field.weight > 0 for field in shown],
            "field": [field.name for field in shown],
            "kind": [field.kind for field in shown],
            "weight": [field.weight for field in shown],
            "share": [shares.get(field.name, 0.0) for field in shown],
            "why": [field.why for field in shown],
            "documents": [field.documents for field in shown],
            "distinct": [field.distinct for field in shown],
            "structure": [field.structure for field in shown],
            "idf": [field.idf for field in shown],
            "balance": [field.balance for field in shown],
        },
        key=widget,
        hide_index=True,
        height=320,
        num_rows="fixed",
        disabled=["field", "kind", "share", "structure", "idf", "balance", "documents", "distinct", "why"],
        column_config=_columns(max(shares.values(), default=1.0)),
        on_change=_take,
        args=(widget, key, [by_rules[row] for row in order]),
    )
    if len(fields) > len(order):
        caption(f"The {len(order):,} fields of the largest share, of {len(fields):,}.")
    changed = chosen(key)
    if changed:
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            caption(f"{len(changed)} of {len(fields):,} weights set by hand.")
        right.button("Back to the rules", key="weights_reset", type="tertiary", on_click=_reset, args=(key,))


def _order(fields: list[Field], shares: dict[str, float]) -> list[int]:
    """Return the numbers of fields, the largest share first: the order stays when weights change."""
    return sorted(range(len(fields)), key=lambda row: -shares.get(fields[row].name, 0.0))


def _columns(largest: float) -> dict[str, Any]:
    return {
        "on": st.column_config.CheckboxColumn(width=60, help="Switched off, a field does not count at all."),
        "weight": st.column_config.NumberColumn(
            width=70, min_value=0.0, max_value=HIGHEST, step=0.05, format="%.2f", help="1 is what most have."
        ),
        "share": st.column_config.ProgressColumn(
            width=90,
            min_value=0.0,
            max_value=largest or 1.0,
            format="percent",
            help="Of a document's squared norm, on average.",
        ),
        "structure": st.column_config.NumberColumn(
            width=75, format="%.2f", help="What the bare presence of the key has of a value's squared norm."
        ),
        "idf": st.column_config.NumberColumn(
            width=50, format="%.2f", help="The power with which the rarity of its values counts."
        ),
        "balance": st.column_config.NumberColumn(
            width=70,
            format="%.2f",
            help="The power of their length with which arrays here divide their weight among their items.",
        ),
        "documents": st.column_config.NumberColumn(width=90, format="localized"),
        "distinct": st.column_config.NumberColumn(width=80, format="localized", help="Different values."),
        "why": st.column_config.TextColumn(
            width="large", help="What was measured to choose kind, weight, structure, idf and balance."
        ),
    }


def _take(widget: str, key: str, by_rules: list[Field]) -> None:
    """Keep what a person changed in the table."""
    weights = chosen(key)
    for row, cells in st.session_state[widget]["edited_rows"].items():
        field = by_rules[int(row)]
        if cells.get("on") is False:
            weights[field.name] = 0.0
        elif "weight" in cells and cells["weight"] is not None:
            weights[field.name] = float(cells["weight"])
        else:
            weights.pop(field.name, None)
        if weights.get(field.name) == field.weight:
            del weights[field.name]


def _reset(key: str) -> None:
    """Forget all weights set by hand; a table of its own forgets what was edited in the last one."""
    chosen(key).clear()
    st.session_state[TURN] += 1
