"""D against how many a bundle must hold: stored, published and live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from vsaviz.figures.measured import legend_entry, plain_axes
from vsaviz.figures.palette import CATEGORIES, SYMBOLS, ink


@dataclass(frozen=True)
class Needed:
    """One scheme: the D that each k needs."""

    name: str
    stored: Mapping[int, int]
    published: tuple[int, int] | None = None
    """One k, and its published D."""
    live: tuple[int, int] | None = None
    """The largest k that was held just now, and D."""


def needed_figure(schemes: Sequence[Needed], *, dark: bool = False) -> go.Figure:
    """Return D against k: small points stored, open diamonds published, large ringed points live."""
    colors = ink(dark)
    figure = go.Figure()
    for color, symbol, one in zip(CATEGORIES, SYMBOLS, schemes, strict=False):
        figure.add_scatter(
            x=list(one.stored),
            y=list(one.stored.values()),
            mode="lines+markers",
            name=f"{one.name} stored",
            showlegend=False,
            line={"color": color, "width": 1},
            marker={"size": 4, "color": color},
            hovertemplate=f"{one.name}, stored: k=%{{x}} needs D=%{{y:,}}<extra></extra>",
        )
        for what, point, marker in (
            ("published", one.published, {"size": 12, "symbol": "diamond-open", "line": {"width": 2}}),
            ("live", one.live, {"size": 12, "symbol": symbol, "line": {"width": 2, "color": colors.ring}}),
        ):
            if point:
                figure.add_scatter(
                    x=[point[0]],
                    y=[point[1]],
                    mode="markers",
                    name=f"{one.name} {what}",
                    showlegend=False,
                    marker={"color": color, **marker},
                    hovertemplate=f"{one.name}, {what}: k=%{{x}} at D=%{{y:,}}<extra></extra>",
                )
    for name, look in (
        ("stored", {"size": 4}),
        ("published", {"size": 10, "symbol": "diamond-open", "line": {"width": 2}}),
        ("live", {"size": 10, "line": {"width": 2, "color": colors.ring}}),
    ):
        marker = {"color": colors.quiet, **look}
        figure.add_scatter(**legend_entry(name, {"mode": "markers", "marker": marker}))
    figure.update_xaxes(title={"text": "bundled", "standoff": 4}, rangemode="tozero")
    figure.update_yaxes(title={"text": "D", "standoff": 6}, rangemode="tozero", tickformat=",")
    return plain_axes(figure, colors)
