"""About how many bytes a value takes: exact for arrays, a sample of the elements for long lists."""

import sys
from collections.abc import Iterator
from itertools import islice
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

SAMPLE = 64
"""Elements that are looked at of a longer list, evenly spaced; the others are taken to be like them."""
LEAVES = (str, bytes, bytearray, int, float, complex)
OF_THE_PROGRAM = (type, FunctionType, BuiltinFunctionType, MethodType, ModuleType)


def size_of(value: Any) -> int:
    """Return about how many bytes a value takes, with all that it refers to; what it has twice counts once.

    Arrays count their own memory. Of lists, tuples, sets and dicts longer than ``SAMPLE`` about so many
    elements are looked at, and their sum is scaled up: exact where all have one size, else an estimate.

    >>> size_of(np.zeros(1000)) - size_of(np.zeros(0))
    8000
    """
    total = 0.0
    seen: set[int] = set()
    left: list[tuple[Any, float]] = [(value, 1.0)]
    while left:
        one, times = left.pop()
        if id(one) in seen or isinstance(one, OF_THE_PROGRAM):
            continue
        seen.add(id(one))
        total += times * sys.getsizeof(one, 64)
        inner, n = _inner(one)
        if inner:
            left.extend((element, times * n / len(inner)) for element in inner)
    return int(total)


def _inner(value: Any) -> tuple[list[Any], int]:
    """Return what a value holds, or a sample of it, and how much there is."""
    if isinstance(value, LEAVES):
        return [], 0
    if isinstance(value, np.ndarray):
        held = value.ravel().tolist() if value.dtype.hasobject else []
        base = [] if value.base is None else [value.base]  # all that a view looks at stays for it
        return _sampled([*held, *base])
    if isinstance(value, list | tuple):
        return _sampled(value)
    if isinstance(value, set | frozenset):
        return list(islice(value, 0, None, _step(value))), len(value)
    if isinstance(value, dict):
        some = islice(value.items(), 0, None, _step(value))
        return [part for pair in some for part in pair], 2 * len(value)
    held = list(_attributes(value))
    return held, len(held)


def _sampled(elements: list[Any] | tuple[Any, ...]) -> tuple[list[Any], int]:
    return list(elements[:: _step(elements)]), len(elements)


def _step(elements: Any) -> int:
    return max(1, len(elements) // SAMPLE)


def _attributes(value: Any) -> Iterator[Any]:
    yield from getattr(value, "__dict__", {}).values()
    for kind in type(value).__mro__:
        slots = vars(kind).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if (held := getattr(value, name, None)) is not None:
                yield held
