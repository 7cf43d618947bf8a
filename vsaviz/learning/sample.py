"""A uniform sample of a stream of documents that does not hang on how the stream was split or ordered."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

MOST = 20_000
"""Documents of a sample."""
MOST_BYTES = 1 << 25
"""Their bytes, as JSON: parsed, they take ten times as much."""


EVERY = 1 << 64
"""Drawn numbers are below it."""


@dataclass(frozen=True, order=True)
class Drawn:
    """A document of a sample, with the number that was drawn for it."""

    number: int
    source: str
    row: int
    size: int
    what: Any = field(compare=False, repr=False)
    """The document, or its line."""


def drawn(source: str, row: int) -> int:
    """Return a number below 2^64 for a row of a source: a keyed hash, the same on every machine."""
    key = f"{row}\0{source}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(key, digest_size=8, person=b"vsaviz sample").digest(), "little")


class Sample:
    """The documents with the smallest numbers, as many as fit: at most ``most``, of ``most_bytes`` in all.

    Every document has the same chance. Samples of parts merge to that of the whole: what has to go from a
    part would have to go from the whole, where only more comes before it. One document is always kept.
    """

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES, limit: int = EVERY):
        if most < 1 or most_bytes < 1:
            raise ValueError(f"a sample holds at least 1 document and byte, got {most} and {most_bytes}")
        self.most = most
        self.most_bytes = most_bytes
        self.limit = limit
        """Documents from this number on do not belong to the sample."""
        self._drawn: list[Drawn] = []
        self._bytes = 0

    def offer(self, one: Drawn) -> None:
        """Take a document if its number is small enough."""
        if one.number >= self.limit:
            return
        self._drawn.append(one)
        self._bytes += one.size
        if len(self._drawn) > 2 * self.most or self._bytes > 2 * self.most_bytes:
            self._trim()

    def merge(self, other: "Sample") -> None:
        """Take the sample of other documents into this one.

        Raises ValueError if it has other bounds.
        """
        if (self.most, self.most_bytes) != (other.most, other.most_bytes):
            raise ValueError("samples with different bounds do not merge; give both the same")
        self.limit = min(self.limit, other.limit)
        for one in other._drawn:
            self.offer(one)

    def taken(self) -> list[Drawn]:
        """Return the sample, in the order of sources and rows."""
        self._trim()
        return sorted(self._drawn, key=lambda one: (one.source, one.row))

    def _trim(self) -> None:
        self._drawn.sort()
        total, kept = 0, 0
        for one in self._drawn:
            total += one.size
            if one.number >= self.limit or kept == self.most or (kept and total > self.most_bytes):
                self.limit = min(self.limit, one.number)
                break
            kept += 1
        while kept > 1 and self._drawn[kept - 1].number >= self.limit:
            kept -= 1  # sources of one name: none of equal rows is in, or all are
        del self._drawn[kept:]
        self._bytes = sum(one.size for one in self._drawn)
