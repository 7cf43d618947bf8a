"""Two documents side by side: what makes them alike, and which leaves are equal, near or different."""

from html import escape

import streamlit as st

from vsaviz.figures import contributions_figure
from vsaviz.gathered import gathered
from vsaviz.sidebyside import side_by_side
from vsaviz.ui import selection
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, heading, is_dark, working
from vsaviz.ui.tree import SIGNS, tree_html
from vsaviz.ui.view import View
from vsaviz.ui.why import ask_why, is_costly, known_reasons, reasons, why_sentence

FIELDS_SHOWN = 12
NAME_AT_MOST = 40
BRING = "document.querySelector('.st-key-pair')?.scrollIntoView({behavior: 'smooth'})"
"""What is opened from far up or down is brought before the eyes."""


def pair_section(view: View) -> None:
    """Show the two documents that were put side by side, if any."""
    pair = selection.current(view.loaded.key).pair
    if pair is None or max(pair) >= len(view.documents):
        return
    with st.container(key="pair"):
        _pair_heading(view, pair)
        left, right = st.columns([2, 3], gap="medium")
        with left:
            _why(view, pair)
        with right:
            _trees(view, pair)
        if selection.pair_is_new():
            st.html(f"<script>{BRING}</script>", unsafe_allow_javascript=True)


def _pair_heading(view: View, pair: tuple[int, int]) -> None:
    left, right = st.columns([15, 1], vertical_alignment="bottom")
    names = " and ".join(view.ids[row][:NAME_AT_MOST] for row in pair)
    cosine = float(view.vectors[pair[0]] @ view.vectors[pair[1]])
    encoding = view.choice.first
    with left:
        heading(names, f"cosine {cosine:.2f} · {encoding.scheme}, D={encoding.dimensions:,}")
    right.button(
        "Close", key="close_pair", type="tertiary", on_click=selection.show_pair, args=(view.loaded.key, None)
    )


def _trees(view: View, pair: tuple[int, int]) -> None:
    marks = remembered(
        "marks",
        (view.loaded.key, view.choice.first.features, pair),
        lambda: side_by_side(view.documents[pair[0]], view.documents[pair[1]], view.vocabulary),
    )
    st.html(f'<p class="vz-caption vz-legend">{_legend()}</p>')
    for place, row, own in zip(st.columns(2, gap="small"), pair, marks, strict=True):
        place.html(f"{_name(view, row)}{tree_html(view.documents[row], own)}")


def _name(view: View, row: int) -> str:
    title = f' <span class="vz-title">{escape(view.titles[row])}</span>' if view.titles[row] else ""
    return f'<p class="vz-beside"><b>{escape(view.ids[row])}</b>{title}</p>'


def _legend() -> str:
    return " ".join(
        f'<span class="vz-mark vz-{sign.name}"><b class="vz-sign">{sign.symbol}</b>{mark}</span>'
        for mark, sign in SIGNS.items()
    )


def _why(view: View, pair: tuple[int, int]) -> None:
    """Show what each field adds to the cosine; where that takes long, once somebody asks."""
    if is_costly(view) and pair[1] not in known_reasons(view, pair[0]) and not ask_why("why_pair"):
        caption("What each field adds to the cosine takes up to half a minute to work out with this scheme.")
        return
    with working(view.slot, "Explaining why they are alike"):
        parts = reasons(view, *pair)
    caption(why_sentence(parts))
    shown = gathered(parts, FIELDS_SHOWN)
    figure = contributions_figure(
        [part.field for part in shown],
        [part.contribution for part in shown],
        [part.signal for part in shown],
        dark=is_dark(),
    )
    st.plotly_chart(
        figure,
        key="contributions",
        theme=None,
        config={"displayModeBar": False},
        alt="What each field adds to the cosine",
    )
    caption(
        "Bars add up to the cosine. The thin line is the signal: what a field adds when D is large. The rest "
        "of the bar is crosstalk, the noise of vectors."
    )
