"""A page that stands for itself: figures, tables and text in one HTML file that asks nothing of any host."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import TypeAlias

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 Inter, "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; color: #1f2933;
  background: #fff; max-width: 1200px; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1.05rem; margin-top: 2rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border: 0 solid #9aa5b1;
  border-bottom-width: 1px; }
th { white-space: nowrap; }
pre { font: 13px/1.5 "JetBrains Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace;
  max-height: 32rem; overflow: auto; white-space: pre-wrap; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e9ed; background: #14181d; }
  .plotly-graph-div { filter: invert(.92) hue-rotate(180deg); }
}
"""
CONFIG = {"displayModeBar": False, "scrollZoom": True}
SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
SELF_MADE = ("scattergl", "parcoords", "splom", "scatter3d", "surface", "mesh3d")
"""Figures of graphics cards, whose programs are written while they are drawn: these need a permission."""


@dataclass(frozen=True)
class Preformatted:
    """Text whose lines and blanks stay as they are."""

    text: str


Part: TypeAlias = go.Figure | str | Preformatted | tuple[Sequence[str], Sequence[Sequence[str]]]


def standalone(title: str, parts: Sequence[tuple[str, Part]]) -> str:
    """Return an HTML page of headed parts: figures, paragraphs, texts, or tables of a head and its lines.

    All text is escaped; plotly.js is in the page once, before the first figure. The page's policy lets no
    request leave it, and lets no script run but those that are in it now, known by their hashes.
    """
    figures = [part for _, part in parts if isinstance(part, go.Figure)]
    scripted = f"<script>{get_plotlyjs()}</script>" if figures else ""
    body = "\n".join(f"{_heading(heading)}{_drawn(part)}" for heading, part in parts)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripted + body, figures)}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>{scripted}</head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def _policy(html: str, figures: Sequence[go.Figure]) -> str:
    """Return what the page may do. All text in it is escaped, so that its scripts are the figures' own."""
    hashes = [
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in SCRIPT.findall(html)
    ]
    made = any(trace.type in SELF_MADE for figure in figures for trace in figure.data)
    scripts = " ".join([*hashes, *["'unsafe-eval'"] * made]) or "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>\n" if text else ""


def _drawn(part: Part) -> str:
    if isinstance(part, str):
        return f"<p>{escape(part)}</p>"
    if isinstance(part, Preformatted):
        return f"<pre>{escape(part.text)}</pre>"
    if isinstance(part, go.Figure):
        return str(part.to_html(full_html=False, include_plotlyjs=False, config=CONFIG))
    head, lines = part
    cells = "".join(f"<th>{escape(text)}</th>" for text in head)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in line)}</tr>" for line in lines)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
