"""The map that the browser draws: points sent once, marks sent apart, so that a click moves nothing.

Streamlit's own charts are made anew whenever anything in them changes; this one keeps its zoom.
"""

from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
SCRIPTS = ("packed", "stamps", "lens", "legend", "scene", "choosing", "pointer", "map")
"""In this order they are one module: later parts use what earlier ones define."""

canvas_map: Any = st.components.v2.component(
    "vsaviz_map",
    css=(HERE / "map.css").read_text(encoding="utf-8"),
    js="\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS),
    isolate_styles=False,
)
"""With bytes it is the map, with a dict it is what is marked on the map of that name."""
