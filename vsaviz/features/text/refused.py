"""What is refused, with the first document that has it: nested too deeply, too many places."""

import numpy as np

from vsaviz.errors import InputError
from vsaviz.features.text.children import Children
from vsaviz.features.text.tree import Tree
from vsaviz.features.text.words import Rows
from vsaviz.ingest import LIMITS


def check_depth(tree: Tree, held: Children, n_before: int) -> None:
    """Raise InputError if a child is deeper than the limit; ``n_before`` documents came before."""
    if len(tree.levels) - 2 <= LIMITS.depth:
        return
    deep = held.slice[np.searchsorted(held.slice, tree.levels[LIMITS.depth + 1]) :]
    if len(deep):
        document = int(_documents(tree, held, deep).min()) + n_before
        raise InputError(f"document {document}: nested deeper than {LIMITS.depth} levels; flatten it first")


def check_places(tree: Tree, held: Children, place: Rows, known: int, n_before: int) -> None:
    """Raise LimitError if there are too many places, given that of each child; from ``known`` on new."""
    n = int(place.max(initial=0)) + 1
    if n <= LIMITS.places:
        return
    new = np.flatnonzero(place >= known)
    first = np.full(n - known, np.iinfo(np.int64).max)
    np.minimum.at(first, place[new] - known, _documents(tree, held, held.slice[new]))
    document = int(np.sort(first)[LIMITS.places - known]) + n_before
    raise LIMITS.error("places", f"documents 0 to {document}")


def _documents(tree: Tree, held: Children, slices: Rows) -> Rows:
    """Return the number of the document in which each slice lies; blank lines are none."""
    line = np.searchsorted(tree.order[tree.ends[: tree.n_lines]], tree.order[slices])
    return (np.cumsum(held.n[: tree.n_lines] > 0) - 1)[line]
