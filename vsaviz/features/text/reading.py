"""The keys and the values that stand in slices: many are parsed at once, as one JSON text."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.constants import FALSE, NULL, TRUE
from vsaviz.features.text.structure import NotTakenError
from vsaviz.features.walk import Leaf
from vsaviz.ingest import Limits, parse

NONE, CONSTANT, NUMBER, STRING = range(4)
"""Kinds of values."""

_KINDS = {type(None): CONSTANT, bool: CONSTANT, int: NUMBER, float: NUMBER, str: STRING}
_CONSTANTS: dict[Any, Leaf] = {None: NULL, True: TRUE, False: FALSE}

_TAKEN_IN = Limits(bytes=1 << 62, values=1 << 62)
"""Limits that what was taken in already meets."""

Kinds = NDArray[np.int8]


def read_keys(slices: Sequence[bytes]) -> list[str]:
    """Return the keys of containers.

    >>> read_keys([b'"a":', b' "b" : '])
    ['a', 'b']
    """
    # Behind an array no other value can go on, as digits would.
    return list(chain.from_iterable(_array(b"{" + b"[]},{".join(slices) + b"[]}")))


def read_members(slices: Sequence[bytes]) -> tuple[list[str], list[Leaf], Kinds]:
    """Return the keys and values of members of objects, and the kind of each value.

    >>> read_members([b' "a" : 1', b'"b": null'])[:2]
    (['a', 'b'], [1, ('null',)])
    """
    objects = _array(b"{" + b"},{".join(slices) + b"}")
    return list(chain.from_iterable(objects)), *_leaves(list(chain.from_iterable(map(dict.values, objects))))


def read_values(slices: Sequence[bytes]) -> tuple[list[Leaf], Kinds]:
    """Return values, and the kind of each.

    Raises
    ------
    InputError
        If one is not JSON.
    """
    values = _array(b",".join(slices))
    if len(values) < len(slices):
        raise NotTakenError  # one that is empty, alone
    return _leaves(values)


def _array(items: bytes) -> list[Any]:
    top: list[Any] = parse(b"[" + items + b"]", "slices", _TAKEN_IN).top
    return top


def _leaves(values: list[Any]) -> tuple[list[Leaf], Kinds]:
    """Return values as they stand in the table of leaves, and the kind of each."""
    kinds = np.fromiter(map(_KINDS.__getitem__, map(type, values)), np.int8, len(values))
    for row in np.flatnonzero(kinds == CONSTANT).tolist():
        values[row] = _CONSTANTS[values[row]]
    return values, kinds
