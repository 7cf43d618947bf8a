"""How much comes back, against the dimension: the predicted line over the measured points."""

from collections.abc import Sequence

import plotly.graph_objects as go

from vsaviz.figures.palette import CATEGORIES, FONT, ink


def recall_figure(
    dimensions: Sequence[int],
    measured: Sequence[float],
    predicted: Sequence[float],
    chosen: int | None = None,
    *,
    dark: bool = False,
) -> go.Figure:
    """Return shares from 0 to 1 against D on a logarithmic axis; ``chosen`` is the D that is marked."""
    colors = ink(dark)
    ring = [2.5 if chosen == D else 0 for D in dimensions]
    line = go.Scatter(
        x=dimensions,
        y=predicted,
        mode="lines",
        name="predicted",
        line={"color": colors.quiet, "width": 2, "dash": "dot"},
        hovertemplate="D=%{x:,}: %{y:.0%} predicted<extra></extra>",
    )
    points = go.Scatter(
        x=dimensions,
        y=measured,
        mode="markers+lines",
        name="measured",
        line={"color": CATEGORIES[0], "width": 2},
        marker={"size": 10, "color": CATEGORIES[0], "line": {"color": colors.ring, "width": ring}},
        hovertemplate="D=%{x:,}: %{y:.0%} measured<extra></extra>",
    )
    figure = go.Figure([points, line])
    figure.update_xaxes(
        type="log",
        tickvals=list(dimensions),
        ticktext=[f"{D:,}" for D in dimensions],
        showgrid=False,
        zeroline=False,
        title="D",
    )
    figure.update_yaxes(range=[0, 1.05], tickformat=".0%", showgrid=False, zeroline=False)
    return figure.update_layout(
        template="none",
        height=260,
        margin={"l": 48, "r": 12, "t": 8, "b": 44},
        legend={"x": 0.98, "y": 0.05, "xanchor": "right", "yanchor": "bottom"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colors.text, "size": 12, "family": FONT},
    )
