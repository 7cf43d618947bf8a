"""What the fields of a document contribute to its vector."""

from collections.abc import Sequence

import plotly.graph_objects as go

from vsaviz.figures.palette import CATEGORIES, FONT, ink
from vsaviz.figures.plain import plain


def shares_figure(fields: Sequence[str], shares: Sequence[float], *, dark: bool = False) -> go.Figure:
    """Return bars of the fields' shares of the squared norm, given largest first."""
    text = [f"{share:.1%}" for share in shares]
    bars = go.Bar(
        x=shares,
        y=list(range(len(fields))),
        orientation="h",
        marker={"color": CATEGORIES[0]},
        text=text,
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
    )
    names = [plain(name, 36) for name in fields]
    figure = go.Figure(bars)
    figure.update_xaxes(visible=False, range=[0, 1.3 * max(shares, default=1)])
    figure.update_yaxes(
        autorange="reversed", tickvals=list(range(len(names))), ticktext=names, showgrid=False
    )
    return figure.update_layout(
        template="none",
        height=24 * len(fields) + 16,
        margin={"l": 230, "r": 20, "t": 4, "b": 4},
        bargap=0.35,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": ink(dark).text, "size": 12, "family": FONT},
    )
