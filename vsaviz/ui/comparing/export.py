"""What can be taken away from Compare: one HTML file that stands for itself, and tables."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from vsaviz.exports import cell
from vsaviz.figures.standalone import Part, standalone
from vsaviz.lab.comparing.agreement import Agreement, K
from vsaviz.lab.comparing.fidelity import Fidelity
from vsaviz.lab.comparing.neighbor_lists import NeighborList
from vsaviz.lab.comparing.reading import fidelity_reading
from vsaviz.ui.comparing.agreement import measures, names
from vsaviz.ui.comparing.compared import Compared
from vsaviz.ui.comparing.fidelity import TABLE, drawn, left_out, table
from vsaviz.ui.encoding import KNOBS

SETTINGS = ("", "scheme", "D", *KNOBS, "seed")


@dataclass(frozen=True)
class Shown:
    """What is on the page when a button is drawn: files are made of it later, outside the session."""

    of: Compared
    maps: Callable[[], go.Figure]
    reading: str
    agreement: Agreement | None
    lists: list[NeighborList]
    focus: str
    """The name of the document whose neighbours are listed."""
    fidelity: Fidelity | None


def export_section(shown: Shown) -> None:
    """Show the buttons; what they give is made when they are pressed."""
    found = shown.fidelity
    with st.container(horizontal=True, gap="small"):
        _button(shown, "Comparison", "html", lambda: page(shown))
        if shown.agreement is not None:
            _button(shown, "Agreement", "csv", lambda: agreement_csv(shown))
        if found is not None:
            _button(shown, "Fidelity", "csv", lambda: as_csv(TABLE, table(found)))


def _button(shown: Shown, what: str, kind: str, make: Callable[[], str]) -> None:
    name = (
        "".join(c if c.isalnum() else "-" for c in shown.of.view.loaded.name)[:40].strip("-") or "documents"
    )
    file = f"{name}-{what.lower()}.{kind}"
    st.download_button(f"{what} (.{kind})", make, file, f"text/{kind}", on_click="ignore")


def page(shown: Shown) -> str:
    """Return the comparison as one HTML file."""
    of = shown.of
    documents = f"{len(of.rows):,} of {len(of.view.documents):,}" if of.is_sample else f"{len(of.rows):,}"
    parts: list[tuple[str, Part]] = [
        ("Documents", f"{of.view.loaded.name}: {documents} documents."),
        ("Settings", (SETTINGS, _settings(of))),
        *_weights(of),
        ("Maps", shown.maps()),
        ("What the figures say", shown.reading),
        *_matrices(shown),
    ]
    if shown.lists:
        parts.append((f"Neighbours of {shown.focus}", _lists(shown)))
    if shown.fidelity is not None:
        parts += _fidelity(of, shown.fidelity)
    return standalone(f"Binding schemes compared on {of.view.loaded.name}", parts)


def _weights(of: Compared) -> list[tuple[str, Part]]:
    weights = of.encodings[0].features.field_weights
    return [("Weights of fields", ", ".join(f"{field} {weight:g}" for field, weight in weights))] * bool(
        weights
    )


def _matrices(shown: Shown) -> list[tuple[str, Part]]:
    return [
        (title, (["", *labels], [[label, *(f"{value:.2f}" for value in row)] for label, row in lines]))
        for title, labels, lines in _measured(shown)
    ]


def _measured(shown: Shown) -> Iterator[tuple[str, list[str], list[tuple[str, list[float]]]]]:
    """Yield each measure of agreement with the names of its rows, and these with their values."""
    if shown.agreement is None:
        return
    labels = names(shown.of)
    for title, matrix in measures(shown.agreement, min(K, len(shown.of.rows) - 1)).items():
        yield title, labels, list(zip(labels, matrix.tolist(), strict=True))


def _fidelity(of: Compared, found: Fidelity) -> list[tuple[str, Part]]:
    lines = [
        [scheme, f"{D:,}", f"{deviation:.4f}", f"{kept:.0%}", f"{seconds:.1f}", f"{size:,}"]
        for scheme, D, deviation, kept, seconds, size in table(found)
    ]
    said = fidelity_reading(found) + left_out(found)
    return [("Fidelity against D", drawn(of, found, dark=False)), ("", said), ("", (TABLE, lines))]


def _settings(of: Compared) -> list[list[str]]:
    return [
        [
            str(number),
            one.scheme,
            f"{one.dimensions:,}",
            *(str(getattr(one.features, knob)) for knob in KNOBS),
            str(one.seed),
        ]
        for number, one in enumerate(of.encodings, start=1)
    ]


def _lists(shown: Shown) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Return the lists of neighbours beside each other, a line for each rank."""
    of = shown.of
    columns = [
        [f"{of.view.ids[int(of.rows[one.row])]}  {one.similarity:.2f}" for one in own.neighbors]
        for own in shown.lists
    ]
    lines = [[str(rank), *line] for rank, line in enumerate(zip(*columns, strict=True), start=1)]
    return ["rank", *of.labels, "exact kernel"], lines


def agreement_csv(shown: Shown) -> str:
    """Return how far each two settings agree: both, the measure, its value."""
    full = dict(zip(names(shown.of), shown.of.labels, strict=False))
    lines = [
        (full.get(one, one), full.get(other, other), measure, value)
        for measure, labels, rows in _measured(shown)
        for i, (one, values) in enumerate(rows)
        for other, value in list(zip(labels, values, strict=True))[i + 1 :]
    ]
    return as_csv(("one", "other", "measure", "value"), lines)


def as_csv(head: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """Return a table as CSV; no spreadsheet takes a text in it for a formula."""
    buffer = io.StringIO()
    out = csv.writer(buffer)
    out.writerow(head)
    for line in lines:
        out.writerow([f"{one:.6f}" if isinstance(one, float) else cell(str(one)) for one in line])
    return buffer.getvalue()
