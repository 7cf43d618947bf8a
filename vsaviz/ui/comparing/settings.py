"""The cards at the top of Compare: two to six settings, kept apart from their widgets.

``turn`` counts the changes after which the widgets begin anew with the values that are kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz import schemes
from vsaviz.ui.comparing.address import FEWEST, MOST, read, turned, unusual
from vsaviz.ui.encoding import KNOBS, LARGEST_SEED, SIZES, Encoding
from vsaviz.ui.parts import notice

BESIDE = "hrr-1024~map-i-1024~mbat-64"
"""What stands beside the sidebar's encoding at first: what commutes, and few dimensions."""
PLACE = "_compare"
ADDRESS = "compare"


@dataclass(frozen=True)
class Chosen:
    """The settings that are compared, and what was wrong in the address that gave them."""

    encodings: tuple[Encoding, ...]
    wrong: tuple[str, ...] = ()
    turn: int = 0

    def key(self, part: str, number: int) -> str:
        """Return the name of a widget."""
        return f"compare_{part} {self.turn} {number}"


def choose_settings(sidebar: Encoding, wrong: Sequence[str] = ()) -> Chosen:
    """Show the cards and return what is chosen; at first the address says, or the sidebar begins.

    What else was ``wrong`` in the address is said too, until a setting is changed.
    """
    if PLACE not in st.session_state:
        begun = _begun(sidebar, st.query_params.get(ADDRESS, ""))
        st.session_state[PLACE] = replace(begun, wrong=(*begun.wrong, *wrong))
    chosen: Chosen = st.session_state[PLACE]
    for sentence in chosen.wrong:
        notice(sentence, "warning")
    with st.container(key="compare_cards", gap="xsmall"):
        places = [place for _ in range(-(-(len(chosen.encodings) + 1) // 2)) for place in st.columns(2)]
        for number, one in enumerate(chosen.encodings):
            _card(places[number], chosen, number, one)
        if len(chosen.encodings) < MOST:
            _add(places[len(chosen.encodings)], chosen)
    return chosen


def _begun(sidebar: Encoding, address: str) -> Chosen:
    """Return what the address names; what it lacks, or all if it names none, is filled up."""
    plain = replace(sidebar, features=replace(sidebar.features, field_weights=()))
    named, wrong = read(address)
    fill = [one for one in [plain, *read(BESIDE)[0]] if one not in named]
    if not named:
        return Chosen(tuple(fill[:4]), tuple(wrong))
    return Chosen(tuple([*named, *fill][: max(len(named), FEWEST)]), tuple(wrong))


def _card(place: DeltaGenerator, chosen: Chosen, number: int, one: Encoding) -> None:
    """Show one setting: scheme and D, what is seldom turned behind a button, and a way to take it away."""
    take = _taking(chosen, number)
    with place:
        which, scheme, size, more, away = st.columns(
            [1, 9, 7, 7, 2], gap="xsmall", vertical_alignment="center"
        )
    which.html(f'<b class="vz-number">{number + 1}</b>')
    with scheme:
        key = chosen.key("scheme", number)
        _select(key, "Scheme", schemes.names(), one.scheme, lambda name: take(_under(one, name), turn=True))
    with size:
        key = chosen.key("dimensions", number)
        _select(key, "Dimensions", _sizes(one), one.dimensions, lambda D: take(replace(one, dimensions=D)))
    what = ", ".join(unusual(one).values()) or "more"
    with more.popover(what, key=chosen.key("more", number), width="stretch"):
        _knobs(chosen, number, one, take)
    away.button(
        "×",
        key=chosen.key("remove", number),
        type="tertiary",
        on_click=take,
        args=(None,),
        disabled=len(chosen.encodings) <= FEWEST,
        help="Take this setting away; two stay.",
    )


def _knobs(chosen: Chosen, number: int, one: Encoding, take: Callable[..., None]) -> None:
    for knob, choices in KNOBS.items():

        def turn(value: str, knob: str = knob) -> None:
            take(turned(one, knob, value))

        value = getattr(one.features, knob)
        _select(chosen.key(knob, number), knob.capitalize(), choices, value, turn, "visible")
    key = chosen.key("seed", number)
    st.session_state.setdefault(key, one.seed)
    st.number_input(
        "Seed",
        min_value=0,
        max_value=LARGEST_SEED,
        key=key,
        on_change=lambda: take(replace(one, seed=int(st.session_state[key]))),
    )


def _select(
    key: str,
    label: str,
    options: Sequence[Any],
    value: Any,
    changed: Callable[[Any], None],
    visible: Literal["visible", "collapsed"] = "collapsed",
) -> None:
    """Show a box set to a value, which is told of changes."""
    st.session_state.setdefault(key, value)
    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda option: f"D={option:,}" if isinstance(option, int) else str(option),
        label_visibility=visible,
        on_change=lambda: changed(st.session_state[key]),
    )


def _add(place: DeltaGenerator, chosen: Chosen) -> None:
    """Show the button for one more: the first scheme that is not there yet, with the last one's D."""
    last = chosen.encodings[-1]
    there = {one.scheme for one in chosen.encodings}
    one = _under(last, next(name for name in schemes.names() if name not in there))
    place.button(
        "Add a setting",
        key="compare_add",
        type="tertiary",
        icon=":material/add:",
        on_click=_taking(chosen, len(chosen.encodings)),
        args=(one,),
    )


def _taking(chosen: Chosen, number: int) -> Callable[..., None]:
    """Return what replaces a setting, or takes it away; widgets begin anew where they are others then."""

    def take(one: Encoding | None, turn: bool = False) -> None:
        now: Chosen = st.session_state[PLACE]
        if now.turn != chosen.turn:  # what was changed in the same moment has moved the cards
            return
        encodings = list(now.encodings)
        fresh = turn or one is None or number == len(encodings)
        encodings[number : number + 1] = [] if one is None else [one]
        st.session_state[PLACE] = Chosen(tuple(encodings), (), now.turn + fresh)

    return take


def _under(one: Encoding, scheme: str) -> Encoding:
    """Return the same settings under another scheme, at the nearest D that it has."""
    return replace(
        one, scheme=scheme, dimensions=schemes.scheme_type(scheme).dimensions_near(one.dimensions)[0]
    )


def _sizes(one: Encoding) -> list[int]:
    kind = schemes.scheme_type(one.scheme)
    return sorted({near for size in SIZES for near in kind.dimensions_near(size)} | {one.dimensions})
