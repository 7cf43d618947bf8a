"""A page that stands for itself: figures, tables and text in one HTML file that asks nothing of any host."""

from collections.abc import Sequence
from html import escape
from typing import TypeAlias

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

STYLE = """
body { font: 15px/1.5 Inter, "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; color: #1f2933;
  max-width: 1200px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1.05rem; margin-top: 2rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid; }
"""
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)
"""No request leaves the page, whatever is in it."""

Part: TypeAlias = go.Figure | str | tuple[Sequence[str], Sequence[Sequence[str]]]


def standalone(title: str, parts: Sequence[tuple[str, Part]]) -> str:
    """Return an HTML page of headed parts: figures, paragraphs, or tables of a head and its lines.

    All text is escaped; plotly.js is in the page once, before the first figure.
    """
    scripted = (
        f"<script>{get_plotlyjs()}</script>" if any(map(_is_figure, (part for _, part in parts))) else ""
    )
    body = "\n".join(f"<h2>{escape(heading)}</h2>\n{_drawn(part)}" for heading, part in parts)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>{scripted}</head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def _is_figure(part: Part) -> bool:
    return isinstance(part, go.Figure)


def _drawn(part: Part) -> str:
    if isinstance(part, str):
        return f"<p>{escape(part)}</p>"
    if isinstance(part, go.Figure):
        return str(part.to_html(full_html=False, include_plotlyjs=False, config={"displaylogo": False}))
    head, lines = part
    cells = "".join(f"<th>{escape(text)}</th>" for text in head)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in line)}</tr>" for line in lines)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
