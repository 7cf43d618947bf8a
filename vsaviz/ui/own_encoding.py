"""The encoding that a collection on disk brings with it, beside the one that is chosen."""

from dataclasses import replace

import streamlit as st

from vsaviz.ui.encoding import Encoding, set_encoding
from vsaviz.ui.loaded import OnDisk
from vsaviz.ui.parts import caption


def own_encoding(kept: OnDisk, chosen: Encoding) -> None:
    """Say whether the collection's own encoding is on the screen; if another is, offer the way back."""
    own = kept.encoding
    if chosen == own:
        caption("The encoding is the collection's own: its settings come with it.")
        return
    caption(
        f"The collection is encoded with {own.scheme}, D={own.dimensions:,}. What you chose is encoded anew, "
        "for the documents on the map alone."
    )
    if replace(chosen, features=replace(chosen.features, field_weights=())) != own:
        st.button("Back to its own", key="own_encoding", on_click=set_encoding, args=(own,), type="tertiary")
