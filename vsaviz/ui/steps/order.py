"""Step 5: why the order of keys must count."""

from collections.abc import Sequence

import streamlit as st

from vsaviz.figures import contributions_figure
from vsaviz.jsontext import one_line
from vsaviz.lab.order import Asked, Pair, tell
from vsaviz.schemes import scheme_type
from vsaviz.ui.experiments.reading import listed
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import is_dark, working
from vsaviz.ui.steps.base import Step
from vsaviz.ui.steps.exhibit import Exhibit
from vsaviz.ui.steps.picture import picture

SCHEMES = ("mbat", "permutation", "vtb", "map-i", "hrr", "bsc")
PAIRS = (
    Pair(
        "my mother's doctor, my doctor's mother", {"mother": {"doctor": "Kim"}}, {"doctor": {"mother": "Kim"}}
    ),
    Pair("key in key, key in key", {"a": {"b": "x"}}, {"b": {"a": "x"}}),
    Pair("a key within itself, another within itself", {"a": {"a": "x"}}, {"b": {"b": "x"}}),
    Pair("the same document twice", {"a": {"b": "x"}}, {"a": {"b": "x"}}),
)
SAME = 0.95
"""Two documents with a higher cosine are told to be the same."""


def control(_: Exhibit) -> Pair:
    """Let a person choose what is compared."""
    number = st.selectbox(
        "Two documents",
        range(len(PAIRS)),
        format_func=lambda number: PAIRS[number].title,
        key="tour_pair",
        persist_state="session",
    )
    pair = PAIRS[number]
    st.code(f"{one_line(pair.one, 60)}\n{one_line(pair.other, 60)}", language="json")
    return pair


def draw(of: Exhibit, pair: Pair) -> str:
    """Draw a bar for each scheme: how alike it says that the two are."""

    def make() -> list[float]:
        with working(of.slot, "Encoding two documents") as report:
            told = tell([pair], Asked(SCHEMES), report)
        return [float(told.exact[0]), *told.cosines[0].tolist()]

    exact, *cosines = remembered("tour order", pair.title, make)
    names = [
        f"{name} ({'any order' if scheme_type(name).commutative else 'order counts'})" for name in SCHEMES
    ]
    figure = contributions_figure(names, cosines, dark=is_dark())
    picture(figure, "order", "How alike each scheme says that the two documents are")
    return sentence(cosines, exact)


def sentence(cosines: Sequence[float], exact: float) -> str:
    """Return who says that the two are the same, and who does not.

    >>> sentence([0.01, 0.02, -0.01, 1.0, 1.0, 1.0], 0.0)[:57]
    'To map-i, hrr and bsc the two are one and the same; to mb'
    """
    same = [name for name, cosine in zip(SCHEMES, cosines, strict=True) if cosine > SAME]
    apart = [name for name in SCHEMES if name not in same]
    if exact > SAME:
        return f"These are the same, and {listed(same)} say so." if same else "These are the same."
    if not same:
        return f"All of {listed(apart)} tell these two apart."
    told = f"to {listed(apart)} they are not." if apart else "no scheme tells them apart."
    return f"To {listed(same)} the two are one and the same; {told}"


STEP = Step(
    "Why order matters",
    "My mother's doctor is not my doctor's mother: a key within a key must not be the same the other way "
    "round, as it is where binding is a product that may be taken in any order.",
    control,
    draw,
)
