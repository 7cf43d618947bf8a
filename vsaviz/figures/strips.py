"""Vectors as they are: one as a field of cells, several as strips, on one scale."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from vsaviz.figures.drawings import DRAWINGS, GAP
from vsaviz.figures.palette import FONT, ink
from vsaviz.figures.plain import plain


def strips_figure(
    components: NDArray[np.float32], names: Sequence[str], drawn: str = "values", *, dark: bool = False
) -> go.Figure:
    """Return the first of some rows (n, D) as a field of cells, and under it every row as a strip.

    Cells are read like text, left to right and line by line. ``drawn`` names a way to draw components.
    """
    n, D = components.shape
    drawing = DRAWINGS[drawn]
    low, high = drawing.ends(components)
    scale = {"zmin": low, "zmax": high, "colorscale": drawing.dark if dark else drawing.light}
    figure = make_subplots(rows=2, cols=1, row_heights=[0.62, 0.38], vertical_spacing=0.05)
    number = drawing.arranged(D)
    block = np.where(number == GAP, np.nan, components[0][number])
    bar = {"title": {"text": drawing.label}, "thickness": 10, "len": 0.6, "outlinewidth": 0, "y": 0.69}
    bar["tickvals"] = drawing.ticks
    figure.add_trace(
        go.Heatmap(
            z=block,
            customdata=number,
            colorbar=bar,
            hovertemplate=f"%{{customdata}}: {drawing.hover}<extra></extra>",
            hoverongaps=False,
            **scale,
        ),
        row=1,
        col=1,
    )
    figure.add_trace(
        go.Heatmap(
            z=components,
            showscale=False,
            hovertemplate=f"component %{{x}}: {drawing.hover}<extra></extra>",
            **scale,
        ),
        row=2,
        col=1,
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(autorange="reversed", visible=False)
    figure.update_yaxes(
        visible=True,
        tickvals=list(range(n)),
        ticktext=[plain(name, 24) for name in names],
        showgrid=False,
        row=2,
        col=1,
    )
    return figure.update_layout(
        template="none",
        height=380 + 22 * n,
        margin={"l": 130, "r": 10, "t": 6, "b": 6},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": ink(dark).text, "size": 12, "family": FONT},
    )
