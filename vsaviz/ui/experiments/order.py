"""Order of keys: documents that differ in order, place or kind, and the schemes that cannot tell."""

import streamlit as st

from vsaviz import schemes
from vsaviz.features.readings import ARRAYS
from vsaviz.lab.collisions import SAME
from vsaviz.lab.order import PAIRS, Asked, Pair, Told, tell
from vsaviz.lab.stability import DIMENSIONS
from vsaviz.ui.experiments.base import Experiment
from vsaviz.ui.experiments.order_own import add_pairs, document
from vsaviz.ui.experiments.order_table import SAME_MARK, table_html
from vsaviz.ui.experiments.reading import listed, show_reading
from vsaviz.ui.parts import caption
from vsaviz.ui.running import run

START = Asked()


def show() -> None:
    """Draw the controls, the table, what it says, and the boxes for pairs of one's own."""
    asked = _chosen()
    place = st.container()
    own = add_pairs()
    with place:
        if not asked.schemes:
            caption("Choose at least one scheme.")
            return
        pairs = [Pair("yours", document(one), document(other)) for one, other in own]
        told = _told(asked, pairs, tuple(own))
        if told is not None:
            st.html(table_html([*PAIRS, *pairs][: len(told.exact)], told))
            caption(
                f"{SAME_MARK} the scheme takes the two for one document, and they are not. Stronger colour: "
                "further above the exact cosine. Stated: what follows from the scheme's own algebra. Nothing "
                "is soft here: no IDF, no share for keys, every value one atom, so that only paths and "
                "values count."
            )
            show_reading(reading(told))


def _told(asked: Asked, own: list[Pair], texts: tuple[tuple[str, str], ...]) -> Told | None:
    """Return the cosines of all pairs; another pair of one's own costs no more than itself."""
    text = f"Encoding pairs of documents under {len(asked.schemes)} schemes"
    told = run("order", asked, lambda progress: tell(PAIRS, asked, progress), text)
    if told is None or not own:
        return told
    more = run("order_own", (asked, texts), lambda progress: tell(own, asked, progress), text)
    return told if more is None else told.beside(more)


def _chosen() -> Asked:
    left, *others = st.columns([5, 2, 2, 1], vertical_alignment="bottom")
    names = left.multiselect(
        "Schemes",
        schemes.names(),
        list(START.schemes),
        key="order_schemes",
        persist_state="session",
        help="Those whose binding commutes mix up paths with the same keys in another order.",
    )
    D = others[0].select_slider(
        "D",
        DIMENSIONS,
        START.dimensions,
        key="order_dimensions",
        persist_state="session",
        help="Chance goes down with D, to about 1/√D; what is mixed up stays so. Dense matrices stop at 256.",
    )
    arrays = others[1].selectbox(
        "Arrays",
        list(ARRAYS),
        index=list(ARRAYS).index(START.arrays),
        key="order_arrays",
        persist_state="session",
        help="sequence: positions count; bag: they do not; soft: both readings at once.",
    )
    seed = others[2].number_input(
        "Seed", 0, 10**6, 0, key="order_seed", persist_state="session", help="Other random vectors and roles."
    )
    return Asked(tuple(names), int(D), arrays, int(seed))


def reading(told: Told) -> str:
    """Return in words which schemes cannot tell how many pairs."""
    alike = int((told.exact > SAME).sum())
    n = len(told.exact) - alike
    same = f"{alike} of {len(told.exact)} pairs are one to any scheme, read like this. " if alike else ""
    by_count: dict[int, list[str]] = {}
    for name, count in zip(told.schemes, told.mixed_up.sum(axis=0).tolist(), strict=True):
        by_count.setdefault(count, []).append(name)
    found = [
        f"{listed(by_count[count])} cannot tell {count}" for count in sorted(by_count, reverse=True) if count
    ]
    if 0 in by_count:
        found.append(f"{listed(by_count[0])} can tell all")
    return f"{same}Of {n} pairs that differ, {'; '.join(found)}."


EXPERIMENT = Experiment(
    name="order",
    title="Order of keys",
    claim="In JSON it matters what is inside what: a ship's address is not an address's ship. A scheme whose "
    "binding is like multiplying numbers, where order does not count, gives both the same vector; nothing "
    "that is done with the vectors afterwards can tell them apart again. Matrices keep the order.",
    control="Choose a **commutative scheme**: map-i, hrr or bsc. A larger D does not help, since these are "
    "no accidents: both documents have the same vector by definition. Choosing **bag** for arrays gives the "
    "order of items away under any scheme, in the exact cosine too.",
    tries=(
        "Put ghrr in: its small matrices keep a quarter of the likeness of swapped keys.",
        "Add a pair of your own, such as two records of which one has two keys exchanged.",
        "Set D to 64: chance moves all cosines, and what is mixed up stays mixed up.",
        "Look at the repeated item, null, empty text and 1 against “1”: all schemes tell these.",
    ),
    source="S. I. Gallant, Orthogonal Matrices for MBAT Vector Symbolic Architectures, and a “Soft” VSA "
    "Representation for JSON, arXiv 2202.04771 (2022)",
    show=show,
)
