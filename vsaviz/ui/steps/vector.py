"""Step 1: a document becomes a vector, the sum of one for each of its fields."""

import numpy as np
import streamlit as st

from vsaviz import schemes
from vsaviz.encoding import sums
from vsaviz.features.paths import field_name
from vsaviz.figures import strips_figure
from vsaviz.pairs import field_shares
from vsaviz.ui.encoding import DEFAULT_SIZE
from vsaviz.ui.parts import is_dark
from vsaviz.ui.steps.base import Step
from vsaviz.ui.steps.exhibit import FIRST, PATIENT, SCHEME, Exhibit
from vsaviz.ui.steps.picture import picture
from vsaviz.ui.tree import tree_html

FIELDS = 5
DOCUMENT_HEIGHT = 230


def control(of: Exhibit) -> int:
    """Let a person choose a patient, who is followed through the next steps, and show the document."""
    row = st.selectbox(
        "Patient",
        range(len(of.documents)),
        FIRST,
        format_func=lambda row: f"{of.ids[row]}, {of.labels[row]}",
        key=PATIENT,
        persist_state="session",
    )
    with st.container(height=DOCUMENT_HEIGHT, border=False):
        st.html(tree_html(of.documents[row]))
    return row


def draw(of: Exhibit, row: int) -> str:
    """Draw the vector of the document, and beneath it the parts of its largest fields."""
    parts, fields = of.features.split(row)
    shares = field_shares(of.features, row)
    rows = sums(parts, schemes.create(SCHEME, DEFAULT_SIZE))
    number = {field_name(field): place for place, field in enumerate(fields)}
    largest = [name for name, _ in shares[:FIELDS]]
    strips = np.vstack([rows.sum(axis=0), *(rows[number[name]] for name in largest)])
    figure = strips_figure(strips.astype(np.float32), ["whole document", *largest], dark=is_dark())
    figure.update_traces(showscale=False)
    figure.update_yaxes(automargin=True)
    figure.update_layout(margin_l=10)
    picture(figure, "vector", f"The {DEFAULT_SIZE:,} numbers of a document, and of its largest fields")
    name, share = shares[0]
    return (
        f"Patient {of.ids[row]} becomes {DEFAULT_SIZE:,} numbers, each a cell: the sum of one strip for each "
        f"of {len(fields)} fields, of which {name} has the largest part, {share:.0%} of the squared length."
    )


STEP = Step(
    "A document becomes a vector",
    "Any JSON, however it is nested, becomes one list of numbers of a fixed length.",
    control,
    draw,
)
