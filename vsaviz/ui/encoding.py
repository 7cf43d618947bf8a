"""The sidebar's lower half: how documents become vectors."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz import schemes
from vsaviz.features import FeatureSettings
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.readings import ARRAYS
from vsaviz.features.settings import WEIGHTS
from vsaviz.features.strings import STRINGS
from vsaviz.schemes.properties import in_words
from vsaviz.ui.parts import caption

SIZES = tuple(2**power for power in range(6, 14))
DEFAULT_SIZE = 1024
NONE = "none"
KNOBS: dict[str, tuple[str, ...]] = {
    "arrays": tuple(ARRAYS),
    "numbers": tuple(NUMBERS),
    "strings": tuple(STRINGS),
    "weights": tuple(WEIGHTS),
}
"""What may differ beside scheme, D and seed, and its choices."""
LARGEST_SEED = 2**31


@dataclass(frozen=True)
class Encoding:
    """One way to encode: it is the key of what is remembered, and goes into downloads."""

    scheme: str
    dimensions: int
    seed: int
    features: FeatureSettings


@dataclass(frozen=True)
class Choice:
    """What was chosen: one encoding, and perhaps a second scheme beside it."""

    first: Encoding
    second: Encoding | None
    beside: DeltaGenerator = field(repr=False, compare=False)
    """Where something can be said of the dimensions, below their slider."""


def choose_encoding(field_weights: Mapping[str, float], own: Encoding | None = None) -> Choice:
    """Show the controls for the encoding and return what is chosen, with these weights of fields.

    ``own`` is the encoding that the documents have already: where the controls agree with it, what they do
    not show is as there, too.
    """
    left, right = st.columns(2)
    scheme = left.selectbox(
        "Scheme",
        schemes.names(),
        key="scheme",
        help="How a key is bound to its value:\n\n"
        + "\n".join(f"- **{name}**: {kind.title}" for name, kind in schemes.SCHEMES.items()),
    )
    second = right.selectbox(
        "beside",
        [NONE, *(name for name in schemes.names() if name != scheme)],
        key="scheme2",
        help="A second scheme: two maps of the same documents side by side.",
    )
    caption(in_words(schemes.scheme_type(scheme)))
    possible = sorted({*sizes(scheme), *([own.dimensions] if own and own.scheme == scheme else [])})
    # Another scheme may not have the chosen D: take the nearest that it has.
    chosen = st.session_state.get("dimensions", DEFAULT_SIZE)
    nearest = min(possible, key=lambda size: abs(size - chosen))
    if chosen != nearest:
        st.session_state["dimensions"] = nearest
    dimensions = st.select_slider(
        "Dimensions",
        possible,
        value=nearest,  # what a page shows that was left before it had begun
        key="dimensions",
        help="D, the length of a vector. More is closer to the exact similarity, and costs time and memory.",
    )
    beside = st.container()
    seed, features = _more()
    if own and all(getattr(features, knob) == getattr(own.features, knob) for knob in KNOBS):
        features = own.features
    features = replace(features, field_weights=tuple(sorted(field_weights.items())))
    first = Encoding(scheme, int(dimensions), seed, features)
    if second == NONE:
        return Choice(first, None, beside)
    near = schemes.scheme_type(second).dimensions_near(first.dimensions)[0]
    return Choice(first, Encoding(second, near, seed, features), beside)


def set_encoding(encoding: Encoding) -> None:
    """Set the controls, before they are drawn, to an encoding."""
    st.session_state["scheme"], st.session_state["dimensions"] = encoding.scheme, encoding.dimensions
    st.session_state["seed"] = min(max(encoding.seed, 0), LARGEST_SEED)
    for knob in KNOBS:
        st.session_state[knob] = getattr(encoding.features, knob)


def sizes(scheme: str) -> list[int]:
    """Return the dimensions that the slider offers for a scheme."""
    kind = schemes.scheme_type(scheme)
    return sorted({near for size in SIZES for near in kind.dimensions_near(size)})


def _more() -> tuple[int, FeatureSettings]:
    with st.expander("More"):
        arrays = st.selectbox(
            "Arrays",
            list(ARRAYS),
            key="arrays",
            help="bag: order does not count; sequence: positions do; soft: both readings at once.",
        )
        numbers = st.selectbox(
            "Numbers",
            list(NUMBERS),
            key="numbers",
            help="quantile: near on the field's own scale is similar; thermometer: the paper's code; "
            "exact: only equal numbers are similar.",
        )
        strings = st.selectbox(
            "Strings",
            list(STRINGS),
            key="strings",
            help="words, with or without the letter groups that make misspellings near; exact: only equal "
            "strings are similar.",
        )
        weights = st.selectbox(
            "Weights",
            WEIGHTS,
            key="weights",
            help="similarity: what few documents share counts more; record: everything counts in full.",
        )
        seed = st.number_input(
            "Seed",
            min_value=0,
            max_value=LARGEST_SEED,
            value=0,
            key="seed",
            help="Other random vectors: what stays the same does not hang on chance.",
        )
    return int(seed), FeatureSettings(arrays=arrays, numbers=numbers, strings=strings, weights=weights)
