"""How a condition on a field is set: values with their counts, a range, a text, or a predicate by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from vsaviz.errors import InputError
from vsaviz.jsontext import scalar, short
from vsaviz.search.asking import SAFE
from vsaviz.search.columns import Column
from vsaviz.search.conditions import (
    AMONG,
    BETWEEN,
    CONTAINS,
    HAS,
    HAS_NOT,
    LACKS,
    NOT_AMONG,
    WRITTEN,
    Condition,
)
from vsaviz.search.predicates import read_predicate
from vsaviz.ui.parts import caption, notice

OFFERED = 200
"""Values to choose from, those of the most documents; and stops of a slider."""
FEW = 30
"""Values of a field that are rather chosen than written."""
CODES = 12
"""Numbers of so few different values are rather chosen than ranged over."""
LETTERS = 60

Keep = Callable[[Condition], None]


@dataclass(frozen=True)
class Entry:
    """What a condition is set on."""

    column: Column
    kind: str
    """Of the field."""
    key: str
    """Of the widgets."""

    @property
    def numbers(self) -> list[float]:
        """Its numbers, if a browser can show them all."""
        found = [v for v in self.column.values if isinstance(v, int | float) and not isinstance(v, bool)]
        return found if max(map(abs, found), default=0) <= SAFE else []

    @property
    def texts(self) -> list[str]:
        """Its texts."""
        return [value for value in self.column.values if isinstance(value, str)]

    @property
    def scalars(self) -> list[int]:
        """The numbers of its values that are no objects and no arrays, those of the most documents first."""
        order = np.argsort(-self.column.counts, kind="stable").tolist()
        return [code for code in order if not isinstance(self.column.values[code], dict | list)]

    @property
    def ways(self) -> list[str]:
        """The ways in which a condition on it can be set, the likeliest first."""
        scalars, ranged = len(self.scalars), bool(self.numbers) or self.kind == "date"
        ways = [AMONG, NOT_AMONG] * bool(scalars) + [BETWEEN] * ranged
        ways += [CONTAINS, LACKS] * bool(self.texts)
        if self.kind == "date" or (self.numbers and scalars > CODES):
            first = BETWEEN
        else:
            first = AMONG if 0 < scalars <= FEW else CONTAINS if self.texts else HAS
        return list(dict.fromkeys([first, *ways, HAS, HAS_NOT, WRITTEN]))


def set_condition(entry: Entry, condition: Condition, keep: Keep) -> None:
    """Show the widgets of a condition; ``keep`` is told of changes."""
    key = f"{entry.key} way"
    st.session_state.setdefault(key, condition.way)
    st.selectbox(
        "Which documents",
        list(dict.fromkeys([*entry.ways, condition.way])),
        key=key,
        on_change=lambda: keep(Condition(condition.name, st.session_state[key])),
    )
    if condition.way in ENTRIES:
        ENTRIES[condition.way](replace(entry, key=f"{entry.key} {condition.way}"), condition, keep)
    caption(f"{entry.column.n_having:,} of {entry.column.n_documents:,} documents have the field.")


def _among(entry: Entry, condition: Condition, keep: Keep) -> None:
    counts = {scalar(entry.column.values[i]): int(entry.column.counts[i]) for i in entry.scalars[:OFFERED]}
    values = {scalar(one): one for one in condition.given}
    values |= {scalar(entry.column.values[i]): entry.column.values[i] for i in entry.scalars[:OFFERED]}
    st.session_state.setdefault(entry.key, [scalar(one) for one in condition.given])
    st.multiselect(
        "Values",
        list(values),
        key=entry.key,
        format_func=lambda text: f"{short(values[text])[:LETTERS]} ({counts.get(text, 0):,})",
        placeholder="all",
        on_change=lambda: keep(
            replace(condition, given=tuple(values[text] for text in st.session_state[entry.key]))
        ),
    )
    left = len(entry.scalars) - OFFERED
    if left > 0:
        caption(f"The {OFFERED} most frequent; for the other {left:,} use “{CONTAINS}” or “{WRITTEN}”.")


def _between(entry: Entry, condition: Condition, keep: Keep) -> None:
    if entry.numbers:
        _numbers(entry, condition, keep)
    else:
        _texts(entry, condition, keep)


def _numbers(entry: Entry, condition: Condition, keep: Keep) -> None:
    numbers = np.array(entry.numbers)
    whole = all(isinstance(number, int) for number in entry.numbers)
    sides = (condition.given or (None, None))[:2]
    keys = [f"{entry.key} {side}" for side in ("least", "most")]

    def kept() -> None:
        given = [st.session_state[key] for key in keys]
        keep(replace(condition, given=tuple(_plain(one, whole) for one in given)))

    limits = (entry.numbers[int(numbers.argmin())], entry.numbers[int(numbers.argmax())])
    places = st.columns(2)
    for place, key, label, side, limit in zip(places, keys, ("From", "To"), sides, limits, strict=True):
        st.session_state.setdefault(key, None if side is None else int(side) if whole else float(side))
        place.number_input(
            label,
            value=None,
            step=1 if whole else None,
            format="%d" if whole else "%.6g",
            placeholder=f"{limit:,.6g}",
            key=key,
            on_change=kept,
        )
    low, high = np.quantile(numbers, [0.25, 0.75])
    caption(f"Half of the different values lie between {low:,.4g} and {high:,.4g}.")


def _plain(number: float | None, whole: bool) -> float | None:
    return int(number) if number is not None and whole else number


def _texts(entry: Entry, condition: Condition, keep: Keep) -> None:
    stops = _stops(sorted({*entry.texts, *(one for one in condition.given if isinstance(one, str))}))
    if len(stops) < 2:
        caption("There is one value only.")
        return
    given = condition.given or (None, None)
    first, last = given[0] or stops[0], given[1] or stops[-1]
    st.session_state.setdefault(entry.key, (first, last))

    def kept() -> None:
        low, high = st.session_state[entry.key]
        sides = (None if low == stops[0] else low, None if high == stops[-1] else high)
        keep(replace(condition, given=sides))

    st.select_slider("From and to", stops, key=entry.key, on_change=kept)


def _stops(texts: Sequence[str]) -> list[str]:
    """Return so many of sorted texts as a slider has stops, the first and the last among them."""
    places = np.unique(np.linspace(0, len(texts) - 1, min(len(texts), OFFERED)).round().astype(int))
    return [texts[place] for place in places.tolist()]


def _text(entry: Entry, condition: Condition, keep: Keep) -> None:
    st.session_state.setdefault(entry.key, "".join(map(str, condition.given[:1])))
    st.text_input(
        "Text, in whatever case",
        key=entry.key,
        on_change=lambda: keep(replace(condition, given=_given(st.session_state[entry.key]))),
    )


def _given(text: str) -> tuple[Any, ...]:
    return (text,) if text else ()


def _written(entry: Entry, condition: Condition, keep: Keep) -> None:
    wrong = f"{entry.key} wrong"
    first = condition.given[0] if condition.given else ""
    st.session_state.setdefault(entry.key, first)

    def kept() -> None:
        text = st.session_state[entry.key].strip()
        try:
            if text:
                read_predicate(text)
            st.session_state.pop(wrong, None)
            keep(replace(condition, given=_given(text)))
        except InputError as error:
            st.session_state[wrong] = str(error)

    st.text_input("Predicate", key=entry.key, placeholder=f"{condition.name} = 1", on_change=kept)
    if wrong in st.session_state:
        notice(st.session_state[wrong], "error")
    caption(
        "= != < <= > >= in with a JSON value, ~ for a text that contains another, exists; not before any."
    )


ENTRIES: dict[str, Callable[[Entry, Condition, Keep], None]] = {
    AMONG: _among,
    NOT_AMONG: _among,
    BETWEEN: _between,
    CONTAINS: _text,
    LACKS: _text,
    WRITTEN: _written,
}
