"""Documents, some thousands at a time: the features of so many take little memory, and are as fast."""

from collections.abc import Iterator, Sequence
from typing import Any

from vsaviz.features.text import Lines

AT_ONCE = 1 << 14
"""Documents."""


def in_blocks(documents: Sequence[Any] | Lines, n: int = AT_ONCE) -> Iterator[Sequence[Any] | Lines]:
    r"""Yield the documents in their order, ``n`` at a time; of none one empty block.

    >>> list(in_blocks([1, 2, 3], 2)), [list(block) for block in in_blocks(Lines(b"1\n2\n3"), 2)]
    ([[1, 2], [3]], [[1, 2], [3]])
    """
    if isinstance(documents, Lines):
        yield from documents.blocks(n)
        return
    for start in range(0, max(1, len(documents)), n):
        yield documents[start : start + n]
