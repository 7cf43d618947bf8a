"""Several maps of the same documents side by side: one scale, one colouring, one selection."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from vsaviz.figures.map import SVG_UP_TO, map_figure
from vsaviz.figures.palette import ink
from vsaviz.figures.plain import plain

MAP_HEIGHT = 300
HEADING = 46
"""Pixels above each map for its two lines."""
LEGEND = 48
"""Pixels below the maps."""
BUTTONS = 26
"""Pixels above all for the figure's own buttons."""
GAP = 0.02
"""Between two maps, of the width."""
MARGIN = 0.04
"""Around the points of a map, of their extent."""


@dataclass(frozen=True)
class Panel:
    """One of the maps: its heading of two lines, and the points (n, 2), laid over those of the first map."""

    title: str
    note: str
    points: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True)
class Documents:
    """What is the same in all maps: a name and a value to colour by for each point, and their rows.

    ``rows`` (n,) are the points' rows in the collection, of which they may be a sample.
    """

    ids: Sequence[str] = field(repr=False)
    colors: Sequence[Any] = field(repr=False)
    rows: NDArray[np.int64] = field(repr=False)
    color_name: str = ""


@dataclass(frozen=True)
class Marks:
    """Rows of the collection to mark: those selected, the one that is read, its neighbours in each map."""

    selected: ArrayLike = ()
    focus: int | None = None
    neighbors: Sequence[ArrayLike] = ()


def small_multiples_figure(panels: Sequence[Panel], documents: Documents, *, dark: bool = False) -> go.Figure:
    """Return two to six maps as one figure, a single SVG or WebGL context; zooming one zooms all.

    ``customdata`` of each point is its row in the collection.
    """
    kind = "scatter" if len(panels) * len(documents.rows) <= SVG_UP_TO else "scattergl"
    maps = [_map(panel, documents, dark, legend=place == 0) for place, panel in enumerate(panels)]
    traces = [
        _placed(trace, place, documents.rows) | {"type": kind}
        for place, one in enumerate(maps)
        for trace in _described(one)
    ]
    return go.Figure(traces, maps[0].layout).update_layout(_layout(panels))


def with_marks(figure: go.Figure, marks: Marks, *, dark: bool = False) -> go.Figure:
    """Return the figure with the same documents marked in every map: the rest fades, rings go round."""
    traces = _described(figure)
    selected = np.asarray(marks.selected, dtype=np.int64)
    if len(selected):
        for trace in traces:
            trace["selectedpoints"] = np.flatnonzero(np.isin(trace["customdata"], selected))
    return go.Figure(traces + _all_rings(traces, marks, ink(dark).ring), figure.layout)


def _described(figure: go.Figure) -> list[dict[str, Any]]:
    """Return copies of a figure's traces as plain dicts of arrays."""
    return [trace.to_plotly_json() for trace in figure.data]


def _all_rings(traces: Sequence[dict[str, Any]], marks: Marks, color: str) -> list[dict[str, Any]]:
    """Return rings for each map in turn: thin ones round the neighbours, a thick one round the document."""
    rings = []
    for place, near in enumerate(marks.neighbors):
        own = [trace for trace in traces if trace["xaxis"] == f"x{_number(place)}"]
        focus = () if marks.focus is None else (marks.focus,)
        for rows, width, size in ((near, 1.25, 6.0), (focus, 2.5, 9.0)):
            rings += _rings(own, np.asarray(rows, dtype=np.int64), (width, size), color)
    return rings


def _rings(
    traces: Sequence[dict[str, Any]], rows: NDArray[np.int64], look: tuple[float, float], color: str
) -> list[dict[str, Any]]:
    width, size = look
    found = [(trace, np.isin(trace["customdata"], rows)) for trace in traces]
    x, y = (np.concatenate([trace[axis][is_in] for trace, is_in in found]) for axis in "xy")
    if not len(x):
        return []
    line = {"color": color, "width": width}
    first = traces[0]
    return [
        {
            **{name: first[name] for name in ("type", "xaxis", "yaxis", "mode")},
            "x": x,
            "y": y,
            "marker": {"size": first["marker"]["size"] + size, "color": "rgba(0,0,0,0)", "line": line},
            "hoverinfo": "skip",
            "showlegend": False,
            "unselected": {"marker": {"opacity": 1}},
        }
    ]


