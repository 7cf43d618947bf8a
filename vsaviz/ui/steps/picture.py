"""Pictures of the tour: large, with letters for a projector."""

import plotly.graph_objects as go
import streamlit as st

HEIGHT = 640
LETTERS = 15
"""Pixels of a letter in a picture."""


def picture(figure: go.Figure, name: str, alt: str) -> None:
    """Show a figure with large letters, as the only one of a step."""
    figure.update_layout(height=HEIGHT, font_size=LETTERS)
    figure.update_annotations(font_size=LETTERS + 1)
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        axis.update(title_font_size=LETTERS, tickfont_size=LETTERS)
    st.plotly_chart(
        figure, key=f"tour_{name}", theme=None, height=HEIGHT, config={"displayModeBar": False}, alt=alt
    )
