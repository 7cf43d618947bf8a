"""JSON Lines in the place of documents: parsed only where more than their leaves is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np

from vsaviz.errors import InputError
from vsaviz.features.paths import Path
from vsaviz.features.text.leaves import AT_ONCE, walk_blocks, walk_text
from vsaviz.features.text.structure import NotTakenError
from vsaviz.features.text.written import written
from vsaviz.features.walk import Leaves, walk
from vsaviz.ingest.parsing import parse_lines

NEWLINE = 10

WRITTEN = range(256, 20_001)
"""So many documents are written as text, which is read faster than values are looked at one by one. Of more
the distinct strings, which a text gives anew, would take too much memory beside those of the documents."""


@dataclass(frozen=True)
class Lines:
    r"""The documents on the lines of a text in UTF-8, one on each that is not blank.

    >>> list(Lines(b'{"a": 1}\n\n[2]\n'))
    [{'a': 1}, [2]]
    """

    text: bytes = field(repr=False)
    name: str = "lines"
    """What the text is called in messages."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the documents.

        Raises
        ------
        InputError
            If a line is no JSON; the message says which, and why.
        """
        return iter(parse_lines(self.text, self.name))

    def blocks(self, n: int) -> Iterator["Lines"]:
        """Yield the same lines, ``n`` of them at a time, blank ones counted; of an empty text one block."""
        ends = np.flatnonzero(np.frombuffer(self.text, np.uint8) == NEWLINE)[n - 1 :: n] + 1
        cuts = [0, *ends.tolist()]
        if cuts[-1] == len(self.text) > 0:
            cuts.pop()
        for start, end in pairwise([*cuts, len(self.text)]):
            yield Lines(self.text[start:end], self.name)

    def leaves(self, balance: float, balances: Mapping[Path, float]) -> Leaves:
        """Return the leaves of the documents, as ``walk`` gives them, in another order."""
        try:
            return walk_text(self.text, balance, balances)
        except (NotTakenError, InputError):  # parsing, or walking, says what is wrong and where
            return walk(self, balance, balances)


def as_lines(documents: Iterable[Any]) -> Lines:
    r"""Return the text of documents; NotTakenError if one is not what its text says.

    >>> as_lines([{"a": 1}, [2]]).text
    b'{"a":1}\n[2]\n'
    """
    return Lines(b"".join(written(documents, AT_ONCE)), "documents")


def leaves_of(
    documents: Iterable[Any], balance: float = 0.0, balances: Mapping[Path, float] = MappingProxyType({})
) -> Leaves:
    """Return the leaves of documents, or of the lines of a text."""
    if isinstance(documents, Lines):
        return documents.leaves(balance, balances)
    documents = documents if isinstance(documents, Sequence) else list(documents)
    if len(documents) in WRITTEN:
        try:
            return walk_blocks(written(documents, AT_ONCE), balance, balances)
        except (NotTakenError, InputError):  # walking says what is wrong and where
            pass
    return walk(documents, balance, balances)
