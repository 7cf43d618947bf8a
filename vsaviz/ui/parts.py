"""Small parts of pages. Text from the data is escaped here: it never becomes markup."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.jsontext import visible

BETWEEN_REPORTS = 0.5
"""Seconds between two states of a progress bar."""


def notice(text: str, kind: str = "info") -> None:
    """Show a sentence of plain text; ``kind`` is info, warning or error."""
    mark = {"info": "i", "warning": "!", "error": "×"}[kind]
    role = "alert" if kind == "error" else "note"
    shown = escape(visible(text))
    st.html(f'<div class="vz-notice vz-{kind}" role="{role}"><b>{mark}</b><span>{shown}</span></div>')


def caption(text: str) -> None:
    """Show a line of small, quiet text."""
    st.html(f'<p class="vz-caption">{escape(visible(text))}</p>')


def heading(text: str, beside: str = "") -> None:
    """Show the heading of a part of a page, with a quiet remark beside it."""
    st.html(f'<h2 class="vz-heading">{escape(visible(text))} <small>{escape(beside)}</small></h2>')


@contextmanager
def working(slot: DeltaGenerator, text: str) -> Iterator[Callable[[float], None]]:
    """Show in ``slot`` what is being done and, once reported, how far it is."""
    bar = slot.progress(0.0, text=text)
    shown = time.monotonic()

    def report(share: float) -> None:
        nonlocal shown
        if time.monotonic() > shown + BETWEEN_REPORTS:  # drawing each one would take from the work itself
            shown = time.monotonic()
            bar.progress(min(max(share, 0.0), 1.0), text=text)

    yield report
    slot.empty()


def is_dark() -> bool:
    """Whether the page is shown dark."""
    return st.context.theme.type == "dark"


def literal(text: str) -> str:
    r"""Return text that Markdown shows as it is, in one line.

    Arrows, addresses and the like, which are replaced even where all is escaped, are parted by a character
    without width (U+2060).

    >>> literal("a_b [x](y) :rocket:")
    'a\\_b \\[x\\]\\(y\\) \\:rocket\\:'
    >>> literal("a -> b")
    'a \\-\u2060\\> b'
    """
    line = _REPLACED.sub("\u2060", " ".join(visible(text).split()))
    return "".join(f"\\{character}" if character in _MARKUP else character for character in line)


_MARKUP = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_REPLACED = re.compile(r"(?<=[-<>~])(?=[->=])|(?<=:)(?=//|streamlit:)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
"""The places within what is taken for an arrow, a sign, a picture, or the address of a page or person."""
