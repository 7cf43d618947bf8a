"""Names for clusters, made of the fields and values that set each apart."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.clusters.finding import Clusters
from vsaviz.clusters.words import in_words, short_fields
from vsaviz.groups import Difference, Groups, typical
from vsaviz.neighbors import Vectors

COMPARED = 10_000
"""Documents that are compared; of more a seeded sample is."""

TYPICAL_OF = 2_000
"""Documents of a cluster among which the typical one is sought; of more a seeded sample is."""

TRIED = 12
PARTS = 3
"""Differences in a name, at most."""

TELLING = {"value": 1.0, "word": 0.9, "presence": 0.85, "level": 0.7}
"""How much each kind of difference tells people, against its effect."""
LACKING = 0.5
"""The same for what a cluster has less of: what it has says more."""
LEAST_LETTERS = 3
"""Words of fewer say little, as do those that are in every link."""
SMALL = frozenset({"http", "https", "www", "com", "org", "html", "the", "and", "for"})

Progress = Callable[[float], None]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Named:
    """What a cluster is called, and why."""

    label: str
    """A few words, another for each cluster."""
    differences: list[Difference] = field(repr=False)
    """What sets it apart from all other documents, the most telling first; empty if nothing certain does."""
    words: list[str] = field(repr=False)
    """Each of the differences in a few words."""
    typical: int
    """The document most like the others of the cluster."""

    @property
    def full(self) -> str:
        """What the label is short for: ``status = "error": 98 % against 3 %; …``."""
        told = "; ".join(f"{one.label}: {one.told}" for one in self.differences[:4])
        return told or "nothing that is more than chance sets it apart"


def name_clusters(
    documents: Sequence[Any],
    vectors: Vectors,
    clusters: Clusters,
    *,
    passed_over: Set[str] = frozenset(),
    seed: int = 0,
    progress: Progress | None = None,
) -> list[Named]:
    """Return a name for each cluster of documents.

    Each is compared with all other documents, as `vsaviz.groups.Groups` does; of more than 10,000 documents a
    seeded sample is. ``passed_over`` are fields whose levels say nothing, such as row numbers.

    Raises
    ------
    InputError
        If a document is not JSON.
    """
    n, k = len(documents), len(clusters.sizes)
    if not k:
        return []
    draw = np.random.default_rng(seed)
    rows = np.arange(n) if n <= COMPARED else np.sort(draw.choice(n, COMPARED, replace=False))
    groups = Groups([documents[row] for row in rows])
    told: list[list[Difference]] = []
    for cluster in range(k):
        if progress is not None:
            progress((cluster + 1) / (k + 1))
        told.append(
            _telling(groups, np.flatnonzero(clusters.labels[rows] == cluster), len(rows), passed_over)
        )
    labels, words = labels_of(told)
    return [
        Named(labels[cluster], told[cluster], words[cluster], _typical(vectors, clusters.rows(cluster), draw))
        for cluster in range(k)
    ]


def _telling(groups: Groups, inside: Rows, n: int, passed_over: Set[str]) -> list[Difference]:
    """Return what sets some documents apart, the most telling first."""
    if not 0 < len(inside) < n:
        return []
    found = groups.differences(inside, TRIED + len(passed_over))
    kept = [one for one in found if one.kind != "level" or one.field not in passed_over][:TRIED]
    return sorted(kept, key=lambda one: -_weight(one))


def _weight(one: Difference) -> float:
    lacks = one.effect < 0 and one.kind != "level"
    small = one.kind == "word" and (sum(map(str.isalpha, one.value)) < LEAST_LETTERS or one.value in SMALL)
    return abs(one.effect) * TELLING[one.kind] * (LACKING if lacks or small else 1.0)


def labels_of(told: Sequence[Sequence[Difference]]) -> tuple[list[str], list[list[str]]]:
    """Return a short label for each of several groups by what sets it apart, no two the same; and the words.

    One difference is enough where no other group is called so; where one is, what only this one has is added.
    """
    fields = short_fields(one.field for differences in told for one in differences)
    words = [[in_words(one, fields[one.field]) for one in of] for of in told]
    texts = [list(dict.fromkeys(of)) for of in words]
    chosen = [of[:1] for of in texts]
    for _ in range(1, PARTS):
        by_label: dict[str, list[int]] = {}
        for number, parts in enumerate(chosen):
            by_label.setdefault(" · ".join(parts), []).append(number)
        for same in by_label.values():
            if len(same) > 1:
                more = {number: _next(number, same, texts, chosen) for number in same}
                for number, part in more.items():
                    chosen[number] = chosen[number] + part
    return _numbered([" · ".join(parts) or "alike" for parts in chosen]), words


def _next(number: int, same: Sequence[int], texts: list[list[str]], chosen: list[list[str]]) -> list[str]:
    """Return what to add to a label that others have too: what these have not, if there is such."""
    others = {text for other in same if other != number for text in texts[other]}
    left = [text for text in texts[number] if text not in chosen[number]]
    return ([text for text in left if text not in others] or left)[:1]


def _numbered(labels: list[str]) -> list[str]:
    """Return labels with a number behind those that are there already."""
    taken: set[str] = set()
    numbered = []
    for label in labels:
        again, text = 1, label
        while text in taken:
            again += 1
            text = f"{label} ({again})"
        taken.add(text)
        numbered.append(text)
    return numbered


def _typical(vectors: Vectors, rows: Rows, draw: np.random.Generator) -> int:
    if len(rows) > TYPICAL_OF:
        rows = np.sort(draw.choice(rows, TYPICAL_OF, replace=False))
    return int(rows[typical(vectors[rows]).row])
