"""How densely points lie: a small picture that is drawn beneath them when they are many."""

from dataclasses import dataclass, field

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from vsaviz.figures.palette import ink

DENSE_FROM = 6_001
"""Points from which on their density is drawn: of fewer, the points say it themselves."""

CELLS = 128
"""Cells along the longer side."""

BLUR = 1.2
"""The deviation of the blur in cells: single points are no islands."""


STRENGTH = 0.34
"""Opacity of the page's own ink where points lie densest."""


@dataclass(frozen=True)
class Density:
    """A grid over all points. ``cells`` (rows, columns) are 0 to 255, the lowest y first, on a log scale."""

    cells: NDArray[np.uint8] = field(repr=False)
    left: float
    right: float
    bottom: float
    top: float


def density(points: NDArray[np.float32]) -> Density | None:
    """Return how densely points (n, 2) lie; None where they are few, or all in one place.

    >>> density(np.zeros((10, 2), np.float32)) is None
    True
    """
    if len(points) < DENSE_FROM:
        return None
    low, high = points.min(axis=0).astype(float), points.max(axis=0).astype(float)
    side = float((high - low).max()) / CELLS
    if side == 0:
        return None
    margin = 3 * BLUR * side  # room for the blur
    low, high = low - margin, high + margin
    columns, rows = np.maximum(np.ceil((high - low) / side).astype(int), 1)
    ends = low + side * np.array([columns, rows])
    edges = (np.linspace(low[1], ends[1], rows + 1), np.linspace(low[0], ends[0], columns + 1))
    counts = np.histogram2d(points[:, 1], points[:, 0], bins=edges)[0]
    logs = np.log1p(gaussian_filter(counts, BLUR))
    cells = np.round(255 * logs / logs.max()).astype(np.uint8)
    return Density(cells, float(low[0]), float(ends[0]), float(low[1]), float(ends[1]))


def with_density(figure: go.Figure, points: NDArray[np.float32], *, dark: bool = False) -> go.Figure:
    """Return a map with the density of its points (n, 2) beneath them, where they are many."""
    found = density(points)
    if found is None:
        return figure
    rows, columns = found.cells.shape
    red, green, blue = (int(ink(dark).text[start : start + 2], 16) for start in (1, 3, 5))
    clear, dense = (f"rgba({red},{green},{blue},{share})" for share in (0, STRENGTH))
    wide, high = (found.right - found.left) / columns, (found.top - found.bottom) / rows
    beneath = go.Heatmap(
        z=found.cells,
        x0=found.left + wide / 2,
        dx=wide,
        y0=found.bottom + high / 2,
        dy=high,
        colorscale=[[0, clear], [1, dense]],
        zsmooth="best",
        showscale=False,
        hoverinfo="skip",
    )
    return go.Figure([beneath, *figure.data], figure.layout)
