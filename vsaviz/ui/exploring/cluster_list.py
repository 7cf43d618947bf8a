"""The list of clusters: name, size, what sets each apart, and its typical document."""

from html import escape

import streamlit as st

from vsaviz.clusters import Clusters, Named, usual_size
from vsaviz.clusters.finding import FEWEST
from vsaviz.clusters.naming import COMPARED
from vsaviz.ui import selection
from vsaviz.ui.exploring.clustered import Clustered, clustered, size_key, smallest
from vsaviz.ui.exploring.coloring import CLUSTER
from vsaviz.ui.parts import caption, literal
from vsaviz.ui.view import View

LISTED = 12
"""Clusters that are listed before a person asks for all."""
ALL = "_all clusters"


def cluster_list(view: View) -> None:
    """Show the clusters; a click on one selects its documents."""
    _size_control(view)
    found = clustered(view, "clusters_listed")
    if found is None:
        return
    k = len(found.named)
    caption(summary(found.clusters, len(view.documents)))
    if not k:
        caption(
            "HDBSCAN finds no part of them that is denser than what lies between. A smaller least size, or "
            "other weights of fields, may show some."
        )
        return
    shown = k if st.session_state.get(ALL) == view.key else min(k, LISTED)
    with st.container(key="cluster_list", gap="xxsmall"):
        for number in range(shown):
            _line(view, found, number)
    if shown < k:
        st.button(
            f"Show all {k:,}", key="all_clusters", type="tertiary", on_click=_show_all, args=(view.key,)
        )


def summary(clusters: Clusters, n: int) -> str:
    """Return in a line what was found, and among how many documents."""
    k, outside = len(clusters.sizes), n - int(clusters.sizes.sum())
    found = f"{k:,} cluster{'s' * (k != 1)} of {clusters.smallest:,} or more documents, by HDBSCAN"
    parts = [f"{found}; {outside:,} of {n:,} documents are in none."]
    if clusters.sampled < n:
        parts.append(
            f"Found among a sample of {clusters.sampled:,}; each other one is where its nearest of these is."
        )
    if n > COMPARED:
        parts.append(f"Names are made from a sample of {COMPARED:,}.")
    return " ".join(parts)


def _size_control(view: View) -> None:
    n = len(view.documents)
    with st.container(key="cluster_controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.session_state.setdefault(size_key(view), smallest(view))
        st.number_input(
            "Documents of the smallest cluster",
            min_value=FEWEST,
            max_value=max(FEWEST, n // 2),
            key=size_key(view),
            persist_state="session",
            width=260,
            help="Fewer: finer clusters. Usual: half the square root of all, at least 5 and 1 in 200; here "
            f"{usual_size(n):,}.",
        )
        if st.session_state.get("color") != CLUSTER:
            st.button("Colour the map by cluster", key="color_clusters", on_click=_color)


def _line(view: View, found: Clustered, number: int) -> None:
    one, size = found.named[number], int(found.clusters.sizes[number])
    name, told, typical = st.columns([4, 6, 3], vertical_alignment="center", gap="small")
    name.button(
        literal(f"{one.label}  ({size:,})"),
        key=f"cluster_{number}",
        type="tertiary",
        help=literal(one.full),
        on_click=_select,
        args=(view.loaded.key, found.clusters, number, one.typical),
    )
    told.html(_told(one))
    typical.button(
        literal(f"{view.ids[one.typical]}  {view.titles[one.typical]}"[:40]),
        key=f"cluster_typical_{number}",
        type="tertiary",
        help="The document most like the others of this cluster.",
        on_click=selection.walk_to,
        args=(view.loaded.key, one.typical),
    )


def _told(one: Named) -> str:
    """Return what sets a cluster apart, with both sides of each difference."""
    parts = "".join(
        f"<span>{escape(words)} <small>{escape(difference.told)}</small></span>"
        for words, difference in zip(one.words[:4], one.differences, strict=False)
    )
    return f'<p class="vz-apart" title="{escape(one.full)}">{parts or escape(one.full)}</p>'


def _select(collection: str, clusters: Clusters, number: int, typical: int) -> None:
    selection.choose(collection, typical, clusters.rows(number).tolist())


def _show_all(key: object) -> None:
    st.session_state[ALL] = key


def _color() -> None:
    st.session_state["color"] = CLUSTER
