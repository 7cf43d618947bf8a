"""Capacity: how many vectors one vector holds, and what it costs to cut it or to ask it about sets."""

from collections.abc import Callable

import streamlit as st

from vsaviz.ui.experiments.base import Experiment
from vsaviz.ui.experiments.capacity_read import show_read
from vsaviz.ui.experiments.capacity_sets import show_sets
from vsaviz.ui.experiments.capacity_signs import show_signs


def show() -> None:
    """Draw the controls, the figures, and what they say."""
    view = st.segmented_control(
        "What is read back",
        list(VIEWS),
        default=next(iter(VIEWS)),
        required=True,
        key="capacity_view",
        persist_state="session",
        help="Items: the members of a bundle. Pairs: fillers, each bound with a role. Sets: is this one a "
        "member, and how many are shared. Cut bundles: what is lost where sums are cut to signs or phases.",
    )
    VIEWS[view or next(iter(VIEWS))]()


def _show_items() -> None:
    show_read("items")


def _show_pairs() -> None:
    show_read("pairs")


VIEWS: dict[str, Callable[[], None]] = {
    "Items": _show_items,
    "Pairs": _show_pairs,
    "Sets": show_sets,
    "Cut bundles": show_signs,
}


EXPERIMENT = Experiment(
    name="capacity",
    title="Capacity",
    claim="Add several vectors, and each of them can still be recognised in the sum: one vector holds many. "
    "How many depends on its length D and on the scheme, and theory says it before anything is measured.",
    control="Choose **D = 64**: the noise of what is bundled, about 1/√D, drowns the signal after a few. A "
    "scheme such as **bsc**, which keeps only the signs of a sum, has less signal from the start: by theory "
    "it holds what a sum of 2/π as many dimensions holds.",
    tries=(
        "Go from D = 64 to 1,024 and watch the fall move right: twice the D holds about twice as much.",
        "Read pairs instead of items: each filler must come first, and hrr loses a little at unbinding.",
        "Make the item memory smaller: fewer wrong candidates, fewer mistakes.",
        "Under Sets, ask whether something is a member at all, and see how cautious the bounds are.",
        "Under Cut bundles, see that signs of sums follow the arcsine and nothing else.",
    ),
    source="K. Schlegel, P. Neubert and P. Protzel, A comparison of vector symbolic architectures (2022); "
    "K. L. Clarkson, S. Ubaru and E. Yang, Capacity Analysis of Vector Symbolic Architectures, arXiv "
    "2301.10352 (2023)",
    show=show,
)
