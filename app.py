"""The Streamlit entry: the table of pages. Start it with ``make app`` or ``vsaviz app``."""

from vsaviz.ui.shell import Page, serve

PAGES = (
    Page("Explore", "explore.py"),
    Page("Encodings", "encodings.py"),
    Page("Compare", "compare.py"),
    Page("Ask", "ask.py"),
    Page("Lab", "lab.py"),
    Page("Tour", "tour.py"),
)

serve(PAGES)
