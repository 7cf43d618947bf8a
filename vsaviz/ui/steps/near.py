"""Step 2: similar documents are near each other, if there are dimensions enough."""

import numpy as np
import streamlit as st

from vsaviz.figures import map_figure
from vsaviz.lab.comparing.agreement import aligned
from vsaviz.project import projection
from vsaviz.ui.encoding import DEFAULT_SIZE
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import is_dark
from vsaviz.ui.steps.base import Step
from vsaviz.ui.steps.exhibit import NEIGHBORS, Exhibit
from vsaviz.ui.steps.picture import picture

SIZES = (16, 64, 256, 1024, 2048)


def control(_: Exhibit) -> int:
    """Let a person choose D."""
    return int(
        st.select_slider(
            "Numbers in a vector, D",
            SIZES,
            DEFAULT_SIZE,
            key="tour_dimensions",
            persist_state="session",
        )
    )


def draw(of: Exhibit, dimensions: int) -> str:
    """Draw the map with the patient and the nearest ringed."""
    neighbors = of.neighbors(dimensions)
    points = remembered("tour map", dimensions, lambda: projection(of.vectors(dimensions), "pca").points)
    if dimensions != DEFAULT_SIZE:
        first = remembered("tour map", DEFAULT_SIZE, lambda: projection(of.vectors(), "pca").points)
        points = aligned(points, first).points
    figure = map_figure(
        points,
        of.ids,
        of.labels,
        color_name=of.label,
        focus=of.patient,
        neighbors=neighbors[of.patient],
        dark=is_dark(),
    )
    picture(figure, "near", f"Map of {len(of.documents):,} patients")
    codes = np.unique(of.labels, return_inverse=True)[1]
    same = codes[neighbors] == codes[:, None]
    own = int(same[of.patient].sum())
    return (
        f"With D={dimensions:,}, {own} of the {NEIGHBORS} patients nearest to {of.ids[of.patient]} (ringed) "
        f"have the same {of.label}; over all patients it is {same.mean():.0%}, though no document holds it."
    )


STEP = Step(
    "Similar documents are near",
    "Each point is a patient, placed by the vectors alone, and those that are alike lie together.",
    control,
    draw,
)
