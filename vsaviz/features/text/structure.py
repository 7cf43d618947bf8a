"""Bytes → marks: the brackets, commas and ends of lines that stand outside strings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COMMA, END = b"{}[],\n"
QUOTE, BACKSLASH, COLON = b'"\\:'

PADDING = 8
"""So many bytes behind a text may be read with it."""

CASE = 32
"""The bit in which a bracket differs from a brace."""


class NotTakenError(Exception):
    """A text is not JSON Lines: the parser will say why."""


@dataclass(frozen=True)
class Marks:
    """The marks of a text, in order: what lies between two of them is one *slice*.

    A slice is a member of an object (``"key":value``), an item of an array, the key of a container
    (``"key":``), or nothing: behind a closing bracket, in an empty container.
    """

    bytes: NDArray[np.uint8]
    """The text, and ``PADDING`` more."""
    at: NDArray[np.int64]
    """Where the marks stand."""
    kind: NDArray[np.uint8]
    """Which bytes they are."""


def marks(text: bytes) -> Marks:
    r"""Return the marks of JSON texts, each ended by a line feed.

    Raises
    ------
    NotTakenError
        If a line ends within a string.

    >>> marks(b'{"a,": [1, true]}\n').at.tolist()
    [0, 7, 9, 15, 16, 17]
    """
    padded = text + bytes(PADDING + -(len(text) + PADDING) % 64)
    data = np.frombuffer(padded, np.uint8)
    outside = np.packbits(_marks(data), bitorder="little") & ~_in_strings(_quotes(data))
    at = np.flatnonzero(np.unpackbits(outside, bitorder="little").view(bool))
    kind = data[at]
    if np.count_nonzero(kind == END) < text.count(b"\n"):
        raise NotTakenError
    return Marks(data[: len(text) + PADDING], at, kind)


def _marks(data: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where any byte of ``{}[],`` or a line feed stands, in a string or not."""
    brackets = data | CASE
    found = brackets == OPEN_OBJECT
    found |= brackets == CLOSE_OBJECT
    found |= data == COMMA
    found |= data == END
    return found


def _quotes(data: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where strings begin or end: quotes with no backslash before them, or an even number."""
    quotes = data == QUOTE
    backslashes = np.flatnonzero(data == BACKSLASH)
    if len(backslashes):
        ends = np.flatnonzero(np.diff(backslashes, append=len(data) + 1) > 1)
        lengths = np.diff(ends, prepend=-1)
        quotes[backslashes[ends[lengths % 2 == 1]] + 1] = False
    return quotes


def _in_strings(quotes: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return a bit for each byte, eight in one: whether an odd number of quotes stand up to there."""
    words = np.packbits(quotes, bitorder="little").view("<u8")
    for shift in (1, 2, 4, 8, 16, 32):
        words ^= words << np.uint64(shift)
    odd = np.bitwise_xor.accumulate(words >> np.uint64(63))
    words[1:] ^= -odd[:-1]
    return words.view(np.uint8)
