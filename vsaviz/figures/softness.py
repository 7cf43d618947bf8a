"""Likeness against distance: the exact line and what a scheme measures, a chart for each kind of value."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from vsaviz.figures.palette import CATEGORIES, FONT, ink

Floats = NDArray[np.float64]

STYLES = (
    (CATEGORIES[4], CATEGORIES[0], "circle", "solid"),
    (CATEGORIES[5], CATEGORIES[2], "diamond", "dash"),
)
"""The colours of a first and a second curve, light and dark, their marks and lines."""
COLUMNS = 2


@dataclass(frozen=True)
class Line:
    """One curve of a chart; arrays of (distances,)."""

    name: str
    distances: Sequence[float]
    exact: Floats
    measured: Floats
    scatter: Floats
    """The standard deviation of one measured value."""


@dataclass(frozen=True)
class Panel:
    """One chart: at most two curves."""

    title: str
    axis: str
    lines: Sequence[Line]


def softness_figure(panels: Sequence[Panel], *, dark: bool = False) -> go.Figure:
    """Return the charts, two in a row, on one axis of cosines; lines are exact, marks measured."""
    colors = ink(dark)
    rows = -(-len(panels) // COLUMNS)
    figure = make_subplots(
        rows=rows, cols=COLUMNS, shared_yaxes=True, horizontal_spacing=0.05, vertical_spacing=0.34 / rows
    )
    for number, panel in enumerate(panels):
        row, col = number // COLUMNS + 1, number % COLUMNS + 1
        for line, style in zip(panel.lines, STYLES, strict=False):
            for trace in _traces(line, style, dark):
                figure.add_trace(trace.update(legend=_legend(number)), row=row, col=col)
        figure.update_xaxes(title={"text": panel.axis, "standoff": 4, "font": {"size": 12}}, row=row, col=col)
        _head(figure, panel, number, row, col)
    figure.update_xaxes(showgrid=False, zeroline=False, ticks="outside", tickcolor=colors.quiet)
    figure.update_yaxes(
        range=[_lowest(panels), 1.05],
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=["0", "", "0.5", "", "1"],
        showgrid=True,
        gridcolor="rgba(128,128,128,.18)",
        zeroline=False,
    )
    figure.update_yaxes(title={"text": "cosine", "standoff": 6, "font": {"size": 12}}, col=1)
    return figure.update_layout(
        template="none",
        height=290 * rows,
        margin={"l": 52, "r": 12, "t": 34, "b": 44},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colors.text, "size": 12, "family": FONT},
    )


def _traces(line: Line, style: tuple[str, str, str, str], dark: bool) -> tuple[go.Scatter, go.Scatter]:
    light_color, dark_color, symbol, dash = style
    color = dark_color if dark else light_color
    exact = go.Scatter(
        x=line.distances,
        y=line.exact,
        mode="lines",
        name=f"{line.name}: exact",
        showlegend=False,
        line={"color": ink(dark).quiet, "width": 2, "dash": dash},
        hovertemplate="%{x}: %{y:.2f} exact<extra></extra>",
    )
    measured = go.Scatter(
        x=line.distances,
        y=line.measured,
        mode="markers",
        name=line.name,
        marker={"color": color, "size": 6, "symbol": symbol},
        error_y={"type": "data", "array": line.scatter, "color": color, "thickness": 1, "width": 0},
        hovertemplate="%{x}: %{y:.2f} measured<extra></extra>",
    )
    return exact, measured


def _legend(number: int) -> str:
    return f"legend{number + 1}" if number else "legend"


def _head(figure: go.Figure, panel: Panel, number: int, row: int, col: int) -> None:
    """Put a chart's title above it on the left and, where it has two curves, their names on the right."""
    subplot = figure.get_subplot(row, col)
    (left, right), top = subplot.xaxis.domain, subplot.yaxis.domain[1]
    place = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "y": top}
    figure.add_annotation(
        text=f"<b>{panel.title}</b>", x=left, xanchor="left", showarrow=False, font_size=13, **place
    )
    figure.layout[_legend(number)] = {
        **place,
        "x": right,
        "xanchor": "right",
        "orientation": "h",
        "bgcolor": "rgba(0,0,0,0)",
        "visible": len(panel.lines) > 1,
    }


def _lowest(panels: Sequence[Panel]) -> float:
    ends = [float((line.measured - line.scatter).min()) for panel in panels for line in panel.lines]
    return min([0.0, *ends]) - 0.04
