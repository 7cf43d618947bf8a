"""The buttons that take something away; what they give is made when they are pressed."""

from collections.abc import Callable
from dataclasses import asdict

import plotly.graph_objects as go
import streamlit as st

from vsaviz import exports
from vsaviz.ui.view import NEIGHBORS, View


def show_downloads(view: View, draw_map: Callable[[], go.Figure]) -> None:
    """Show the buttons for vectors, neighbours and the map."""
    name = "".join(c if c.isalnum() else "-" for c in view.loaded.name)[:40].strip("-") or "documents"

    def vectors() -> bytes:
        return exports.vectors_npz(view.vectors, view.ids, asdict(view.choice.first))

    def neighbors() -> str:
        return exports.neighbors_csv(view.vectors, view.ids, NEIGHBORS)

    def html() -> str:
        return str(draw_map().to_html(include_plotlyjs=True, config={"displaylogo": False}))

    with st.container(horizontal=True, gap="small"):
        st.download_button("Vectors (.npz)", vectors, f"{name}-vectors.npz", on_click="ignore")
        st.download_button(
            "Neighbours (.csv)", neighbors, f"{name}-neighbors.csv", "text/csv", on_click="ignore"
        )
        st.download_button("Map (.html)", html, f"{name}-map.html", "text/html", on_click="ignore")
