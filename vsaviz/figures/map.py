"""The map: one point for each document."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from vsaviz.figures.palette import FONT, MOST_CATEGORIES, ORDERED, categories, ink, is_ordered, modebar
from vsaviz.figures.plain import plain
from vsaviz.figures.relative import LARGEST, SMALLEST, as_numbers, shares

SVG_UP_TO = 6_000
"""Points that are drawn as SVG, which needs no graphics card and none of the few WebGL contexts of a page.

Of more, none has its name in the figure: the names would weigh more than all else."""


def map_figure(
    points: NDArray[np.float32],
    ids: Sequence[str],
    colors: Sequence[Any],
    *,
    color_name: str = "",
    selected: ArrayLike = (),
    focus: int | None = None,
    neighbors: ArrayLike = (),
    sizes: Sequence[Any] | None = None,
    kept: ArrayLike | None = None,
    lit: ArrayLike = (),
    marked: ArrayLike = (),
    dark: bool = False,
    legend: bool = True,
) -> go.Figure:
    """Return the map of points (n, 2), coloured by one value each.

    ``customdata`` of each point is its row. Rows in ``selected`` or ``lit`` stay, the others fade; ``focus``
    gets a ring, its ``neighbors`` and what is lit thinner ones, ``marked`` rows a cross. ``sizes`` are
    numbers or None. Rows that are not ``kept`` are left out. Only ids go to the browser, never documents.
    """
    few = len(points) <= SVG_UP_TO
    draw = go.Scatter if few else go.Scattergl
    chosen = np.union1d(np.asarray(selected, np.int64), np.asarray(lit, np.int64))
    size, sizes_of = size_of(len(points)), None if sizes is None else _sizes(sizes, size_of(len(points)))
    figure = go.Figure()
    for trace in _traces(colors, color_name, legend):
        rows = _left(trace, kept)
        hover = trace.pop("hover")
        marker = {"size": size if sizes_of is None else sizes_of[rows], "opacity": opacity_of(len(points))}
        figure.add_trace(
            draw(
                x=points[rows, 0],
                y=points[rows, 1],
                mode="markers",
                customdata=rows.astype(np.int32),
                text=[plain(ids[row], 40) for row in rows] if few else None,
                hovertemplate=hover if few else hover.replace("%{text}", "#%{customdata}"),
                marker=marker | trace.pop("marker"),
                selectedpoints=np.flatnonzero(np.isin(rows, chosen)) if len(chosen) else None,
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 0.12}},
                **trace,
            )
        )
    for ring, width, wider in ((lit, 1.25, 4), (neighbors, 1.25, 6), (_one(focus), 2.5, 9)):
        if len(rows := np.asarray(ring, np.int64)):
            figure.add_trace(_rings(draw, points[rows], size + wider, width, ink(dark).ring))
    if len(rows := np.asarray(marked, np.int64)):
        figure.add_trace(_crosses(draw, points[rows], size + 2, ink(dark).ring))
    return figure.update_layout(_layout(dark, legend))


def _left(trace: dict[str, Any], kept: ArrayLike | None) -> NDArray[np.int64]:
    """Take the rows from a trace; of its rows and its colours those stay that are kept."""
    rows: NDArray[np.int64] = trace.pop("rows")
    if kept is None:
        return rows
    stays = np.isin(rows, np.asarray(kept, np.int64))
    if isinstance(trace["marker"]["color"], np.ndarray):
        trace["marker"]["color"] = trace["marker"]["color"][stays]
    return rows[stays]


def _sizes(sizes: Sequence[Any], usual: float) -> NDArray[np.float64]:
    """Return diameters for numbers: areas grow with them; what is no number is as small as the least."""
    relative = shares(sizes).of
    return usual * (SMALLEST + (LARGEST - SMALLEST) * np.sqrt(relative))


def _traces(colors: Sequence[Any], name: str, legend: bool) -> list[dict[str, Any]]:
    if is_ordered(colors):
        numbers = as_numbers(colors)
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


def _crosses(draw: Any, points: NDArray[np.float32], size: float, color: str) -> Any:
    return draw(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={"symbol": "x-thin", "size": size, "line": {"color": color, "width": 1.25}},
        hoverinfo="skip",
        showlegend=False,
        unselected={"marker": {"opacity": 1}},
    )


def size_of(n: int) -> float:
    """Return a point's diameter in pixels: about 9 at 300 points, 4 at 5,000, 2 at 50,000."""
    return float(np.clip(9 * (300 / max(n, 1)) ** 0.29, 2, 10))


def opacity_of(n: int) -> float:
    """Return how strong a point among n is: less where they are many."""
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
