"""Step 4: why the matrices that bind keys to values are orthogonal."""

import streamlit as st

from vsaviz.figures.stability import Column, stability_figure
from vsaviz.lab.stability import Chain, Walk, stability
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import is_dark, working
from vsaviz.ui.steps.base import Step
from vsaviz.ui.steps.exhibit import Exhibit
from vsaviz.ui.steps.picture import picture

SIZES = (64, 128, 256)
NAMES = {"mbat-gaussian": "plain random matrices", "mbat": "orthogonal matrices"}


def control(_: Exhibit) -> int:
    """Let a person choose D."""
    return int(
        st.select_slider("Numbers in a vector, D", SIZES, key="tour_matrix_size", persist_state="session")
    )


def draw(of: Exhibit, dimensions: int) -> str:
    """Draw lengths and cosines through many bindings."""
    chain = Chain(tuple(NAMES), dimensions)

    def make() -> list[Walk]:
        with working(of.slot, f"Binding {chain.runs} pairs {chain.steps} times") as report:
            return stability(chain, report)

    gaussian, orthogonal = remembered("tour stability", chain, make)
    figure = stability_figure(
        [
            Column(
                NAMES[walk.scheme],
                walk.lengths,
                walk.cosines,
                walk.theory.length if walk.theory else None,
                walk.theory.cosine if walk.theory else None,
            )
            for walk in (gaussian, orthogonal)
        ],
        dark=is_dark(),
    )
    picture(figure, "orthogonal", "Lengths and cosines after each binding, random and orthogonal matrices")
    lengths, cosines = gaussian.lengths[:, -1], gaussian.cosines[:, -1]
    return (
        f"After {chain.steps} plain random matrices at D={dimensions} lengths are {lengths.min():.2f} to "
        f"{lengths.max():.2f} times what they were, and pairs that began with a cosine of {chain.cosine:.2f} "
        f"have {_number(cosines.min())} to {_number(cosines.max())}; orthogonal ones change neither by more "
        f"than {_bound(orthogonal.departure)}."
    )


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _bound(size: float) -> str:
    """Return the least of 0.00001, 0.0001, … that is not smaller.

    >>> _bound(3e-6), _bound(0.02)
    ('0.00001', '0.1')
    """
    return next((text for text in ("0.00001", "0.0001", "0.001", "0.01", "0.1") if size <= float(text)), "1")


STEP = Step(
    "Why orthogonal",
    "Each key is a matrix that is applied to what lies beneath it, many times over in a deep document: only "
    "orthogonal ones turn a vector without stretching it.",
    control,
    draw,
)
