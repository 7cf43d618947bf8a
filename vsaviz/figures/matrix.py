"""Similarities of some documents with each other, in an order that shows their groups."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from vsaviz.figures.palette import FONT, ORDERED, ink
from vsaviz.figures.plain import plain


def matrix_figure(
    similarities: NDArray[np.float32], order: NDArray[np.int64], ids: Sequence[str], *, dark: bool = False
) -> go.Figure:
    """Return the similarities (n, n), rows and columns in the given order.

    The scale ends where nearly all pairs of different documents lie below.

    A click gives a point whose ``customdata`` is row × n + column, before ordering.
    """
    n = len(order)
    ordered = similarities[np.ix_(order, order)]
    names = [plain(ids[row], 24) for row in order]
    bar = {"title": {"text": "cosine"}, "thickness": 10, "len": 0.6, "outlinewidth": 0, "tickformat": ".2f"}
    figure = go.Figure(
        go.Heatmap(
            z=np.round(ordered, 2),
            zmin=0,
            zmax=_brightest(similarities),
            colorscale=ORDERED,
            colorbar=bar,
            hoverinfo="skip",
        )
    )
    # Heat maps cannot be clicked in the app; a layer of unseen points can.
    across, down = np.meshgrid(np.arange(n, dtype=np.int16), np.arange(n, dtype=np.int16))
    figure.add_trace(
        go.Scattergl(
            x=across.ravel(),
            y=down.ravel(),
            mode="markers",
            marker={"size": max(3, 520 // max(n, 1)), "color": "rgba(0,0,0,0)", "symbol": "square"},
            customdata=(order[:, None] * n + order[None, :]).ravel(),
            hoverinfo="none",
            showlegend=False,
        )
    )
    ticks = {"tickvals": list(range(n)), "ticktext": names} if n <= 30 else {"showticklabels": False}
    figure.update_xaxes(ticks="", showgrid=False, zeroline=False, constrain="domain", **ticks)
    figure.update_yaxes(
        ticks="", showgrid=False, zeroline=False, autorange="reversed", scaleanchor="x", **ticks
    )
    return figure.update_layout(
        template="none",
        height=560,
        margin={"l": 110 if n <= 30 else 8, "r": 8, "t": 8, "b": 110 if n <= 30 else 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": ink(dark).text, "size": 12, "family": FONT},
        hovermode="closest",
        dragmode="pan",
    )


def _brightest(similarities: NDArray[np.float32]) -> float:
    """Return where the scale ends: documents are alike to themselves, which is nothing to look at."""
    others = similarities[~np.eye(len(similarities), dtype=bool)]
    return max(0.1, round(float(np.quantile(others, 0.998)), 2)) if len(others) else 1.0
