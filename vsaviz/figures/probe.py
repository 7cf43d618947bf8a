"""Which fields another model knows: one row for each field, from what chance reads to what the model does."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from vsaviz.figures.palette import CATEGORIES, FONT, ink
from vsaviz.figures.plain import plain

MODEL = CATEGORIES[0]
HEIGHT = 30
LETTERS = 32


@dataclass(frozen=True)
class ProbedShares:
    """Shares of documents read rightly, from 0 to 1, by where vectors come from; one for each field."""

    guess: Sequence[float]
    random: Sequence[float]
    model: Sequence[float]
    own: Sequence[float]


def probe_figure(names: Sequence[str], shares: ProbedShares, model: str, *, dark: bool = False) -> go.Figure:
    """Return a row for each field: random vectors, the ``model`` of this name, a guess, their own vectors."""
    colors = ink(dark)
    rows = list(range(len(names)))
    between = go.Scatter(
        x=[x for pair in zip(shares.random, shares.model, strict=True) for x in (*pair, None)],
        y=[y for row in rows for y in (row, row, None)],
        mode="lines",
        line={"color": MODEL, "width": 3},
        opacity=0.45,
        showlegend=False,
        hoverinfo="skip",
    )
    hollow = {"color": "rgba(0,0,0,0)"}
    figure = go.Figure(
        [
            between,
            _marks("guess", shares.guess, _mark("line-ns", 12, colors.text, 2)),
            _marks("random vectors", shares.random, _mark("circle", 10, colors.text, 1.8) | hollow),
            _marks(plain(model, 28), shares.model, _mark("circle", 11, MODEL, 0) | {"color": MODEL}),
            _marks("their own", shares.own, _mark("diamond", 10, CATEGORIES[1], 1.8) | hollow),
        ]
    )
    figure.update_xaxes(
        range=[-0.02, 1.03],
        tickformat=".0%",
        showgrid=True,
        gridcolor="rgba(128,128,128,.22)",
        zeroline=False,
    )
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.5],
        tickvals=rows,
        ticktext=[plain(name, LETTERS) + " " for name in names],
        automargin=True,
        showgrid=False,
        zeroline=False,
    )
    return figure.update_layout(
        template="none",
        height=HEIGHT * len(names) + 90,
        margin={"l": 8, "r": 12, "t": 44, "b": 36},
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colors.text, "size": 12, "family": FONT},
    )


def _mark(symbol: str, size: int, color: str, width: float) -> dict[str, object]:
    return {"symbol": symbol, "size": size, "line": {"color": color, "width": width}}


def _marks(name: str, shares: Sequence[float], marker: dict[str, object]) -> go.Scatter:
    return go.Scatter(
        x=shares,
        y=list(range(len(shares))),
        mode="markers",
        name=name,
        marker=marker,
        hovertemplate=f"{name}: %{{x:.0%}}<extra></extra>",
    )
