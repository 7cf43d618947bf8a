"""The Streamlit entry: the table of pages. Start it with ``make app`` or ``vsaviz app``."""

from vsaviz.ui.shell import Page, serve

PAGES = (
    Page("Explore", "explore.py"),
    Page("Encodings", "encodings.py"),
    Page("Ask", "ask.py"),
)

serve(PAGES)
