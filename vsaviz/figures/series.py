"""Time in series: the problem, who solves it at which scale, and what is alike under a shift and a warp."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray
from plotly.subplots import make_subplots

from vsaviz.figures.palette import CATEGORIES, FONT, ink

Numbers = NDArray[np.float64]

GRADED = CATEGORIES[0]
CODINGS = (
    ("bag", CATEGORIES[2], "square"),
    ("graded", GRADED, "circle"),
    ("sequence", CATEGORIES[3], "diamond"),
)
"""The three codings of positions: name, colour, symbol."""
APART = 1.7
"""Between the base lines of two series; spikes have height 1."""


@dataclass(frozen=True)
class Curves:
    """Cosines of three codings, measured and exact, (3, changes)."""

    changes: Numbers
    measured: Numbers
    exact: Numbers


@dataclass(frozen=True)
class Shares:
    """The shares of series labelled rightly at each scale, measured and exact; ``chosen`` scale is marked."""

    scales: Sequence[float]
    measured: Sequence[float]
    exact: Sequence[float]
    chosen: float


def series_figure(
    examples: Numbers,
    shares: Shares,
    shift: Curves,
    warp: Curves,
    *,
    dark: bool = False,
) -> go.Figure:
    """Return four panels: series (2 classes, some, steps), shares by scale, cosines under shift and warp."""
    figure = make_subplots(
        2,
        2,
        column_widths=[0.42, 0.58],
        vertical_spacing=0.2,
        horizontal_spacing=0.11,
        subplot_titles=(
            "one spike, early or late",
            "put into the right class",
            "later by …",
            "stretched by …",
        ),
    )
    _add_series(figure, examples, dark)
    _add_shares(figure, shares, dark)
    for column, curves in ((1, shift), (2, warp)):
        _add_curves(figure, curves, column, dark)
    colors = ink(dark)
    figure.update_annotations(font={"size": 13, "color": colors.text})
    figure.update_xaxes(showgrid=False, zeroline=False, tickfont={"size": 12})
    figure.update_yaxes(showgrid=False, zeroline=False, tickfont={"size": 12})
    return figure.update_layout(
        template="none",
        height=570,
        margin={"l": 44, "r": 12, "t": 30, "b": 84},
        legend={"orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.11, "yanchor": "top"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colors.text, "size": 12, "family": FONT},
    )


def scale_name(scale: float) -> str:
    """Return a scale as people read it; the ends by what they are.

    >>> scale_name(0), scale_name(0.5), scale_name(float("inf"))
    ('0 bag', '½', '∞ sequence')
    """
    ends = {0.0: "0 bag", 0.5: "½", float("inf"): "∞ sequence"}
    return ends.get(scale, f"{scale:g}")


def _add_series(figure: go.Figure, examples: Numbers, dark: bool) -> None:
    rows = [row for of_class in examples for row in of_class]
    for i, row in enumerate(rows):
        figure.add_trace(
            go.Scatter(
                x=list(range(len(row))),
                y=row - APART * i,
                mode="lines",
                line={"color": ink(dark).text, "width": 1.2},
                showlegend=False,
                hoverinfo="skip",
            ),
            1,
            1,
        )
    first = len(examples[0])
    middles = [-APART * (first - 1) / 2, -APART * (first + (len(rows) - first - 1) / 2)]
    figure.update_yaxes(tickvals=middles, ticktext=["early", "late"], row=1, col=1)
    figure.update_xaxes(title={"text": "step", "standoff": 4}, row=1, col=1)


def _add_shares(figure: go.Figure, shares: Shares, dark: bool) -> None:
    places = list(range(len(shares.scales)))
    names = [scale_name(scale).replace(" ", "<br>") for scale in shares.scales]
    ring = [2.5 if scale == shares.chosen else 0 for scale in shares.scales]
    measured = go.Scatter(
        x=places,
        y=shares.measured,
        mode="lines+markers",
        name="accuracy",
        line={"color": GRADED, "width": 2},
        marker={"size": 9, "color": GRADED, "line": {"color": ink(dark).ring, "width": ring}},
        customdata=names,
        hovertemplate="scale %{customdata}: %{y:.0%}<extra></extra>",
        showlegend=False,
    )
    exact = _dotted(places, shares.exact, "D → ∞", ink(dark).quiet)
    figure.add_traces([measured, exact], rows=[1, 1], cols=[2, 2])
    figure.add_hline(0.5, line={"color": ink(dark).quiet, "width": 1}, row=1, col=2)
    figure.update_xaxes(
        tickvals=places,
        ticktext=names,
        tickangle=0,
        title={"text": "scale s", "standoff": 2},
        row=1,
        col=2,
    )
    figure.update_yaxes(range=[0.38, 1.05], tickformat=".0%", row=1, col=2)


def _add_curves(figure: go.Figure, curves: Curves, column: int, dark: bool) -> None:
    share = column == 2
    for (name, color, symbol), measured, exact in zip(CODINGS, curves.measured, curves.exact, strict=True):
        points = go.Scatter(
            x=curves.changes,
            y=measured,
            mode="lines+markers",
            name=name,
            legendgroup=name,
            showlegend=column == 1,
            line={"color": color, "width": 2},
            marker={"size": 6, "symbol": symbol, "color": color},
            hovertemplate=f"{name}: %{{y:.2f}}<extra></extra>",
        )
        theory = _dotted(
            curves.changes,
            exact,
            "exact kernel (D → ∞)",
            ink(dark).text,
            column == 1 and name == CODINGS[-1][0],
        )
        figure.add_traces([points, theory], rows=[2, 2], cols=[column, column])
    title = {"text": "share of its length" if share else "steps", "standoff": 4}
    figure.update_xaxes(tickformat=".0%" if share else "d", title=title, row=2, col=column)
    figure.update_yaxes(
        range=[-0.15, 1.08], title={"text": "" if share else "cosine", "standoff": 2}, row=2, col=column
    )


def _dotted(x: ArrayLike, y: ArrayLike, name: str, color: str, legend: bool = False) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name=name,
        legendgroup="exact",
        showlegend=legend,
        line={"color": color, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
