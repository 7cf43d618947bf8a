"""What each field adds to the similarity of two documents, or takes from it."""

from collections.abc import Sequence

import plotly.graph_objects as go

from vsaviz.figures.palette import LESS, MORE, ink
from vsaviz.figures.plain import plain
from vsaviz.figures.rows import check_lengths, in_rows, signed


def contributions_figure(
    names: Sequence[str],
    contributions: Sequence[float],
    signals: Sequence[float] | None = None,
    *,
    dark: bool = False,
) -> go.Figure:
    """Return bars to both sides of zero, one for each field, in the order given.

    ``signals`` is what each would be without crosstalk: a thin line across its row. Pointing at a bar gives
    both parts.

    Raises
    ------
    ValueError
        If there are not as many contributions, or signals, as names.
    """
    check_lengths(names, contributions=contributions)
    known: Sequence[float] = () if signals is None else signals
    if signals is not None:
        check_lengths(names, signals=signals)
    rows = list(range(len(names)))
    bars = go.Bar(
        x=list(contributions),
        y=rows,
        orientation="h",
        marker={"color": [LESS if value < 0 else MORE for value in contributions]},
        hovertext=_parts(names, contributions, known),
        hoverinfo="text" if len(known) else "skip",
    )
    figure = go.Figure(bars)
    if len(known):
        line = {"symbol": "line-ns", "size": 14, "line": {"color": ink(dark).text, "width": 2}}
        figure.add_trace(
            go.Scatter(x=list(known), y=rows, mode="markers", marker=line, hoverinfo="skip", name="signal")
        )
    drawn = [0.0, *contributions, *known]
    return in_rows(figure, names, contributions, (min(drawn), max(drawn)), dark=dark)


def _parts(names: Sequence[str], contributions: Sequence[float], signals: Sequence[float]) -> list[str]:
    return [
        f"{plain(name)}<br>{signed(value)}: signal {signed(signal)}, crosstalk {signed(value - signal)}"
        for name, value, signal in zip(names, contributions, signals, strict=False)
    ]
