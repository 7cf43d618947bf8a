"""The line beneath the map: what is done with selections, and how the view is taken away or passed on."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from vsaviz.ui.exploring.named import selections, undo_and_redo
from vsaviz.ui.exploring.passing_on import link, python
from vsaviz.ui.exploring.taking import take_away
from vsaviz.ui.view import View


def show_downloads(view: View, draw_map: Callable[[], go.Figure]) -> None:
    """Show the line; ``draw_map`` is called outside the session, when somebody takes the map away."""
    with st.container(key="tools", horizontal=True, gap="small", vertical_alignment="center"):
        undo_and_redo(view)
        selections(view)
        take_away(view, draw_map)
        python(view)
        link(view)
