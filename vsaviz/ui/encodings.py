"""Encodings: a document's vector, what its fields contribute, what can be read back, and what changes it."""

import numpy as np
import streamlit as st

from vsaviz import ingest
from vsaviz.encoding import encode
from vsaviz.errors import InputError
from vsaviz.figures import shares_figure, strips_figure
from vsaviz.jsontext import indented
from vsaviz.neighbors import nearest
from vsaviz.pairs import cosines_under_every_scheme, field_shares
from vsaviz.schemes import SCHEMES, create
from vsaviz.schemes.properties import properties
from vsaviz.ui import readback, selection
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, heading, is_dark, notice, working
from vsaviz.ui.shell import current_view
from vsaviz.ui.view import View

STRIPS = 5
FIELDS_SHOWN = 24
EDITABLE_AT_MOST = 200_000


def main() -> None:
    """Show the page."""
    view = current_view()
    row = _choose(view, "Document", "document")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _vector(view, row)
    with right:
        _fields(view, row)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        readback.read_field(view, row)
    with right:
        readback.read_all(view, row)
    readback.read_document(view, row)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _edit(view, row)
    with right:
        _pair(view, row)
    with st.expander("All schemes and their properties", key="properties"):
        st.dataframe([properties(kind) for kind in SCHEMES.values()], hide_index=True, key="schemes_table")


def _choose(view: View, label: str, key: str, start: int | None = None) -> int:
    """Let a person choose a document; the one chosen on the map comes first."""
    focus = selection.current(view.loaded.key).focus
    if st.session_state.get(key, 0) >= len(view.documents):
        del st.session_state[key]
    first = start if start is not None else (focus or 0)
    if key not in st.session_state:
        st.session_state[key] = min(first, len(view.documents) - 1)
    return st.selectbox(
        label,
        range(len(view.documents)),
        format_func=lambda row: f"{view.ids[row]}  {view.titles[row]}"[:90],
        key=key,
    )


def _vector(view: View, row: int) -> None:
    encoding = view.choice.first
    heading("Vector", f"{encoding.scheme}, D={encoding.dimensions:,}: the document, then its nearest")
    rows = np.concatenate([[row], view.neighbors(row, STRIPS)[0]]).astype(np.int64)
    scheme = create(encoding.scheme, encoding.dimensions, encoding.seed)
    names = [view.ids[i] for i in rows]
    figure = strips_figure(scheme.components(view.vectors[rows]), names, scheme.drawn, dark=is_dark())
    st.plotly_chart(
        figure, key="strips", theme=None, config={"displaylogo": False}, alt="The vector's components"
    )


def _fields(view: View, row: int) -> None:
    shares = field_shares(view.features, row)
    heading(
        "Fields", f"shares of the squared norm; the largest {min(FIELDS_SHOWN, len(shares))} of {len(shares)}"
    )
    names = [name for name, _ in shares[:FIELDS_SHOWN]]
    figure = shares_figure(names, [share for _, share in shares[:FIELDS_SHOWN]], dark=is_dark())
    st.plotly_chart(
        figure, key="shares", theme=None, config={"displayModeBar": False}, alt="Shares of the fields"
    )


def _edit(view: View, row: int) -> None:
    heading("Change it", "and see what it is like then")
    text = indented(view.documents[row])
    if len(text) > EDITABLE_AT_MOST:
        caption(f"This document is too long to edit here ({len(text):,} characters).")
        return
    # A text of its own for each document: another document brings its own text.
    edited = st.text_area(
        "Document as JSON",
        text,
        key=f"edit {view.loaded.key} {row}",
        height=320,
        label_visibility="collapsed",
        help="Change a value and leave the box, or press Ctrl+Enter.",
    )
    try:
        vector = _encoded(view, edited)
    except InputError as error:
        notice(str(error), "error")
        return
    caption(f"Cosine to the original: {float(vector[0] @ view.vectors[row]):.2f}")
    k = min(STRIPS, len(view.documents))
    rows, similarities = nearest(vector, view.vectors, k)
    st.dataframe(
        {
            "document": [view.ids[i] for i in rows[0]],
            "about": [view.titles[i] for i in rows[0]],
            "cosine": [round(float(similarity), 2) for similarity in similarities[0]],
        },
        hide_index=True,
        key="edited_neighbors",
    )


def _encoded(view: View, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return the vector (1, D) of a document given as text."""
    document = ingest.parse(text.encode("utf-8", "surrogatepass"), "the box").top
    encoding = view.choice.first
    scheme = create(encoding.scheme, encoding.dimensions, encoding.seed)
    return encode(view.vocabulary.features([document]), scheme)


def _pair(view: View, row: int) -> None:
    heading("Two documents", "under every scheme")
    pasted = st.toggle("Paste the second one", key="pasting", persist_state="session")
    try:
        if pasted:
            text = st.text_area("Second document", key="second_text", height=120, placeholder='{"a": 1}')
            if not text.strip():
                caption("Paste a document to compare.")
                return
            second = ingest.parse(text.encode("utf-8", "surrogatepass"), "the box").top
        else:
            nearest_first = view.neighbors(row, 1)[0]
            start = int(nearest_first[0]) if len(nearest_first) else row
            second = view.documents[_choose(view, "Second document", "second", start)]
        _table(view, row, second)
    except InputError as error:
        notice(str(error), "error")


def _table(view: View, row: int, second: object) -> None:
    encoding = view.choice.first
    key = (view.key, row, indented(second))

    def compare() -> list[tuple[str, int | None, float]]:
        with working(view.slot, "Encoding two documents with every scheme") as report:
            pair = view.vocabulary.features([view.documents[row], second])
            return cosines_under_every_scheme(pair, encoding.dimensions, encoding.seed, report)

    table = remembered("pair", key, compare)
    st.dataframe(
        {
            "scheme": [name for name, _, _ in table],
            "D": ["∞" if D is None else f"{D:,}" for _, D, _ in table],
            "cosine": [round(cosine, 2) for _, _, cosine in table],
        },
        hide_index=True,
        key="pair_table",
        height=35 * (len(table) + 1) + 2,
    )
    caption("exact is what every scheme that keeps paths apart tends to as D grows.")


if __name__ == "__main__":  # Streamlit runs a page as the main module
    main()
