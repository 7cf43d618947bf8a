"""How near each scheme comes to the exact kernel, against the dimension."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from vsaviz.figures.palette import CATEGORIES, FONT, SYMBOLS, ink
from vsaviz.figures.plain import plain

HEIGHT = 340


@dataclass(frozen=True)
class Curve:
    """One scheme: its dimensions, the deviation of cosines and the share of neighbours kept at each."""

    name: str
    dimensions: Sequence[int]
    deviation: Sequence[float]
    overlap: Sequence[float]
    told: bool = False
    """Whether it stands out from the others, which are drawn in grey."""


def fidelity_figure(
    curves: Sequence[Curve], line: tuple[Sequence[int], Sequence[float]], k: int, *, dark: bool = False
) -> go.Figure:
    """Return two panels over a logarithmic axis of D: deviations with ``line``, 1/√D, and neighbours kept.

    Curves that are told have a colour, a symbol and a name in the legend; there are eight such looks.
    """
    colors = ink(dark)
    figure = go.Figure()
    ordered = sorted(curves, key=lambda curve: curve.told)
    told = [curve.name for curve in curves if curve.told]
    shown_other = False
    for curve in ordered:
        number = told.index(curve.name) % len(CATEGORIES) if curve.told else None
        legend = curve.told or not shown_other
        shown_other = shown_other or not curve.told
        look = _look(number, colors.quiet)
        figure.add_trace(_line(curve, curve.deviation, "deviation %{y:.4f}", "", legend, look))
        figure.add_trace(_line(curve, curve.overlap, "%{y:.0%} kept", "2", False, look))
    figure.add_trace(
        go.Scatter(
            x=list(line[0]),
            y=list(line[1]),
            mode="lines",
            name="1/√D",
            line={"color": colors.text, "width": 2, "dash": "dot"},
            hovertemplate="1/√D at D=%{x:,}: %{y:.4f}<extra></extra>",
        )
    )
    return figure.update_layout(_layout(list(line[0]), k, dark))


def _look(number: int | None, quiet: str) -> dict[str, Any]:
    if number is None:
        return {"mode": "lines", "line": {"color": quiet, "width": 1}, "opacity": 0.55}
    color = CATEGORIES[number]
    return {
        "mode": "lines+markers",
        "line": {"color": color, "width": 2.5},
        "marker": {"size": 8, "symbol": SYMBOLS[number], "color": color},
    }


def _line(
    curve: Curve, values: Sequence[float], said: str, axes: str, legend: bool, look: dict[str, Any]
) -> go.Scatter:
    name = plain(curve.name)
    return go.Scatter(
        x=list(curve.dimensions),
        y=list(values),
        name=name if curve.told else "other schemes",
        legendgroup=name if curve.told else "other schemes",
        showlegend=legend,
        hovertemplate=f"{name}, D=%{{x:,}}: {said}<extra></extra>",
        xaxis=f"x{axes}",
        yaxis=f"y{axes}",
        **look,
    )


def _layout(dimensions: Sequence[int], k: int, dark: bool) -> dict[str, Any]:
    colors = ink(dark)
    plain_axis = {"showgrid": False, "zeroline": False, "automargin": True}
    ticks = [D for D in dimensions if D & (D - 1) == 0]
    across = {
        **plain_axis,
        "type": "log",
        "tickvals": ticks,
        "ticktext": [f"{D:,}" for D in ticks],
        "title": {"text": "D", "standoff": 4},
    }
    kept = "the nearest kept" if k == 1 else f"of the {k} nearest kept"
    return {
        "template": "none",
        "height": HEIGHT,
        "margin": {"l": 58, "r": 12, "t": 34, "b": 72},
        "xaxis": {**across, "domain": [0, 0.46]},
        "xaxis2": {**across, "domain": [0.54, 1], "anchor": "y2"},
        "yaxis": {**plain_axis, "type": "log", "dtick": "D2", "tickformat": ".2~g"},
        "yaxis2": {**plain_axis, "anchor": "x2", "tickformat": ".0%", "range": [0, 1.02]},
        "annotations": [
            _title("deviation of cosines from the exact kernel", 0.0),
            _title(kept, 0.54),
        ],
        "legend": {"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0},
        "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": colors.text, "size": 12, "family": FONT},
    }


def _title(text: str, left: float) -> dict[str, Any]:
    return {
        "text": text,
        "x": left,
        "y": 1.0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 8,
        "showarrow": False,
        "font": {"size": 13},
    }
