"""Vectors as they are: one as a field of cells, several as strips, on one scale centred on zero."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from vsaviz.figures.palette import FONT, SIGNED, SIGNED_DARK, ink
from vsaviz.figures.plain import plain


def strips_figure(vectors: NDArray[np.float32], names: Sequence[str], *, dark: bool = False) -> go.Figure:
    """Return the first of some rows (n, D) as a block of cells, and under it every row as a strip.

    Cells are read like text, left to right and line by line.
    """
    n, D = vectors.shape
    across = max(divisor for divisor in range(1, int(np.sqrt(D)) + 1) if D % divisor == 0)
    down, wide = (across, D // across) if across > 3 else (1, D)
    # All strips share one scale, wide enough for nearly all components.
    limit = float(np.quantile(np.abs(vectors), 0.995)) or 1.0
    scale = {"zmin": -limit, "zmax": limit, "colorscale": SIGNED_DARK if dark else SIGNED}
    figure = make_subplots(rows=2, cols=1, row_heights=[0.62, 0.38], vertical_spacing=0.05)
    block = vectors[0].reshape(down, wide)
    bar = {"title": {"text": "component"}, "thickness": 10, "len": 0.6, "outlinewidth": 0, "y": 0.69}
    number = np.arange(D).reshape(down, wide)
    figure.add_trace(
        go.Heatmap(
            z=block,
            customdata=number,
            colorbar=bar,
            hovertemplate="%{customdata}: %{z:.3f}<extra></extra>",
            **scale,
        ),
        row=1,
        col=1,
    )
    figure.add_trace(
        go.Heatmap(
            z=vectors, showscale=False, hovertemplate="component %{x}: %{z:.3f}<extra></extra>", **scale
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
