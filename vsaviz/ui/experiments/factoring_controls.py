"""Factoring: what is factored, and how."""

import streamlit as st

from vsaviz.lab.factoring.resonating import FAMILIES
from vsaviz.lab.factoring.resonator import Problem

SIZES = {3: (8, 16, 24, 32, 40), 4: (4, 6, 8, 10, 12)}
"""Of codebooks, by the number of factors."""
DIMENSIONS = (64, 128, 256, 512)
SHARPNESS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
STEPS = (10, 30, 100, 300)
TOGETHER, IN_TURN = "all at once", "one after the other"
START = Problem(trials=30, steps=100)


def chosen_problem() -> Problem:
    """Draw the controls, and return what they say."""
    first, second, third, fourth = st.columns([3, 2, 3, 3], vertical_alignment="bottom")
    family = first.segmented_control(
        "Vectors",
        list(FAMILIES),
        default=START.family,
        required=True,
        key="factoring_family",
        persist_state="session",
        help="MAP: signs, multiplied. HRR: unitary vectors, convolved. FHRR: phases, added.",
    )
    factors = second.segmented_control(
        "Factors",
        list(SIZES),
        default=START.factors,
        required=True,
        key="factoring_factors",
        persist_state="session",
    )
    D = third.segmented_control(
        "D",
        DIMENSIONS,
        default=START.dimensions,
        required=True,
        key="factoring_dimensions",
        persist_state="session",
        help="The smaller, the more chance similarities drown the right one.",
    )
    turn = fourth.segmented_control(
        "Guesses are renewed",
        (TOGETHER, IN_TURN),
        default=TOGETHER,
        required=True,
        key="factoring_turn",
        persist_state="session",
        help="All at once, from one state, or each from the newest guesses of the others.",
    )
    left, right = st.columns(2)
    sharpness = left.select_slider(
        "β, in multiples of 1/noise",
        SHARPNESS,
        START.sharpness,
        key="factoring_sharpness",
        persist_state="session",
        help="How sharply attention chooses. Noise is the deviation of chance similarities, 1/√D, for phases "
        "1/√2D. Small: all vectors of the codebook stay mixed. Large: the first guess wins, right or wrong.",
    )
    steps = right.select_slider(
        "Steps allowed",
        STEPS,
        START.steps,
        key="factoring_limit",
        persist_state="session",
        help="More take longer, and find more.",
    )
    return Problem(
        family=family or START.family,
        factors=factors or START.factors,
        dimensions=D or START.dimensions,
        trials=START.trials,
        steps=steps,
        sharpness=sharpness,
        together=turn != IN_TURN,
    )
