"""Pairs of documents of a person's own, kept in the session as text."""

from typing import Any

import streamlit as st

from vsaviz import ingest
from vsaviz.errors import InputError
from vsaviz.jsontext import one_line
from vsaviz.ui.parts import literal, notice

OWN = "order_own"
MOST_OWN = 12
LONGEST = 20_000


def add_pairs() -> list[tuple[str, str]]:
    """Let a person add pairs of documents and take them away again; return the texts of all."""
    own: list[tuple[str, str]] = st.session_state.setdefault(OWN, [])
    with st.expander("A pair of your own", key="order_adding"):
        boxes = st.columns(2)
        texts = [
            box.text_area(
                f"{which} document as JSON",
                key=f"order_{which}",
                persist_state="session",
                height=90,
                placeholder=example,
            )
            for box, which, example in zip(
                boxes, ("First", "Second"), ('{"from": {"to": 1}}', '{"to": {"from": 1}}'), strict=True
            )
        ]
        if st.button("Add the pair", key="order_add", disabled=len(own) >= MOST_OWN):
            try:
                own.append((_checked(texts[0], "the first box"), _checked(texts[1], "the second box")))
            except InputError as error:
                notice(str(error), "error")
        for number, (one, other) in enumerate(own):
            shown = " and ".join(one_line(document(text), 40) for text in (one, other))
            st.button(
                literal(f"× take away {shown}"),
                key=f"order_remove_{number}",
                type="tertiary",
                on_click=own.__delitem__,
                args=(number,),
            )
    return own


def _checked(text: str, name: str) -> str:
    """Return the text of one document if it can be read."""
    if len(text) > LONGEST:
        raise InputError(f"{name}: {len(text):,} characters: at most {LONGEST:,} can be compared here")
    document(text, name)
    return text


def document(text: str, name: str = "the box") -> Any:
    """Return what a text holds; raises InputError where it is not JSON."""
    return ingest.parse(text.encode("utf-8", "surrogatepass"), name).top
