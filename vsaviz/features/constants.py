"""Leaves with nothing to measure: each is one atom of its own.

In the table of leaves they stand as their symbols, which no string or number equals: 1, "1", true and
"true" stay apart, although ``True == 1`` in Python.
"""

from collections.abc import Sequence
from typing import Any

from vsaviz.features.atoms import AtomTable, Triplets

Constant = tuple[str]

NULL: Constant = ("null",)
TRUE: Constant = ("true",)
FALSE: Constant = ("false",)
EMPTY_OBJECT: Constant = ("empty object",)
EMPTY_ARRAY: Constant = ("empty array",)
PRESENT: Constant = ("present",)
"""The bare presence of a key, whatever its value."""


_JSON: dict[Constant, Any] = {NULL: None, TRUE: True, FALSE: False}


def as_json(leaf: Any) -> Any:
    """Return the JSON value that stands as this leaf.

    >>> as_json(TRUE), as_json(EMPTY_ARRAY), as_json("true")
    (True, [], 'true')
    """
    if leaf == EMPTY_OBJECT:
        return {}
    if leaf == EMPTY_ARRAY:
        return []
    return _JSON.get(leaf, leaf)


def as_leaf(value: Any) -> Any:
    """Return what stands for a JSON value that is no container, or an empty one, in the table of leaves.

    >>> as_leaf(False), as_leaf({}), as_leaf(1)
    (('false',), ('empty object',), 1)
    """
    if isinstance(value, dict | list):
        return EMPTY_OBJECT if isinstance(value, dict) else EMPTY_ARRAY
    if value is None or isinstance(value, bool):
        return NULL if value is None else TRUE if value else FALSE
    return value


def constant_atoms(values: Sequence[Any], atoms: AtomTable) -> Triplets:
    """Return one atom of weight 1 for each value."""
    return Triplets.one_each([atoms.index(value) for value in values])
