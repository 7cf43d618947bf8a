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


def constant_atoms(values: Sequence[Any], atoms: AtomTable) -> Triplets:
    """Return one atom of weight 1 for each value."""
    return Triplets.one_each([atoms.index(value) for value in values])
