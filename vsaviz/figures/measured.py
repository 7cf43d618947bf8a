"""Measured points over the lines that are expected of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from vsaviz.figures.palette import CATEGORIES, FONT, SYMBOLS, Ink, ink

GRID = "rgba(128,128,128,.18)"
LARGEST, STEP = 13, 1.5
"""Sizes of points fall from series to series, so that those in one place are all seen."""


@dataclass(frozen=True)
class Line:
    """One series: what was measured at each x, and what was expected; nan where nothing was."""

    name: str
    x: Sequence[float]
    measured: Sequence[float]
    expected: Sequence[float]


@dataclass(frozen=True)
class Axes:
    """What the axes are called and how they count."""

    x: str
    y: str
    expected: str = "theory"
    """What the dotted lines are."""
    percent: bool = True
    log: bool = False
    top: float | None = 1.04
    """Where the upright axis ends; None where the data says."""


def measured_figure(lines: Sequence[Line], axes: Axes, *, dark: bool = False) -> go.Figure:
    """Return points with a symbol and a colour each, over dotted lines of the same colour."""
    colors = ink(dark)
    figure = go.Figure()
    for place, (color, symbol, line) in enumerate(zip(CATEGORIES, SYMBOLS, lines, strict=False)):
        form = ".0%" if axes.percent else ".3~g"
        figure.add_scatter(
            x=list(line.x),
            y=list(line.expected),
            mode="lines",
            name=f"{line.name} {axes.expected}",
            showlegend=False,
            line={"color": color, "width": 2, "dash": "dot"},
            hovertemplate=f"{line.name}, {axes.expected}: %{{y:{form}}}<extra></extra>",
        )
        figure.add_scatter(
            x=list(line.x),
            y=list(line.measured),
            mode="markers",
            name=line.name,
            marker={"size": LARGEST - STEP * place, "color": color, "symbol": symbol},
            hovertemplate=f"{line.name} at %{{x:,.3~g}}: %{{y:{form}}}<extra></extra>",
        )
    figure.add_scatter(
        **legend_entry(axes.expected, {"mode": "lines", "line": {"color": colors.text, "dash": "dot"}})
    )
    figure.update_xaxes(title={"text": axes.x, "standoff": 4})
    if axes.log:
        ticks = sorted({x for line in lines for x in line.x})
        figure.update_xaxes(type="log", tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks])
    figure.update_yaxes(
        title={"text": axes.y, "standoff": 6},
        tickformat=".0%" if axes.percent else None,
        range=None if axes.top is None else [-0.02 * axes.top, axes.top],
        rangemode="tozero",
    )
    return plain_axes(figure, colors)


def legend_entry(name: str, look: dict[str, object]) -> dict[str, object]:
    """Return an entry of the legend alone."""
    return {"x": [None], "y": [None], "name": name, "hoverinfo": "skip", **look}


def plain_axes(figure: go.Figure, colors: Ink) -> go.Figure:
    """Return the figure with quiet axes, its legend below, on the page's own background."""
    figure.update_xaxes(showgrid=False, zeroline=False, ticks="outside", tickcolor=colors.quiet)
    figure.update_yaxes(showgrid=True, gridcolor=GRID, zeroline=False)
    return figure.update_layout(
        template="none",
        height=380,
        margin={"l": 62, "r": 12, "t": 8, "b": 92},
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 12}},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colors.text, "size": 12, "family": FONT},
    )
