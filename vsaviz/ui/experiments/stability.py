"""Stability: what many bindings do to lengths and cosines, Gaussian matrices beside orthogonal ones."""

import streamlit as st

from vsaviz import schemes
from vsaviz.figures.stability import Column, stability_figure
from vsaviz.lab.stability import DIMENSIONS, Chain, Walk, stability
from vsaviz.ui.experiments.base import Experiment
from vsaviz.ui.experiments.reading import listed, show_reading
from vsaviz.ui.experiments.stability_words import reading
from vsaviz.ui.parts import caption, is_dark
from vsaviz.ui.running import run

MOST_SCHEMES = 6
START = Chain()


def show() -> None:
    """Draw the controls, the figure, and what it says."""
    chain = _chosen()
    if not chain.schemes:
        caption("Choose at least one scheme.")
        return
    text = f"Binding {chain.runs} pairs {chain.steps} times under {listed(list(chain.schemes))}"
    walks = run("stability", chain, lambda progress: stability(chain, progress), text)
    if walks is None:
        return
    figure = stability_figure([_column(walk) for walk in walks], dark=is_dark())
    st.plotly_chart(
        figure,
        key="stability_figure",
        theme=None,
        config={"displayModeBar": False},
        alt="Lengths and cosines after each binding, by scheme",
    )
    caption(
        "Each line is one pair of vectors. Grey: where theory expects 95 % of them; a dotted line alone: no "
        "change at all; neither: no law is known here. Lengths are against that at the start."
    )
    show_reading(reading(walks, chain))


def _chosen() -> Chain:
    left, *others = st.columns([4, 2, 2, 2, 1], vertical_alignment="bottom")
    names = left.multiselect(
        "Schemes",
        schemes.names(),
        list(START.schemes),
        max_selections=MOST_SCHEMES,
        key="stability_schemes",
        persist_state="session",
        help="mbat-gaussian binds with plain random matrices; mbat and mbat-haar with orthogonal ones. A "
        "scheme that is not isometric changes lengths. Dense matrices at D = 1,024 take up to a minute.",
    )
    D, steps, cosine, seed = (
        others[0].select_slider(
            "D",
            DIMENSIONS,
            START.dimensions,
            key="stability_dimensions",
            persist_state="session",
            help="The length of the vectors. The smaller, the more do random matrices drift.",
        ),
        others[1].slider(
            "Bindings",
            1,
            50,
            START.steps,
            key="stability_steps",
            persist_state="session",
            help="How deep the nesting is.",
        ),
        others[2].slider(
            "Cosine at the start",
            0.0,
            0.95,
            START.cosine,
            0.05,
            key="stability_cosine",
            persist_state="session",
            help="Of each pair.",
        ),
        others[3].number_input(
            "Seed",
            0,
            10**6,
            0,
            key="stability_seed",
            persist_state="session",
            help="Other random vectors and roles.",
        ),
    )
    return Chain(tuple(names), int(D), int(steps), START.runs, float(cosine), int(seed))


def _column(walk: Walk) -> Column:
    theory = walk.theory
    return Column(
        title=f"{walk.scheme}, D={walk.dimensions:,}",
        lengths=walk.lengths,
        cosines=walk.cosines,
        length_bounds=theory.length if theory else None,
        cosine_bounds=theory.cosine if theory else None,
    )


EXPERIMENT = Experiment(
    name="stability",
    title="Stability",
    claim="Each level of nesting multiplies a vector by its key's matrix. If that matrix is orthogonal, a "
    "pure turn, then lengths and similarities stay as they are however deep the document is. If it is just "
    "random, they wander off, and two equal parts no longer weigh the same at different depths.",
    control="Choose **mbat-gaussian**, and **D = 64**: with plain random matrices every binding changes "
    "lengths and cosines a little, at random, and the changes add up. The smaller D is, the larger they are.",
    tries=(
        "Set D to 64, then to 1,024: the grey bounds of mbat-gaussian narrow with the root of D.",
        "Take the Gaussian scheme away and put hrr in: its roles are not unitary, and lengths fall apart.",
        "Compare hrr with hrr-unitary, the same convolution with orthogonal roles.",
        "Change the seed: single lines change, the bounds do not.",
    ),
    source="S. I. Gallant, Orthogonal Matrices for MBAT Vector Symbolic Architectures, and a “Soft” VSA "
    "Representation for JSON, arXiv 2202.04771 (2022)",
    show=show,
)
