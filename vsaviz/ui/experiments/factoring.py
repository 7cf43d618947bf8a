"""Factoring: a product of unknown factors taken apart, by two kinds of resonator networks."""

from collections.abc import Sequence

import streamlit as st

from vsaviz.figures.measured import Axes, Line, measured_figure
from vsaviz.lab.factoring.resonator import GIVEN_UP, Problem
from vsaviz.lab.factoring.success import Curve, Stored, stored_run, success
from vsaviz.ui.experiments.base import Experiment
from vsaviz.ui.experiments.chart import show_chart
from vsaviz.ui.experiments.factoring_controls import SIZES, chosen_problem
from vsaviz.ui.experiments.reading import show_reading
from vsaviz.ui.parts import caption, heading, is_dark
from vsaviz.ui.running import run


def show() -> None:
    """Draw the controls, both figures, and what they say."""
    problem = chosen_problem()
    sizes = SIZES[problem.factors]
    text = f"Factoring {problem.trials} products of {problem.factors} at each of {len(sizes)} sizes"
    curves = run("factoring", problem, lambda progress: success(problem, sizes, progress), text)
    if curves is None:
        return
    stored = stored_run(problem.family, problem.factors)
    kept = f"stored, D = {stored.problem.dimensions:,}" if stored else "stored"
    left, right = st.columns(2, gap="medium")
    with left:
        heading("Products taken apart", f"{problem.family}, live, D = {problem.dimensions:,}")
        lines = [_line(curve, stored, "success") for curve in curves]
        _draw(lines, Axes("vectors in each codebook", "factored", kept), "factoring_success")
    with right:
        heading("Steps to the answer", "median of those found")
        lines = [_line(curve, stored, "steps") for curve in curves]
        axes = Axes("vectors in each codebook", "steps", kept, percent=False, top=None)
        _draw(lines, axes, "factoring_steps")
    show_reading(in_words(curves, problem))
    if stored:
        caption(_of_stored(stored))


def _line(curve: Curve, stored: Stored | None, what: str) -> Line:
    """Return live points over the stored curve of the same network, at the sizes of either."""
    kept = (
        {c.update: dict(zip(c.sizes, getattr(c, what), strict=True)) for c in stored.curves} if stored else {}
    )
    live = dict(zip(curve.sizes, getattr(curve, what), strict=True))
    known = kept.get(curve.update, {})
    sizes = [size for size in sorted({*live, *known}) if size <= curve.sizes[-1]]
    nothing = float("nan")
    return Line(
        curve.update,
        sizes,
        [live.get(size, nothing) for size in sizes],
        [known.get(size, nothing) for size in sizes],
    )


def _draw(lines: list[Line], axes: Axes, key: str) -> None:
    figure = measured_figure(lines, axes, dark=is_dark())
    show_chart(figure, key=key, alt=f"{axes.y} against the size of codebooks")


def in_words(curves: Sequence[Curve], problem: Problem) -> str:
    """Return in words what came out."""
    classic, attention = curves
    largest = classic.sizes[-1]
    better, other = sorted(curves, key=lambda curve: -curve.success[-1])
    verdict = f"{better.update} is ahead there, {better.success[-1]:.0%} to {other.success[-1]:.0%}"
    if better.success[-1] == other.success[-1]:
        verdict = f"both solve {better.success[-1]:.0%} there"
    reach = f"{classic.update} {_reach(classic)}, by {attention.update} {_reach(attention)}"
    return (
        f"The largest codebooks that both tried hold {largest} vectors, {largest**problem.factors:,} "
        f"combinations: {verdict}. At least {GIVEN_UP:.0%} of {problem.trials} products were solved by "
        f"{reach}."
    )


def _reach(curve: Curve) -> str:
    return f"up to {curve.reaches}" if curve.reaches else "nowhere"


def _of_stored(stored: Stored) -> str:
    classic, attention = stored.curves
    of = stored.problem
    return (
        f"Stored, from benchmarks/factoring.py: D = {of.dimensions:,}, {stored.trials} products at each "
        f"size, {of.steps} steps, all at once, β = {of.sharpness:g}/noise. At {classic.sizes[-1]} vectors "
        f"attention solved {attention.success[-1]:.0%}, the classic network {classic.success[-1]:.0%}. At "
        f"least {GIVEN_UP:.0%} were solved by attention {_reach(attention)}, by classic {_reach(classic)}."
    )


EXPERIMENT = Experiment(
    name="factoring",
    title="Factoring",
    claim="Multiply three vectors, and the product resembles none of them. A resonator network finds them "
    "again: it guesses all factors at once, and each guess sharpens the others, so that it need not try all "
    "combinations. If guesses are renewed by attention, as in a transformer, it still finds some where the "
    "classic network has given up.",
    control="Choose **D = 64**: chance similarities are then as large as the right one, and both networks "
    "give up at small codebooks. Renew guesses **one after the other**, and the classic network no longer "
    "runs in circles: the lead of attention goes.",
    tries=(
        "Set β to its smallest, which mixes everything, and to its largest, which never doubts.",
        "Take four factors: far fewer vectors in each codebook can be told apart.",
        "Compare MAP with FHRR: a phase is two numbers where a sign is one, and has less noise.",
        "Allow 300 steps: the classic network gains, as it wanders; attention has settled long before.",
    ),
    source="E. P. Frady, S. J. Kent, B. A. Olshausen and F. T. Sommer, Resonator Networks, 1 (2020); C. "
    "Yeung, P. Poduval and M. Imani, Self-Attention Based Semantic Decomposition in Vector Symbolic "
    "Architectures, arXiv 2403.13218 (2024)",
    show=show,
)
