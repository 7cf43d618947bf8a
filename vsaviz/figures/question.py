"""The mark of a question on the map of documents."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from vsaviz.figures.palette import ink

SIZE = 17


def with_question(figure: go.Figure, place: NDArray[np.float32], *, dark: bool = False) -> go.Figure:
    """Return a map with a star at a place (2,), above all documents; it has no row and cannot be chosen."""
    x, y = place.tolist()
    ring, behind = ink(dark).ring, ink(not dark).ring
    return figure.add_trace(
        go.Scatter(
            x=[x],
            y=[y],
            mode="markers",
            marker={"symbol": "star", "size": SIZE, "color": ring, "line": {"color": behind, "width": 1.5}},
            hovertemplate="the question<extra></extra>",
            showlegend=False,
            unselected={"marker": {"opacity": 1}},
        )
    )
