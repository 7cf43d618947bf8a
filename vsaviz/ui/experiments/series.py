"""Time: a bag of values and a plain sequence fail where graded positions succeed."""

import streamlit as st

from vsaviz.figures import series_figure
from vsaviz.figures.series import Curves, Shares, scale_name
from vsaviz.lab.series.bumps import Problem
from vsaviz.lab.series.graded import (
    BAG,
    PHASES,
    PLAIN,
    SCALES,
    Accuracy,
    Code,
    Likeness,
    accuracy,
    shifted,
    warped,
)
from vsaviz.ui.experiments.base import Experiment
from vsaviz.ui.experiments.reading import show_reading
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import is_dark
from vsaviz.ui.running import run

SIZES = (64, 128, 256, 512, 1024, 2048)


def _show() -> None:
    left, right = st.columns([1, 3.4], gap="medium")
    with left:
        scale, problem, code = _controls()
    with right:
        found = run(
            "time",
            (problem, code),
            lambda progress: accuracy(problem, code, progress=progress),
            "Labelling series at ten scales",
        )
        if found is None:
            return
        shift, warp = remembered(
            "time_alike", (scale, code), lambda: (shifted(scale, code), warped(scale, code))
        )
        figure = series_figure(
            found.examples,
            Shares(found.scales, found.measured, found.exact, scale),
            Curves(shift.changes, shift.measured, shift.exact),
            Curves(warp.changes, warp.measured, warp.exact),
            dark=is_dark(),
        )
        st.plotly_chart(
            figure,
            key="time_figure",
            theme=None,
            config={"displayModeBar": False},
            alt="Series, the share labelled rightly against the scale, and cosines under shift and warp",
        )
        show_reading(_said(found, shift, scale))


def _controls() -> tuple[float, Problem, Code]:
    scale = st.select_slider(
        "Scale of positions, s",
        SCALES,
        4.0,
        format_func=scale_name,
        key="time_scale",
        persist_state="session",
        help="How far positions are apart: 0 makes all of them one (a bag), ∞ makes each a role of its own.",
    )
    jitter = st.slider(
        "Jitter",
        0,
        12,
        8,
        key="time_jitter",
        persist_state="session",
        help="How many steps the spike may lie beside its place.",
    )
    noise = st.slider(
        "Noise",
        0.0,
        0.4,
        0.1,
        0.05,
        key="time_noise",
        persist_state="session",
        help="Deviation of all values; the spike has height 1.",
    )
    known = st.slider(
        "Examples of each class",
        1,
        12,
        3,
        key="time_known",
        persist_state="session",
        help="With many, one lies just where it must.",
    )
    dimensions = st.select_slider(
        "Dimensions",
        SIZES,
        1024,
        key="time_dimensions",
        persist_state="session",
        help="More is less crosstalk.",
    )
    phases = st.selectbox(
        "Angles",
        PHASES,
        key="time_phases",
        persist_state="session",
        help="How the angles of the role are spread: evenly, and positions are alike as a sinc of their "
        "distance; normally, and as a Gaussian.",
    )
    seed = st.number_input(
        "Seed",
        0,
        2**31,
        0,
        key="time_seed",
        persist_state="session",
        help="Other series, other random vectors.",
    )
    return float(scale), Problem(jitter, noise, known, int(seed)), Code(int(dimensions), phases, int(seed))


def _said(found: Accuracy, shift: Likeness, scale: float) -> str:
    """Return in words what the figure shows."""
    at = {s: found.measured[found.scales.index(s)] for s in (BAG, scale, PLAIN)}
    best = max(range(len(found.scales)), key=lambda i: found.measured[i])
    step = int((shift.changes == 4).argmax())
    cosines = [f"{row[step]:.2f}" for row in shift.measured]
    return (
        f"Of {found.tested:,} series the most similar example puts {at[BAG]:.0%} into the right class as a "
        f"bag, {at[PLAIN]:.0%} as a plain sequence, and {at[scale]:.0%} with positions of scale "
        f"{scale_name(scale)}; the best scale here is {scale_name(found.scales[best])} with "
        f"{found.measured[best]:.0%}. Guessing reaches 50%. Four steps later a pattern keeps a cosine of "
        f"{cosines[0]} as a bag, {cosines[2]} as a sequence, and {cosines[1]} at the chosen scale."
    )


EXPERIMENT = Experiment(
    name="time",
    title="Time",
    claim="When things happen matters, but not to the step. If positions near each other have similar "
    "vectors, a series stays similar to itself a little later or slower, and still differs from one that is "
    "much later.",
    control="**Scale 0** makes all positions one: the vector is a bag of values, and where the spike lies is "
    "lost. "
    "**Scale ∞** makes every position a role of its own: a spike one step later is another spike. "
    "Both ends fall towards guessing; what lies between does not.",
    tries=(
        "Move the scale to either end, and watch the ring on the curve and the lines below.",
        "Set the jitter to 0: now the plain sequence is right too.",
        "Give more examples: the plain sequence learns each place by heart.",
        "Set the scale to 16 and the angles to normal: the ripples of the sinc go.",
        "Set D to 64: the points leave the dotted line.",
    ),
    source="K. Schlegel, P. Neubert and P. Protzel, HDC-MiniROCKET: Explicit Time Encoding in Time Series "
    "Classification with Hyperdimensional Computing, arXiv 2202.08055 (2022)",
    show=_show,
)
