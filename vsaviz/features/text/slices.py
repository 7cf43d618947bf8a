"""Slices: what stands between two marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.text.structure import BACKSLASH, COLON, QUOTE
from vsaviz.features.text.words import Bytes, Flags, Rows, find

BLANKS, ITEM, MEMBER, KEY = range(4)
"""Forms of slices: blanks or nothing, an item (``value``), a member (``"key":value``), a key (``"key":``)."""

BLANK = b" \t\r\n"

Forms = NDArray[np.uint8]


@dataclass(frozen=True)
class Slices:
    """Slices of a text, in any order."""

    data: Bytes
    """The text, and at least a word more."""
    start: Rows
    length: Rows
    forms: Forms
    """What each slice is unless it is blank."""

    def of(self, rows: Rows) -> Self:
        """Return some of the slices."""
        return type(self)(self.data, self.start[rows], self.length[rows], self.forms[rows])

    def keys(self, rows: Rows, length: Rows) -> Self:
        """Return the keys of some members, given how long each is with its colon."""
        return type(self)(self.data, self.start[rows], length, np.full(len(rows), KEY, np.uint8))

    def objects(self) -> list[bytes]:
        """Return each slice as an object."""
        data = self.data.tobytes()
        ends = self.start + self.length
        return [data[start:end] for start, end in zip(self.start.tolist(), ends.tolist(), strict=True)]

    def form(self, objects: Sequence[bytes]) -> Forms:
        """Return the form of each slice, given as objects too."""
        return np.where([not one.strip(BLANK) for one in objects], BLANKS, self.forms).astype(np.uint8)


def values_of_members(members: Slices) -> tuple[Rows, Flags]:
    r"""Return where in each member its value begins, and where that is told by the first quotes alone.

    It is not where a key ends in ``\"`` or ``\\``, or has blanks around it.
    """
    data = members.data
    plain = data[members.start] == QUOTE
    end = members.start.copy()
    end[plain] = find(QUOTE, data, members.start[plain] + 1)
    plain &= (data[end - 1] != BACKSLASH) & (data[end + 1] == COLON)
    return end + 2 - members.start, plain
