"""The clusters of the documents on the screen, worked out only where they are asked for."""

from dataclasses import dataclass, field

import streamlit as st

from vsaviz.clusters import Clusters, Named, find_clusters, name_clusters, usual_size
from vsaviz.clusters.finding import FEWEST
from vsaviz.figures.palette import Apart
from vsaviz.ui.memory import known, remembered
from vsaviz.ui.running import Progress, run
from vsaviz.ui.view import View

KIND = "clusters"
NONE = Apart("no cluster")
SEED = 0
NAMING = ("identifier", "row number")
"""Kinds of fields that name a document: that their numbers are higher says nothing."""


@dataclass(frozen=True)
class Clustered:
    """Clusters with their names."""

    clusters: Clusters
    named: list[Named] = field(repr=False)

    @property
    def values(self) -> list[str]:
        """The name of each document's cluster."""
        names = [*(one.label for one in self.named), NONE]  # −1 is the last
        return [names[label] for label in self.clusters.labels.tolist()]


def size_key(view: View) -> str:
    """Return the name of the control that says how small a cluster may be."""
    return f"cluster_size {view.loaded.key}"


def smallest(view: View) -> int:
    """Return how many documents the smallest cluster has: as the person says, or by the rule."""
    asked = st.session_state.get(size_key(view))
    return max(FEWEST, int(asked)) if asked else usual_size(len(view.documents))


def clustered(view: View, name: str = KIND) -> Clustered | None:
    """Return the clusters, found now if need be, with a bar at this place; None where it was stopped."""
    return run(KIND, _settings(view), lambda bar: _find(view, bar), "Finding clusters", name=name, most=2)


def clustered_quietly(view: View) -> Clustered:
    """Return the clusters, found now if need be, without a bar: for what is remembered as a whole."""
    return remembered(KIND, _settings(view), lambda: _find(view, lambda _: None), most=2)


def is_known(view: View) -> bool:
    """Whether the clusters have been found."""
    return known(KIND, _settings(view))


def _settings(view: View) -> tuple[object, ...]:
    return view.key, smallest(view)


def _find(view: View, bar: Progress) -> Clustered:
    found = find_clusters(view.vectors, smallest(view), SEED, lambda share: bar(0.6 * share))
    passed_over = {field.name for field in view.by_rules.fields.values() if field.kind in NAMING}
    named = name_clusters(
        view.documents,
        view.vectors,
        found,
        passed_over=passed_over,
        seed=SEED,
        progress=lambda share: bar(0.6 + 0.4 * share),
    )
    return Clustered(found, named)
