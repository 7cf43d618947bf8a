"""Plain text found in the keys and values of documents."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import collapsed, field_name
from vsaviz.features.walk import Leaf, walk
from vsaviz.jsontext import scalar

Rows = NDArray[np.int64]
Progress = Callable[[float], None]

END = b"\xff"
"""Stands between texts: no byte of UTF-8."""

TOLD_EVERY = 200
"""Documents read between two reports."""


@dataclass(frozen=True)
class Place:
    """Where a text was found."""

    field: str
    """The field's name, such as ``orders[].sku``."""
    of_key: bool
    """Whether it is in the field's keys, not in its values."""
    n: int
    """How many documents have it there."""


@dataclass(frozen=True)
class Found:
    """The documents in whose keys or values a text is."""

    text: str
    rows: Rows = field(repr=False)
    """Ascending."""
    places: list[Place]
    """Values first, then keys; where most documents have it first."""


class Texts:
    """The keys and values of documents, made ready to be searched.

    Strings and numbers are searched as they are written in JSON, without regard to case. Each different value
    of a place is kept once.

    Raises
    ------
    InputError
        If a document is not JSON.

    >>> texts = Texts([{"city": "Bern"}, {"notes": "to Bern"}, {"bernina": 1}])
    >>> texts.find("BERN").rows.tolist(), [(one.field, one.of_key, one.n) for one in texts.find("to").places]
    ([0, 1, 2], [('notes', False, 1)])
    """

    def __init__(self, documents: Sequence[Any], progress: Progress | None = None):
        leaves = walk(_reported(documents, progress))
        self._values = _Joined(map(_written, leaves.values))
        fields = [collapsed(path) for path in leaves.paths]
        number = {path: i for i, path in enumerate(dict.fromkeys(fields))}
        self._names = [field_name(path) for path in number]
        self._keys = _Joined(folded("\n".join(str(r[-1]) for r in path if r[0] == "key")) for path in number)
        self._field = np.array([number[path] for path in fields], np.int64)[leaves.place]
        held = leaves.shares.tocsc()
        self._rows, self._ends, self._n = held.indices, held.indptr, held.shape[0]

    def find(self, text: str) -> Found:
        """Return the documents that have a text in some key, string or number; "" is found nowhere."""
        wanted = folded(text.strip())
        if not wanted:
            return Found(text, np.empty(0, np.int64), [])
        with_key = np.zeros(len(self._names), dtype=bool)
        with_key[self._keys.having(wanted)] = True
        found = np.zeros(self._n, dtype=bool)
        in_values = self._places(self._values.having(wanted), found)
        in_keys = self._places(np.flatnonzero(with_key[self._field]), found)
        places = [
            *(Place(name, of_key=False, n=n) for name, n in in_values),
            *(Place(name, of_key=True, n=n) for name, n in in_keys),
        ]
        return Found(text, np.flatnonzero(found), places)

    def _places(self, leaves: Rows, found: NDArray[np.bool_]) -> list[tuple[str, int]]:
        """Return how many documents hold some leaves in each field, and mark these in ``found``."""
        leaves = leaves[np.argsort(self._field[leaves], kind="stable")]
        fields, first = np.unique(self._field[leaves], return_index=True)
        places = []
        for one, own in zip(fields.tolist(), np.split(leaves, first[1:]), strict=False):
            here = np.zeros(self._n, dtype=bool)
            here[self._documents(own)] = True
            found |= here
            places.append((self._names[one], int(here.sum())))
        return sorted(places, key=lambda place: -place[1])

    def _documents(self, leaves: Rows) -> Rows:
        """Return the documents that hold some leaves, perhaps several times."""
        starts, counts = self._ends[leaves], self._ends[leaves + 1] - self._ends[leaves]
        ends = np.cumsum(counts)
        at = np.arange(int(counts.sum())) + np.repeat(starts - ends + counts, counts)
        return self._rows[at]


class _Joined:
    """Many texts as one row of bytes, so that a search is a few passes over it."""

    def __init__(self, texts: Iterable[str]):
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        self._ends = np.cumsum([len(part) + 1 for part in parts])
        self._bytes = np.frombuffer(END.join([*parts, b""]), np.uint8)

    def having(self, text: str) -> Rows:
        """Return the numbers of the texts that contain another, which is not empty."""
        wanted = text.encode("utf-8", "surrogatepass")
        at = np.flatnonzero(self._bytes[: len(self._bytes) - len(wanted) + 1] == wanted[0])
        for step, byte in enumerate(wanted[1:], 1):
            at = at[self._bytes[at + step] == byte]
        return np.unique(np.searchsorted(self._ends, at, side="right"))


def folded(text: str) -> str:
    """Return a text as it is compared: no case, and accents as one character."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFC", text.casefold())


def _written(value: Leaf) -> str:
    """Return a string or number as it is searched; constants are found nowhere."""
    if isinstance(value, tuple):
        return ""
    return folded(value) if isinstance(value, str) else folded(scalar(value))


def _reported(documents: Sequence[Any], progress: Progress | None) -> Iterator[Any]:
    for row, document in enumerate(documents):
        if progress is not None and row % TOLD_EVERY == 0:
            progress(row / len(documents))
        yield document
