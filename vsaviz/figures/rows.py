"""One row for each name, drawn about zero, with numbers at the right."""

from collections.abc import Sequence

import plotly.graph_objects as go

from vsaviz.figures.palette import FONT, ink
from vsaviz.figures.plain import plain

HEIGHT = 24
LETTERS = 36
NUMBERS = 0.35
"""What the column of numbers takes, against what is drawn."""


def signed(number: float) -> str:
    """Return a number with its sign and two decimals.

    >>> signed(0.414), signed(-0.05), signed(-0.001)
    ('+0.41', '−0.05', '0.00')
    """
    text = f"{number:+.2f}".replace("-", "−")
    return text if text.strip("+−0.") else "0.00"


def check_lengths(names: Sequence[str], **columns: Sequence[float]) -> None:
    """Raise ValueError if a column has not as many numbers as there are names."""
    for what, numbers in columns.items():
        if len(numbers) != len(names):
            raise ValueError(f"{len(numbers)} {what} but {len(names)} names")


def in_rows(
    figure: go.Figure,
    names: Sequence[str],
    numbers: Sequence[float],
    ends: tuple[float, float],
    *,
    dark: bool,
) -> go.Figure:
    """Return a figure whose traces have row numbers for y, with names, numbers, and a line at zero.

    ``ends`` are the least and the greatest x that is drawn.
    """
    low, high = ends
    span = (high - low) or 1.0
    figure.add_trace(
        go.Scatter(
            x=[high + NUMBERS * span] * len(names),
            y=list(range(len(names))),
            mode="text",
            text=[signed(number) for number in numbers],
            textposition="middle left",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.add_vline(0, line={"color": ink(dark).quiet, "width": 1})
    figure.update_xaxes(visible=False, range=[low - 0.02 * span, high + (NUMBERS + 0.01) * span])
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.5],
        tickvals=list(range(len(names))),
        ticktext=[plain(name, LETTERS) + " " for name in names],
        automargin=True,
        showgrid=False,
        zeroline=False,
    )
    return figure.update_layout(
        template="none",
        height=HEIGHT * len(names) + 16,
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
        bargap=0.35,
        showlegend=False,
        dragmode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": ink(dark).text, "size": 12, "family": FONT},
    )
