"""Whether a text is JSON: what parsing the distinct slices does not tell."""

import numpy as np

from vsaviz.features.text.structure import (
    CASE,
    CLOSE_OBJECT,
    END,
    OPEN_OBJECT,
    Marks,
    NotTakenError,
)
from vsaviz.features.text.tree import Tree
from vsaviz.features.text.words import Flags

CLOSED_BY = CLOSE_OBJECT - OPEN_OBJECT
"""So much further is the byte of a closing bracket, round or square."""


def check_slices(tree: Tree, marks: Marks, is_blank: Flags) -> None:
    """Raise NotTakenError unless each bracket is closed by its like, and each slice may stand where it does.

    ``is_blank`` tells for each slice, in the order of the tree, whether nothing is in it.
    """
    closing = marks.kind[tree.order[tree.ends[tree.n_lines :]]]
    if (closing != tree.kind[tree.n_lines :] + CLOSED_BY).any():
        raise NotTakenError
    blank, in_object = np.empty(len(is_blank), bool), np.empty(len(is_blank), bool)
    blank[tree.order], in_object[tree.order] = is_blank, (tree.kind == OPEN_OBJECT)[tree.group]
    brackets = marks.kind | CASE
    opens, closes, ends = brackets == OPEN_OBJECT, brackets == CLOSE_OBJECT, marks.kind == END
    behind_open, behind_close, behind_end = (np.roll(one, 1) for one in (opens, closes, ends))
    # A key before a bracket in an object, else nothing; nothing in what is empty; and elsewhere a value.
    wants_blank = opens & ~in_object
    may_be_blank = wants_blank | (closes & behind_open) | (ends & behind_end)
    wrong = np.where(behind_close, opens | ~blank, np.where(blank, ~may_be_blank, wants_blank))
    if wrong.any():
        raise NotTakenError
