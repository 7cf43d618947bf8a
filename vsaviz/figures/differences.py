"""What sets a group apart from the others: how much, and between which bounds."""

from collections.abc import Sequence

import plotly.graph_objects as go

from vsaviz.figures.palette import LESS, MORE, ink
from vsaviz.figures.plain import plain
from vsaviz.figures.rows import check_lengths, in_rows, signed


def differences_figure(
    labels: Sequence[str],
    effects: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    *,
    dark: bool = False,
) -> go.Figure:
    """Return a dot for each effect, from −1 to 1, with a line for its 95 % interval, in the order given.

    Right of zero is more, or higher, in the group; left is less.

    Raises
    ------
    ValueError
        If there are not as many effects, lows or highs as labels.
    """
    check_lengths(labels, effects=effects, lows=lows, highs=highs)
    bounds = list(zip(labels, effects, lows, highs, strict=True))
    dots = go.Scatter(
        x=list(effects),
        y=list(range(len(labels))),
        mode="markers",
        marker={"color": [LESS if effect < 0 else MORE for effect in effects], "size": 7},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high - effect for _, effect, _, high in bounds],
            "arrayminus": [effect - low for _, effect, low, _ in bounds],
            "color": ink(dark).quiet,
            "thickness": 3,
            "width": 0,
        },
        hovertext=[
            f"{plain(label)}<br>{signed(effect)}, between {signed(low)} and {signed(high)}"
            for label, effect, low, high in bounds
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
    ends = min([0.0, *lows]), max([0.0, *highs])
    return in_rows(go.Figure(dots), labels, effects, ends, dark=dark)
