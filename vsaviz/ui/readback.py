"""Reading a document's vector back: one field, all fields against D, and the whole document."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from vsaviz import features
from vsaviz.decode import Decoded, Decoder, Reconstruction, Reconstructor
from vsaviz.decode.truth import is_right, ordered_like, values_at
from vsaviz.encoding import encode
from vsaviz.errors import InputError
from vsaviz.features import Vocabulary
from vsaviz.features.paths import Path, field_name
from vsaviz.figures import recall_figure
from vsaviz.jsontext import one_line
from vsaviz.lab.recall import Question, Recall, recall
from vsaviz.schemes import create
from vsaviz.sidebyside import side_by_side
from vsaviz.ui.memory import known, remembered
from vsaviz.ui.parts import caption, heading, is_dark, notice, working
from vsaviz.ui.tree import tree_html
from vsaviz.ui.view import View

SHOWN = 5
LONGEST = 60


def read_field(view: View, row: int) -> None:
    """Let a person choose a field, and show what comes out of the vector there."""
    encoding = view.choice.first
    heading("Read it back", "unbind a field, and see what comes out")
    asked = Question(view.vocabulary, view.features.of([row]), view.documents[row])
    fields = asked.fields()
    if not fields:
        caption("This document has no field whose values could be read back.")
        return
    field = st.selectbox("Field", fields, format_func=field_name, key="read_field")
    decoder = remembered(
        "decoder",
        view.key,
        lambda: Decoder(view.vocabulary, create(encoding.scheme, encoding.dimensions, encoding.seed)),
    )
    try:
        found = decoder.decode(view.vectors[[row]], field, SHOWN)[0]
    except InputError as error:
        notice(str(error), "warning")
        return
    there = values_at(view.documents[row], field)
    st.html(f'<div class="vz-steps">{_steps(field)}</div>{candidates_html(found, there)}')
    caption(_margin(found, decoder.noise, encoding.dimensions))


def _steps(field: Path) -> str:
    """Return what is unbound, one step after the other."""
    names = [field_name((role,)) if role[0] != "array" else "array" for role in field]
    return "".join(f"<span>{escape(name)}<sup>−1</sup></span>" for name in names) + "<span>V</span>"


def candidates_html(found: Sequence[Decoded], there: Sequence[object]) -> str:
    """Return a table of what came out: value, score with a bar, probability; what is there has a mark."""
    rows = []
    for one in found:
        right = any(is_right(one, value) for value in there)
        width = max(0.0, min(1.0, one.score))
        rows.append(
            f'<tr class="{"vz-there" if right else ""}"><td>{"✓" if right else ""}</td>'
            f"<td>{escape(one_line(one.value, LONGEST))}{escape(_range(one))}</td>"
            f'<td class="vz-cosine"><span>{one.score:.2f}</span><i style="width:{width:.1%}"></i></td>'
            f"<td>{one.probability:.0%}</td></tr>"
        )
    head = "<tr><th></th><th>comes out</th><th>score</th><th>likely</th></tr>"
    return f'<table class="vz-out">{head}{"".join(rows)}</table>'


def _range(one: Decoded) -> str:
    if one.low is None or one.low == one.high:
        return ""
    return f"  ({one_line(one.low, LONGEST)} to {one_line(one.high, LONGEST)})"


def _margin(found: Sequence[Decoded], noise: float, dimensions: int) -> str:
    """Return in words how far the best is above the runner-up, against the noise."""
    if len(found) < 2:
        return f"Nothing else is known at this field. Noise of a score at D={dimensions:,}: {noise:.3f}."
    margin = found[0].score - found[1].score
    return (
        f"The margin to the runner-up is {margin:.2f}, {margin / noise:.1f} times the noise of a score at "
        f"D={dimensions:,} ({noise:.3f})."
    )


def read_all(view: View, row: int) -> None:
    """Show how much of the document comes back at each D, predicted and measured."""
    encoding = view.choice.first
    heading("How much comes back", "of all fields, against D")
    key = (view.loaded.key, encoding.scheme, encoding.seed, encoding.features, row)
    if not known("recall", key) and not st.button("Measure", key="measure_recall"):
        caption("Encodes this document at eight dimensions and reads every field back: a few seconds.")
        return

    def measure() -> Recall:
        asked = Question(view.vocabulary, view.features.of([row]), view.documents[row])
        with working(view.slot, f"Reading back with {encoding.scheme}") as report:
            return recall(asked, encoding.scheme, encoding.seed, progress=report)

    found = remembered("recall", key, measure)
    if st.session_state.get("recall_dimension") not in found.dimensions:
        st.session_state["recall_dimension"] = _nearest(encoding.dimensions, found.dimensions)
    chosen = st.select_slider("Dimension", found.dimensions, key="recall_dimension")
    figure = recall_figure(found.dimensions, found.measured, found.predicted, chosen, dark=is_dark())
    st.plotly_chart(
        figure, key="recall", theme=None, config={"displayModeBar": False}, alt="Fields read back against D"
    )
    at = found.dimensions.index(chosen)
    n = sum(found.right[at])
    caption(
        f"At D={chosen:,}, {n} of {len(found.fields)} fields come back; theory expected "
        f"{found.predicted[at] * len(found.fields):.0f}. The dotted line uses no vector, only weights and "
        "noise of 1/√D."
    )
    st.dataframe(
        {
            "": ["✓" if right else "" for right in found.right[at]],
            "field": [field_name(field) for field in found.fields],
            "comes out": [one_line(one.value, LONGEST) for one in found.decoded[at]],
            "likely": [f"{one.probability:.0%}" for one in found.decoded[at]],
        },
        hide_index=True,
        key="recall_table",
        height=240,
    )


def _nearest(dimensions: int, possible: Sequence[int]) -> int:
    return min(possible, key=lambda D: abs(D - dimensions))


def read_document(view: View, row: int) -> None:
    """Show the document as its vector alone tells it, beside what it is."""
    heading("The whole document", "read back from its vector and what fitting learnt")
    key = (*view.key, row)
    if not known("reconstruction", key) and not st.button("Read it back", key="read_document"):
        caption("Weighs all features in full (record weights), and subtracts what is explained, best first.")
        return
    try:
        read = remembered("reconstruction", key, lambda: _reconstructed(view, row))
    except InputError as error:
        notice(str(error), "warning")
        return
    likely = min((leaf.decoded.probability for leaf in read.leaves), default=1.0)
    caption(
        f"{len(read.leaves)} leaves explain {read.explained:.1%} of the vector; the least certain is "
        f"{likely:.0%} likely."
    )
    told = ordered_like(read.document, view.documents[row])
    marks = side_by_side(view.documents[row], told, view.vocabulary)
    for place, title, document, mark in zip(
        st.columns(2),
        ("as it is", "as its vector tells it"),
        (view.documents[row], told),
        marks,
        strict=True,
    ):
        with place:
            caption(title)
            st.html(tree_html(document, mark))


def _reconstructed(view: View, row: int) -> Reconstruction:
    encoding = view.choice.first
    settings = replace(encoding.features, weights="record")
    scheme = create(encoding.scheme, encoding.dimensions, encoding.seed)

    def prepare() -> tuple[Vocabulary, Reconstructor]:
        with working(view.slot, f"Reading the features of {len(view.documents):,} documents in full"):
            vocabulary = features.fit(view.documents, settings)[0]
            return vocabulary, Reconstructor(vocabulary, scheme)

    vocabulary, reader = remembered("reconstructor", view.key, prepare, most=1)  # hundreds of MB at a large D
    with working(view.slot, "Reading the document back"):
        return reader.read(encode(vocabulary.features([view.documents[row]]), scheme)[0])
