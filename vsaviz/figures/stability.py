"""Lengths and cosines along a chain of bindings, a column for each scheme, theory's bounds behind them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from vsaviz.figures.palette import CATEGORIES, FONT, ink

Floats = NDArray[np.float64]

LENGTH, COSINE = CATEGORIES[4], CATEGORIES[5]
LENGTH_DARK, COSINE_DARK = CATEGORIES[0], CATEGORIES[2]
LEAST_RANGE = 2.0
"""The axis of lengths reaches at least so many times up and down, so that what is flat looks flat."""
MARGIN = 1.08
WIDE = 4
"""Up to so many columns a title has one line."""
GENTLE = 20.0
"""Up to this factor the ticks are powers of 2, beyond it of 10."""


@dataclass(frozen=True)
class Column:
    """One scheme: its runs, (runs, steps + 1), and theory's bounds (lower, upper) where known."""

    title: str
    lengths: Floats
    cosines: Floats
    length_bounds: tuple[Floats, Floats] | None = None
    cosine_bounds: tuple[Floats, Floats] | None = None


def stability_figure(columns: Sequence[Column], *, dark: bool = False) -> go.Figure:
    """Return two rows of small charts on common axes: lengths on a logarithmic axis, and cosines."""
    colors = ink(dark)
    drawn = (LENGTH_DARK, COSINE_DARK) if dark else (LENGTH, COSINE)
    figure = make_subplots(
        rows=2,
        cols=max(1, len(columns)),
        shared_xaxes=True,
        shared_yaxes=True,
        horizontal_spacing=0.02,
        vertical_spacing=0.07,
        column_titles=[_heading(column.title, len(columns)) for column in columns],
    )
    for col, column in enumerate(columns, 1):
        for row, runs, bounds in (
            (1, column.lengths, column.length_bounds),
            (2, column.cosines, column.cosine_bounds),
        ):
            if bounds:
                figure.add_trace(_band(bounds, colors.quiet, f"{column.title} theory"), row=row, col=col)
            name = f"{column.title} {'length' if row == 1 else 'cosine'}"
            figure.add_trace(_runs(runs, drawn[row - 1], name), row=row, col=col)
    figure.update_annotations(font_size=13)
    figure.update_xaxes(showgrid=False, zeroline=False, ticks="outside", tickcolor=colors.quiet)
    figure.update_xaxes(title={"text": "bindings", "standoff": 4, "font": {"size": 12}}, row=2)
    grid = {"showgrid": True, "gridcolor": "rgba(128,128,128,.18)", "zeroline": False}
    figure.update_yaxes(row=1, **grid, **_lengths_axis(columns))
    lowest = min([0.0, *(float(column.cosines.min()) for column in columns)])
    dtick = 0.2 if lowest > -0.2 else 0.5
    figure.update_yaxes(row=2, **grid, range=[lowest - 0.02, 1.03], dtick=dtick, tickformat=".1f")
    figure.update_yaxes(title={"text": "length", "standoff": 6, "font": {"size": 12}}, row=1, col=1)
    figure.update_yaxes(
        title={"text": "cosine of the pair", "standoff": 6, "font": {"size": 12}}, row=2, col=1
    )
    return figure.update_layout(
        template="none",
        height=520,
        margin={"l": 62, "r": 12, "t": 28 if len(columns) <= WIDE else 42, "b": 44},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colors.text, "size": 12, "family": FONT},
    )


def _heading(title: str, n_columns: int) -> str:
    return title if n_columns <= WIDE else title.replace(", ", "<br>")


def _runs(values: Floats, color: str, name: str) -> go.Scatter:
    """Return all runs as one line that is lifted between them."""
    runs, n = values.shape
    x = np.tile(np.append(np.arange(n, dtype=np.float64), np.nan), runs)
    y = np.concatenate([values, np.full((runs, 1), np.nan)], axis=1).ravel()
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name=name,
        connectgaps=False,
        line={"color": color, "width": 1.2},
        opacity=0.75,
        hovertemplate="after %{x}: %{y:.4~g}<extra></extra>",
    )


def _band(bounds: tuple[Floats, Floats], color: str, name: str) -> go.Scatter:
    """Return the area between two lines; where they are one, that line."""
    low, high = bounds
    steps = np.arange(len(low))
    return go.Scatter(
        x=np.concatenate([steps, steps[::-1]]),
        y=np.concatenate([high, low[::-1]]),
        fill="toself",
        fillcolor="rgba(128,128,128,.2)",
        mode="lines",
        name=name,
        line={"color": color, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )


def _lengths_axis(columns: Sequence[Column]) -> dict[str, object]:
    """Return a logarithmic axis that shows all lengths and bounds, at most nine ticks."""
    bounds = [bound for column in columns for bound in column.length_bounds or ()]
    every = [*(column.lengths for column in columns), *bounds]
    low = min([1 / LEAST_RANGE, *(float(values.min()) for values in every)]) / MARGIN
    high = max([LEAST_RANGE, *(float(values.max()) for values in every)]) * MARGIN
    base = 2 if max(high, 1 / low) <= GENTLE else 10
    first, last = (round(float(np.log(end) / np.log(base))) for end in (low, high))
    apart = -(-(last - first + 1) // 8)
    powers = [power for power in range(first, last + 1) if power % apart == 0]
    return {
        "type": "log",
        "range": [np.log10(low), np.log10(high)],
        "tickvals": [float(base) ** power for power in powers],
        "ticktext": [_tick(base, power) for power in powers],
    }


def _tick(base: int, power: int) -> str:
    """Return a factor as people write it.

    >>> [_tick(2, -2), _tick(2, 0), _tick(2, 3), _tick(10, -12)]
    ['1/4', '1', '8', '10<sup>−12</sup>']
    """
    if abs(power) * np.log10(base) < 4:
        return f"1/{base**-power:,}" if power < 0 else f"{base**power:,}"
    return f"{base}<sup>{power}</sup>".replace("-", "−")
