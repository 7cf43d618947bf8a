"""A live figure of an experiment, without the figure's own buttons."""

import plotly.graph_objects as go
import streamlit as st


def show_chart(figure: go.Figure, key: str, alt: str) -> None:
    """Show a figure in the page's own theme; ``alt`` says what it is to people who do not see it."""
    st.plotly_chart(figure, key=key, theme=None, config={"displayModeBar": False}, alt=alt)
