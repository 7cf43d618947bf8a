"""The map of each encoding, what can be trusted about it, and how far two of them agree."""

from contextlib import suppress

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from vsaviz.figures import map_figure
from vsaviz.figures.density import with_density
from vsaviz.lab.collisions import collisions
from vsaviz.neighbors import overlap, own_neighbors
from vsaviz.project import Projection
from vsaviz.ui import selection
from vsaviz.ui.downloads import show_downloads
from vsaviz.ui.encoding import Encoding
from vsaviz.ui.exploring.canvas import canvas_map
from vsaviz.ui.exploring.packed import mask, packed
from vsaviz.ui.exploring.shown import Rows, Shown
from vsaviz.ui.memory import known, remembered
from vsaviz.ui.parts import caption, heading, notice, working
from vsaviz.ui.running import StoppedError
from vsaviz.ui.view import NEIGHBORS, View

MAP_HEIGHT = 600
OVERLAP_AT_MOST = 2_000
TRUST = {
    "pca": "PCA: far apart on the map is far apart; near may still differ in ways that two dimensions hide.",
    "tsne": "t-SNE: who is next to whom can be trusted; sizes of groups and gaps between them cannot.",
    "umap": "UMAP: who is next to whom can be trusted; distances between groups only roughly.",
}


def maps(view: View, shown: Shown) -> None:
    """Show the map of each encoding that is chosen, side by side."""
    encodings = [encoding for encoding in (view.choice.first, view.choice.second) if encoding]
    places = st.columns(len(encodings))
    for place, encoding, key in zip(places, encodings, ("map", "map2"), strict=False):
        with place:
            if len(encodings) > 1:
                heading(encoding.scheme, f"D={encoding.dimensions:,}")
            with suppress(StoppedError):  # where the map would be it says so, and offers to run it
                _map(view, encoding, key, shown)
    if view.choice.second and known("vectors", (view.loaded.key, view.choice.second)):
        _compared(view, view.choice.second)
    for encoding in encodings:
        _collision_notice(view, encoding)


def _map(view: View, encoding: Encoding, key: str, shown: Shown) -> None:
    try:
        placed = view.projected(encoding, shown.method)
    except ImportError as error:
        notice(str(error), "warning")
        placed = view.projected(encoding, "pca")
    chosen = selection.current(view.loaded.key)
    neighbors = np.empty(0, np.int64) if chosen.focus is None else view.neighbors(chosen.focus)[0]
    _canvas(view, key, placed, shown, neighbors)
    caption(" ".join(filter(None, [TRUST.get(placed.method, ""), placed.note])))
    if key == "map":
        show_downloads(view, lambda: _figure(view, placed, shown, neighbors, chosen))


def _canvas(view: View, key: str, placed: Projection, shown: Shown, neighbors: Rows) -> None:
    """Send the points, which stay until they change, and apart from them what is marked among them."""
    n, chosen = len(view.documents), selection.current(view.loaded.key)
    height = MAP_HEIGHT if view.choice.second is None else MAP_HEIGHT - 120
    seen = f"{view.loaded.key} {key} {placed.method}"
    colors, sizes = tuple(shown.colors), shown.sizes and tuple(shown.sizes)
    points = remembered(
        "packed",
        (seen, placed.points.tobytes(), shown.color_name, colors, shown.size_name, sizes),
        lambda: packed(key, seen, placed.points, view.ids, shown),
    )
    canvas_map(key=key, data=points, on_picked_change=lambda: selection.take_picked(key, view.loaded.key))
    marks = {
        "map": key,
        "n": n,
        "height": height,
        "alt": f"Map of {n:,} documents",
        "focus": chosen.focus if chosen.focus is not None and chosen.focus < n else None,
        "neighbors": neighbors.tolist(),
        "selected": mask(chosen.rows or None, n),
        "count": len(chosen.rows),
        "kept": mask(shown.kept, n),
        "lit": mask(shown.lit if len(shown.lit) else None, n),
        "marked": mask(shown.marked if len(shown.marked) else None, n),
    }
    with st.container(key=f"{key}_marks"):
        canvas_map(key=f"{key}_marked", data=marks)


def _figure(
    view: View, placed: Projection, shown: Shown, neighbors: Rows, chosen: selection.Selection
) -> go.Figure:
    """Return the map as it is shown, as a figure that stands for itself; made outside the session."""
    figure = map_figure(
        placed.points,
        view.ids,
        shown.colors,
        color_name=shown.color_name,
        selected=chosen.rows,
        focus=chosen.focus,
        neighbors=neighbors,
        sizes=shown.sizes,
        kept=shown.kept,
        lit=shown.lit,
        marked=shown.marked,
    )
    return with_density(figure, placed.points)


def _compared(view: View, second: Encoding) -> None:
    """Say how far two schemes agree on who is near whom."""
    if len(view.documents) < 2:
        return
    step = -(-len(view.documents) // OVERLAP_AT_MOST)

    def agreement() -> float:
        with working(view.slot, "Comparing neighbours"):
            first = own_neighbors(view.vectors[::step], NEIGHBORS)[0]
            other = own_neighbors(view.encoded(second)[::step], NEIGHBORS)[0]
            return float(overlap(first, other).mean())

    share = remembered("overlap", (view.key, second), agreement)
    of = f" (of every {step}th document)" if step > 1 else ""
    k = min(NEIGHBORS, len(view.documents[::step]) - 1)
    caption(
        f"Of each document's {k} nearest{of}, {share:.0%} are the same under "
        f"{view.choice.first.scheme} and {second.scheme}."
    )


def _collision_notice(view: View, encoding: Encoding) -> None:
    """Say which fields the scheme cannot tell apart."""
    paths = list(view.vocabulary.fields)
    key = (view.loaded.key, encoding.scheme, encoding.dimensions, encoding.seed)
    pairs = remembered(
        "collisions", key, lambda: collisions(encoding.scheme, paths, encoding.dimensions, encoding.seed)
    )
    if pairs:
        fields = view.vocabulary.fields
        one, other = (fields[paths[i]].name for i in pairs[0])
        notice(
            f"{encoding.scheme}: {len(pairs)} of {len(paths)} fields share their role product with another, "
            f"such as {one} and {other}: their values are mixed up.",
            "warning",
        )
