"""The map: one point for each document."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from vsaviz.features.numbers import as_float
from vsaviz.figures.palette import FONT, MOST_CATEGORIES, ORDERED, categories, ink, is_ordered, modebar
from vsaviz.figures.plain import plain

SVG_UP_TO = 6_000
"""Points that are drawn as SVG, which needs no graphics card and none of the few WebGL contexts of a page."""


def map_figure(
    points: NDArray[np.float32],
    ids: Sequence[str],
    colors: Sequence[Any],
    *,
    color_name: str = "",
    selected: ArrayLike = (),
    focus: int | None = None,
    neighbors: ArrayLike = (),
    dark: bool = False,
    legend: bool = True,
) -> go.Figure:
    """Return the map of points (n, 2), coloured by one value each.

    ``customdata`` of each point is its row. Rows in ``selected`` stay, the others fade; ``focus`` gets
    a ring, its ``neighbors`` thinner ones. Only ids go to the browser, never documents.
    """
    draw = go.Scatter if len(points) <= SVG_UP_TO else go.Scattergl
    chosen = np.asarray(selected, dtype=np.int64)
    figure = go.Figure()
    for trace in _traces(colors, color_name, legend):
        rows = trace.pop("rows")
        marker = {"size": _size(len(points)), "opacity": _opacity(len(points)), **trace.pop("marker")}
        figure.add_trace(
            draw(
                x=points[rows, 0],
                y=points[rows, 1],
                mode="markers",
                customdata=rows,
                text=[plain(ids[row], 40) for row in rows],
                hovertemplate=trace.pop("hover"),
                marker=marker,
                selectedpoints=np.flatnonzero(np.isin(rows, chosen)) if len(chosen) else None,
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 0.12}},
                **trace,
            )
        )
    for rows, width, size in ((np.asarray(neighbors, dtype=np.int64), 1.25, 6), (_one(focus), 2.5, 9)):
        if len(rows):
            figure.add_trace(_rings(draw, points[rows], _size(len(points)) + size, width, ink(dark).ring))
    return figure.update_layout(_layout(dark, legend))


def _traces(colors: Sequence[Any], name: str, legend: bool) -> list[dict[str, Any]]:
    if is_ordered(colors):
        numbers = np.array([np.nan if value is None else as_float(value) for value in colors])
        known, missing = np.flatnonzero(~np.isnan(numbers)), np.flatnonzero(np.isnan(numbers))
        bar = {"title": {"text": plain(name, 24)}, "thickness": 10, "len": 0.5, "outlinewidth": 0}
        marker = {"color": numbers[known], "colorscale": ORDERED, "showscale": legend, "colorbar": bar}
        traces = [{"rows": known, "marker": marker, "showlegend": False, "hover": _hover("%{marker.color}")}]
        if len(missing):
            marker = {"color": "#9AA0A6", "symbol": "circle-open"}
            traces.append({"rows": missing, "marker": marker, "showlegend": False, "hover": _hover("–")})
        return traces
    classes = categories(colors)
    lone = len(classes) == 1
    return [
        {
            "rows": one.rows,
            "name": f"{plain(one.name, 28)} ({len(one.rows):,})",
            "marker": {
                "color": one.color,
                "symbol": one.symbol if len(classes) <= MOST_CATEGORIES + 1 else "circle",
            },
            "showlegend": legend and not lone,
            "hover": _hover("" if lone else plain(one.name, 40)),
        }
        for one in classes
    ]


def _hover(line: str) -> str:
    # A template reads %{…}: what comes from the data must not start one.
    safe = line if line == "%{marker.color}" else line.replace("%", "&#37;")
    return f"%{{text}}<br>{safe}<extra></extra>" if safe else "%{text}<extra></extra>"


def _one(row: int | None) -> NDArray[np.int64]:
    return np.array([] if row is None else [row], dtype=np.int64)


def _rings(draw: Any, points: NDArray[np.float32], size: float, width: float, color: str) -> Any:
    marker = {"size": size, "color": "rgba(0,0,0,0)", "line": {"color": color, "width": width}}
    return draw(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker=marker,
        hoverinfo="skip",
        showlegend=False,
        unselected={"marker": {"opacity": 1}},
    )


def _size(n: int) -> float:
    """Return a diameter in pixels: about 9 at 300 points, 4 at 5,000, 2 at 50,000."""
    return float(np.clip(9 * (300 / max(n, 1)) ** 0.29, 2, 10))


def _opacity(n: int) -> float:
    return float(np.clip(0.9 - 0.13 * np.log10(max(n, 300) / 300), 0.5, 0.9))


def _layout(dark: bool, legend: bool) -> dict[str, Any]:
    axis = {"visible": False, "showgrid": False, "zeroline": False}
    return {
        "template": "none",
        "xaxis": axis,
        "yaxis": {**axis, "scaleanchor": "x"},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": ink(dark).text, "size": 13, "family": FONT},
        "dragmode": "pan",  # the app takes a click for a choice in this mode only
        "modebar": modebar(dark),
        "hovermode": "closest",
        "showlegend": legend,
        "legend": {"orientation": "h", "y": 0, "yanchor": "top", "x": 0, "itemsizing": "constant"},
    }