def grid(n: int) -> tuple[int, int]:
    """Return in how many rows and columns n maps stand.

    >>> [grid(n) for n in (2, 3, 4, 6)]
    [(1, 2), (1, 3), (2, 2), (2, 3)]
    """
    columns = 3 if n in (3, 5, 6) else min(n, 2)
    return -(-n // columns), columns


def _map(panel: Panel, documents: Documents, dark: bool, legend: bool) -> go.Figure:
    return map_figure(
        panel.points,
        documents.ids,
        documents.colors,
        color_name=documents.color_name,
        dark=dark,
        legend=legend,
    )


def _placed(trace: dict[str, Any], place: int, rows: NDArray[np.int64]) -> dict[str, Any]:
    """Put a trace of a map on the axes of its panel, and number its points as the collection does."""
    axes = {"xaxis": f"x{_number(place)}", "yaxis": f"y{_number(place)}"}
    grouped = {"legendgroup": trace["name"]} if trace.get("name") else {}  # the legend hides a class in all
    return {**trace, **axes, **grouped, "customdata": rows[trace["customdata"]]}


def _number(place: int) -> str:
    return "" if place == 0 else str(place + 1)


def _layout(panels: Sequence[Panel]) -> dict[str, Any]:
    across, height = _extent([panel.points for panel in panels])
    lines, columns = grid(len(panels))
    drawn = lines * (MAP_HEIGHT + HEADING)
    layout: dict[str, Any] = {
        "height": BUTTONS + drawn + LEGEND,
        "margin": {"l": 0, "r": 0, "t": BUTTONS, "b": LEGEND},
        "annotations": [],
    }
    for place, panel in enumerate(panels):
        line, column = divmod(place, columns)
        number = _number(place)
        left = column / columns + (GAP / 2 if column else 0.0)
        right = (column + 1) / columns - (GAP / 2 if column < columns - 1 else 0.0)
        top = 1 - (line * (MAP_HEIGHT + HEADING) + HEADING) / drawn
        bottom = top - MAP_HEIGHT / drawn
        follows: dict[str, Any] = {"matches": "x"} if place else {}
        layout[f"xaxis{number}"] = _axis((left, right), across, f"y{number}") | follows
        follows = {"matches": "y"} if place else {"scaleanchor": "x"}
        layout[f"yaxis{number}"] = _axis((max(bottom, 0.0), top), height, f"x{number}") | follows
        layout["annotations"].append(_heading(panel, left, top))
    return layout


def _axis(domain: tuple[float, float], extent: list[float], anchor: str) -> dict[str, Any]:
    hidden = {"visible": False, "showgrid": False, "zeroline": False}
    return {**hidden, "domain": domain, "range": extent, "anchor": anchor, "constrain": "range"}


def _extent(maps: Sequence[NDArray[np.float32]]) -> tuple[list[float], list[float]]:
    """Return from where to where all maps reach, across and upwards."""
    points = np.concatenate(maps)
    if not len(points):
        return [-1.0, 1.0], [-1.0, 1.0]
    low, high = points.min(axis=0).astype(np.float64), points.max(axis=0).astype(np.float64)
    around = MARGIN * (high - low).max() or 1.0
    across, upwards = ([float(a - around), float(b + around)] for a, b in zip(low, high, strict=True))
    return across, upwards


def _heading(panel: Panel, left: float, top: float) -> dict[str, Any]:
    return {
        "text": f"<b>{plain(panel.title)}</b><br>{plain(panel.note)}",
        "x": left,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13},
    }
