"""What is streamed: JSON Lines in constant memory, and other JSON as long as it is small."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from vsaviz import ingest
from vsaviz.errors import InputError
from vsaviz.streaming.lines import DOCUMENTS_AT_ONCE, START, Block, Place, blocks, is_lines

WHOLE = 1 << 28
"""The largest file, in bytes, that is read as a whole where it is not JSON Lines."""
HEAD = 1 << 20


@dataclass(frozen=True)
class Identity:
    """What tells whether a file is the one of before."""

    name: str
    size: int
    mtime_ns: int
    head: str
    """128 bits of BLAKE2b of its first MB, in hexadecimal."""

    @classmethod
    def of(cls, file: str | os.PathLike[str]) -> "Identity":
        """Return the identity of a file; InputError if it cannot be read."""
        try:
            with File(file).open("rb") as stream:
                about = os.fstat(stream.fileno())
                head = hashlib.blake2b(stream.read(HEAD), digest_size=16).hexdigest()
        except OSError as error:
            raise InputError(f"{File(file).name} cannot be read: {error.strerror}") from error
        return cls(File(file).name, about.st_size, about.st_mtime_ns, head)


@dataclass(frozen=True)
class Source:
    """A file of documents, to be read in blocks as often as needed.

    JSON Lines are never held as a whole. Any other JSON, or what lies at a ``record_path``, is, and has to
    be smaller than ``WHOLE`` bytes.
    """

    file: File
    record_path: str | None = None

    def blocks(self, start: Place = START) -> Iterator[Block]:
        """Yield the documents from a place on, in blocks.

        Raises
        ------
        InputError
            If the file cannot be read, or is neither JSON Lines nor small.
        """
        if not self.record_path and is_lines(self.file):
            yield from blocks(self.file, start)
            return
        try:
            limits = ingest.Limits(bytes=WHOLE)
            documents = ingest.records(ingest.parse(self.file, limits=limits), self.record_path)
        except ingest.LimitError as error:
            raise InputError(
                f"{self.file.name}: more than {WHOLE:,} bytes and not JSON Lines; write one document a line"
            ) from error
        yield from _in_memory(self.file.name, documents, start)


def _in_memory(name: str, documents: list[Any], start: Place) -> Iterator[Block]:
    n = len(documents)
    for row in range(start.row, n, DOCUMENTS_AT_ONCE):
        some = documents[row : row + DOCUMENTS_AT_ONCE]
        end = Place(-1, row + len(some), 0)
        yield Block(name, Place(-1, row, 0), end, end.row / n, values=some, offsets=[-1] * len(some))
