"""Marks for every leaf of two documents, shaped like these."""

from collections.abc import Sequence, Set
from typing import Any, NamedTuple

import numpy as np

from vsaviz.features import Vocabulary
from vsaviz.features.paths import ARRAY, ITEM, Path, at, key
from vsaviz.sidebyside.alike import Two, similarities
from vsaviz.sidebyside.nodes import Node, aligned, numbered

EQUAL, NEAR, DIFFERENT, ONLY = "equal", "near", "different", "only here"

Marks = str | dict[str, "Marks"] | list["Marks"]
"""A mark, or the marks of an object's values or an array's items.

A container has one mark for all that it holds where it is equal, stands beside a value of another JSON type,
or is in one document only. An empty one is a leaf."""

NEAR_ABOVE = 0.5
"""Unequal values of more than this similarity are near: any two hashes have half, their form, in common."""

DECIMALS = 6
"""Similarities come from single precision."""


def side_by_side(one: Any, other: Any, vocabulary: Vocabulary) -> tuple[Marks, Marks]:
    """Return the marks of two documents.

    Equal are values that JSON does not tell apart: 1 and 1.0 are one number. Near are strings, or numbers, of
    one field with a similarity above 0.5 as this field is written. Items of an array belong together
    where they are equal, wherever they stand; then where they have most in common; then in their order. Where
    positions are names, such as in coordinates, they belong together by these.

    >>> from vsaviz.features import FeatureSettings, fit
    >>> one, other = {"n": 1, "tags": ["a", "b"]}, {"n": 1.0, "tags": ["b"], "x": None}
    >>> vocabulary, _ = fit([one, other], FeatureSettings())
    >>> side_by_side(one, other, vocabulary)
    ({'n': 'equal', 'tags': ['only here', 'equal']}, {'n': 'equal', 'tags': ['equal'], 'x': 'only here'})
    """
    numbers: dict[Any, int] = {}
    roots: tuple[list[Marks], list[Marks]] = [EQUAL], [EQUAL]
    pairs = [_Beside((), numbered(one, numbers), numbered(other, numbers), (roots[0], 0), (roots[1], 0))]
    for pair in pairs:  # the list grows on the way; nesting never meets Python's limit
        if pair.one.number == pair.other.number:
            pair.mark(EQUAL)
        else:
            pair.mark(DIFFERENT)
            pairs += _below(pair, vocabulary.fixed)
    _mark_near([pair for pair in pairs if pair.may_be_near()], vocabulary)
    return roots[0][0], roots[1][0]


Slot = tuple[Any, Any]
"""Marks of a container, and where among them one belongs."""


class _Beside(NamedTuple):
    """Two values that stand beside each other, and where their marks belong."""

    field: Path
    one: Node
    other: Node
    left: Slot
    right: Slot

    def mark(self, mark: str) -> None:
        for marks, place in (self.left, self.right):
            marks[place] = mark

    def may_be_near(self) -> bool:
        kinds = {_measured(node.value) for node in (self.one, self.other)}
        return self.one.number != self.other.number and kinds in ({"string"}, {"number"})


def _measured(value: Any) -> str:
    if isinstance(value, str):
        return "string"
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _below(pair: _Beside, fixed: Set[Path]) -> list[_Beside]:
    """Return what stands beside each other in two objects or two arrays; the rest is marked as alone."""
    one, other = pair.one.children, pair.other.children
    if isinstance(pair.one.value, dict) and isinstance(pair.other.value, dict):
        steps: list[tuple[Path, Any, Any]] = [((key(name),), name, name) for name in one if name in other]
    elif isinstance(pair.one.value, list) and isinstance(pair.other.value, list):
        if (*pair.field, ARRAY) in fixed:
            steps = [((ARRAY, at(i)), i, i) for i in one if i in other]
        else:
            steps = [((ARRAY, ITEM), i, j) for i, j in aligned(one, other)]
    else:
        return []
    left, right = _alone(pair.one, pair.left), _alone(pair.other, pair.right)
    return [_Beside(pair.field + step, one[i], other[j], (left, i), (right, j)) for step, i, j in steps]


def _alone(node: Node, slot: Slot) -> Any:
    """Mark all that a container holds as alone, and return its marks; one that is empty stays as it is."""
    marks: Any = (
        dict.fromkeys(node.children, ONLY) if isinstance(node.value, dict) else [ONLY] * len(node.children)
    )
    if marks:
        slot[0][slot[1]] = marks
    return marks


def _mark_near(pairs: Sequence[_Beside], vocabulary: Vocabulary) -> None:
    values = [Two(pair.field, pair.one.value, pair.other.value) for pair in pairs]
    near = np.round(similarities(values, vocabulary), DECIMALS) > NEAR_ABOVE
    for row in np.flatnonzero(near).tolist():
        pairs[row].mark(NEAR)
