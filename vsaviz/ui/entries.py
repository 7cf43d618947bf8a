"""How a value is entered: chosen among the frequent ones, as a number within the range, or as text."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.jsontext import scalar, short
from vsaviz.search.asking import CHOICE, NUMBER, TEXT, Askable
from vsaviz.search.examples import shortened

LETTERS = 60

Keep = Callable[[Any], None]


def _choice(place: DeltaGenerator, key: str, field: Askable, value: Any, keep: Keep) -> None:
    # By their texts: 1, 1.0 and true would be one option.
    values = {scalar(one): one for one in field.choices(value)}
    st.session_state.setdefault(key, scalar(value))
    place.selectbox(
        "Value",
        list(values),
        key=key,
        format_func=lambda text: short(values[text])[:LETTERS] if text in values else text,
        label_visibility="collapsed",
        on_change=lambda: keep(values[st.session_state[key]]),
    )


def _number(place: DeltaGenerator, key: str, field: Askable, value: Any, keep: Keep) -> None:
    low, high = field.span or (value, value)
    kind = int if field.decimals == 0 and isinstance(value, int) else float
    st.session_state.setdefault(key, kind(value))
    place.number_input(
        f"Value, {low:,} to {high:,}",
        key=key,
        min_value=kind(min(low, value)),
        max_value=kind(max(high, value)),
        step=1 if kind is int else 10.0**-field.decimals,
        format="%d" if kind is int else f"%.{max(field.decimals, 1)}f",
        label_visibility="collapsed",
        on_change=lambda: keep(st.session_state[key]),
    )


def _text(place: DeltaGenerator, key: str, field: Askable, value: Any, keep: Keep) -> None:
    st.session_state.setdefault(key, value)
    place.text_input(
        "Value",
        key=key,
        placeholder=f"such as {short(shortened(field.frequent[0]))[:LETTERS]}",
        label_visibility="collapsed",
        on_change=lambda: keep(st.session_state[key]),
    )


ENTRIES: dict[str, Callable[[DeltaGenerator, str, Askable, Any, Keep], None]] = {
    CHOICE: _choice,
    NUMBER: _number,
    TEXT: _text,
}
