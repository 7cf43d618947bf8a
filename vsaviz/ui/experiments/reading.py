"""What a live figure says, in words: the sentence below it."""

from html import escape

import streamlit as st


def show_reading(text: str) -> None:
    """Show sentences built from a result; the text is escaped."""
    st.html(f'<p class="vz-reading">{escape(text)}</p>')


def listed(names: list[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["hrr"]), listed(["hrr", "bsc"]), listed(["hrr", "bsc", "map-i"])
    ('hrr', 'hrr and bsc', 'hrr, bsc and map-i')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
