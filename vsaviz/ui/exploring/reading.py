"""Reading the map: how far it can be trusted, the clusters, what is nearly the same, and what is odd."""

from collections.abc import Callable

import streamlit as st

from vsaviz.ui.exploring.alike_list import alike_list
from vsaviz.ui.exploring.cluster_list import cluster_list
from vsaviz.ui.exploring.odd_list import odd_list
from vsaviz.ui.exploring.shown import Shown
from vsaviz.ui.exploring.trusted import trust_line
from vsaviz.ui.parts import caption
from vsaviz.ui.view import View

SECTIONS: dict[str, Callable[[View], None]] = {
    "Clusters": cluster_list,
    "Near-duplicates": alike_list,
    "Outliers": odd_list,
}
OPENED = "reading_section"


def reading(view: View, shown: Shown) -> None:
    """Show what there is to read in the map; only the section that is open is worked out."""
    trust_line(view, shown)
    with st.container(key="reading"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            opened = st.segmented_control(
                "Read the map",
                list(SECTIONS),
                key=OPENED,
                persist_state="session",
                label_visibility="collapsed",
            )
            if opened not in SECTIONS:
                caption("Found among the vectors, not on the map. Open one to have it worked out.")
        if opened in SECTIONS:
            SECTIONS[opened](view)
