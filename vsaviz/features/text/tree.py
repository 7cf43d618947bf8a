"""Marks → slices in the order of their depth, each with the group that it lies in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.text.slices import ITEM, MEMBER, Slices
from vsaviz.features.text.structure import CASE, CLOSE_OBJECT, COMMA, END, OPEN_OBJECT, Marks, NotTakenError
from vsaviz.features.text.words import Rows


@dataclass(frozen=True)
class Tree:
    """The slices of a text, those less deep first, then in the order of the text.

    Each lies in a *group*: a line, or what stands between two brackets. A group's slices stand together; the
    last of them ends at its closing bracket. Groups are numbered in the same order, so that the lines come
    first, and then one group for each slice that ends at an opening bracket.
    """

    slices: Slices
    order: Rows
    """For each slice its number in the order of the text."""
    group: Rows
    """For each slice its group."""
    kind: NDArray[np.uint8]
    """For each group its opening bracket, or ``END`` for a line."""
    ends: Rows
    """For each group its last slice."""
    openers: Rows
    """For each group that is no line the slice before its bracket."""
    is_opener: NDArray[np.bool_]
    """For each slice whether it is one of them."""
    levels: Rows
    """Where the slices of each depth begin, and where the last end."""

    @property
    def n_lines(self) -> int:
        """The number of lines, blank ones too."""
        return len(self.ends) - len(self.openers)


def tree(marks: Marks) -> Tree:
    """Return the slices between marks, and the groups that they lie in.

    Raises
    ------
    NotTakenError
        If a line does not close as many brackets as it opens.
    """
    brackets = marks.kind | CASE
    opens, closes = brackets == OPEN_OBJECT, brackets == CLOSE_OBJECT
    step = opens.view(np.int8) - closes.view(np.int8)
    # A slice before an opening bracket lies outside of it, one before a closing bracket inside.
    depth = np.cumsum(step, dtype=np.int32) - step
    _check_depth(marks, depth)
    deepest = int(depth.max(initial=0))
    # Short numbers are sorted by counting.
    order = np.argsort(depth.astype(np.min_scalar_type(deepest)), kind="stable")
    at = marks.at[order]
    start = (np.concatenate([[-1], marks.at[:-1]]) + 1)[order]
    is_opener = opens[order]
    openers = np.flatnonzero(is_opener)
    ends = np.flatnonzero((closes | (marks.kind == END))[order])
    kind = np.full(len(ends), END, np.uint8)
    kind[len(ends) - len(openers) :] = marks.kind[order[openers]]
    group = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=-1))
    forms = np.where(kind == OPEN_OBJECT, MEMBER, ITEM).astype(np.uint8)[group]
    forms += is_opener
    return Tree(
        slices=Slices(marks.bytes, start, at - start, forms),
        order=order,
        group=group,
        kind=kind,
        ends=ends,
        openers=openers,
        is_opener=is_opener,
        levels=np.concatenate([[0], np.cumsum(np.bincount(depth))]),
    )


def _check_depth(marks: Marks, depth: Rows) -> None:
    """Raise NotTakenError unless each line closes what it opens; ``depth`` is that before each mark."""
    wrong = ((marks.kind == END) & (depth != 0)) | ((marks.kind == COMMA) & (depth == 0)) | (depth < 0)
    if wrong.any():
        raise NotTakenError
