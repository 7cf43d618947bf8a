"""The report: what is on the page Explore, as one HTML file for those who get it by mail."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import plotly.graph_objects as go
import streamlit as st

from vsaviz import schemes
from vsaviz.explain import explain_parts
from vsaviz.figures.standalone import Part, Preformatted, standalone
from vsaviz.jsontext import indented
from vsaviz.ui import selection
from vsaviz.ui.comparing.maps import COLOR, METHOD_NAMES, PROJECTION
from vsaviz.ui.exploring.coloring import color_names
from vsaviz.ui.exploring.filters import asked, filtered_rows
from vsaviz.ui.group import told_of
from vsaviz.ui.selection import Selection
from vsaviz.ui.view import View
from vsaviz.ui.why import is_costly, why_sentence

LONGEST = 20_000
"""Characters of a document that are shown."""
PROMISES = (
    "This file stands for itself: it holds all that it shows, asks nothing of any host, and runs no script "
    "but the one that draws the map. It holds the ids of all documents on the map, and the chosen document."
)


@dataclass(frozen=True)
class Reported:
    """What is on the page when the button is drawn: the file is made of it later, outside the session."""

    view: View
    chosen: Selection
    predicates: tuple[str, ...]
    n_kept: int
    differences: tuple[tuple[str, str], ...]
    """Of the selection: what differs, and how much."""
    shown: str
    """What the map is coloured by, and how it is projected."""
    when: str


def reported(view: View) -> Reported:
    """Return what a report would hold now."""
    chosen = selection.current(view.loaded.key)
    kept = filtered_rows(view)
    n_kept = len(view.documents) if kept is None else len(kept)
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Reported(
        view, chosen, asked(view).predicates, n_kept, told_of(view, chosen.rows), _shown(view), when
    )


def _shown(view: View) -> str:
    color = color_names(view).get(st.session_state.get(COLOR), "one colour")
    method = st.session_state.get(PROJECTION, "pca")
    return f"Coloured by {color}; projection: {METHOD_NAMES.get(method, method)}."


def report_page(seen: Reported, drawn: go.Figure) -> str:
    """Return the report as one HTML file, with the map as it is drawn."""
    view = seen.view
    loaded = f"{view.loaded.name}: {len(view.documents):,} documents, {len(view.vocabulary.fields):,} fields."
    parts: list[tuple[str, Part]] = [
        ("What is loaded", loaded),
        ("Map", drawn),
        ("", seen.shown),
        *_filters(seen),
        *_group(seen),
        *_document(seen),
        ("Settings", _settings(view)),
        ("About this file", f"Made with vsaviz on {seen.when}. {PROMISES}"),
    ]
    return standalone(f"{view.loaded.name}, seen with vsaviz", parts)


def _filters(seen: Reported) -> list[tuple[str, Part]]:
    if not seen.predicates:
        return []
    left = f"{seen.n_kept:,} of {len(seen.view.documents):,} documents are left where all of these hold:"
    return [("Filters", left), ("", Preformatted("\n".join(seen.predicates)))]


def _group(seen: Reported) -> list[tuple[str, Part]]:
    rows = seen.chosen.rows
    if not rows:
        return []
    others = len(seen.view.documents) - len(rows)
    heading = f"{len(rows):,} selected"
    if not seen.differences:
        return [(heading, "Nothing sets them apart that is more than chance.")]
    head = ("what sets them apart", f"the selected against the other {others:,}")
    return [(heading, (head, [list(line) for line in seen.differences]))]


def _document(seen: Reported) -> list[tuple[str, Part]]:
    view, focus = seen.view, seen.chosen.focus
    if focus is None or focus >= len(view.documents):
        return []
    text = indented(view.documents[focus])
    left = len(text) - LONGEST
    more = [("", f"… {left:,} more characters of the document are not shown.")] if left > 0 else []
    return [
        (f"{view.ids[focus]}  {view.titles[focus]}".strip(), Preformatted(text[:LONGEST])),
        *more,
        *_neighbors(view, focus),
    ]


def _neighbors(view: View, focus: int) -> list[tuple[str, Part]]:
    rows, cosines = view.neighbors(focus)
    if not len(rows):
        return []
    first = view.choice.first
    scheme = None if is_costly(view) else schemes.create(first.scheme, first.dimensions, first.seed)
    lines = []
    for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
        why = why_sentence(explain_parts(view.features, focus, row, scheme)) if scheme else ""
        lines.append([view.ids[row], view.titles[row], f"{cosine:.2f}", why])
    return [(f"Nearest to {view.ids[focus]}", (("document", "about", "cosine", "why"), lines))]


def _settings(view: View) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    first = view.choice.first
    features = asdict(first.features)
    weights = ", ".join(f"{field} {weight:g}" for field, weight in features.pop("field_weights"))
    features.pop("field_settings")
    lines = [
        ("scheme", first.scheme),
        ("dimensions", f"{first.dimensions:,}"),
        ("seed", str(first.seed)),
        *((name, str(value)) for name, value in features.items()),
        ("weights of fields set by hand", weights or "none"),
    ]
    return ("setting", "value"), lines
