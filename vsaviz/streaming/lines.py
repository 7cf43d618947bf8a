"""A file of JSON Lines, gzipped or not, in blocks of documents: only one block is in memory at a time."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import IO, Any, Literal, Protocol

from vsaviz import strict_json
from vsaviz.errors import InputError
from vsaviz.features import Lines
from vsaviz.garbage import without_collection
from vsaviz.ingest.limits import LIMITS
from vsaviz.ingest.parsing import FIRST_OF_SEVERAL_LINES
from vsaviz.ingest.sources import GZIP_MAGIC, utf8

DOCUMENTS_AT_ONCE = 4096
BYTES_AT_ONCE = 1 << 24
"""A block ends with the document that reaches one of these."""

LONGEST = 1 << 28
"""The most bytes of a line: one document has to fit into memory many times over."""

DAMAGED = (OSError, EOFError, zlib.error)


class Readable(Protocol):
    """What has a name and can be opened: a path, or a file that is elsewhere."""

    @property
    def name(self) -> str:
        """The name that messages give."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Return its bytes; OSError if there are none."""


@dataclass(frozen=True)
class Place:
    """Where in a file to go on: bytes of its text, expanded if it is gzipped, documents and lines before."""

    offset: int = 0
    row: int = 0
    line: int = 0


START = Place()


@dataclass(frozen=True)
class Block:
    """Some documents of a file that follow each other; blank lines are left out."""

    name: str
    """The file's name, for messages."""
    place: Place
    """Where it begins."""
    end: Place
    share: float
    """How much of the file has been read with it, from 0 to 1."""
    offsets: list[int] = field(repr=False)
    """For each document how many bytes of the text are before its line; −1 where it has none."""
    lines: list[bytes] = field(default_factory=list, repr=False)
    numbers: list[int] = field(default_factory=list, repr=False)
    """For each line its number in the file, from 1."""
    values: list[Any] | None = field(default=None, repr=False)
    """The documents, if they have been parsed already; there are no lines then."""

    def documents(self) -> list[Any]:
        """Return the documents, parsed anew at each call: nothing is kept.

        Raises
        ------
        InputError
            If a line is not JSON; the message says which, and why.
        """
        if self.values is not None:
            return self.values
        with without_collection():
            return list(map(self._document, range(len(self.lines))))

    def text(self) -> Lines | list[Any]:
        """Return the documents without parsing them, unless they have been parsed already."""
        return Lines(b"".join(self.lines), self.name) if self.values is None else self.values

    def _document(self, i: int) -> Any:
        try:
            return strict_json.loads(self.lines[i], LIMITS.depth)
        except strict_json.TextError as error:
            place = f"{self.name}, line {self.numbers[i]}, column {error.column}"
            raise InputError(f"{place}: {error.reason}") from error


def is_lines(file: Readable) -> bool:
    """Return whether a file is JSON Lines: its first line is a complete value, and more follow.

    Raises
    ------
    InputError
        If it cannot be read, is empty, or not in UTF-8.
    """
    name, head = file.name, b""
    with _opened(file) as (_, stream):
        while len(head) <= LONGEST and (piece := stream.read(max(len(head), 1 << 16))):
            head += piece
            first = FIRST_OF_SEVERAL_LINES.match(utf8(head, name) if head.strip() else b"")
            if first:
                return strict_json.is_json(first[1])
        utf8(head, name)
        return False


def blocks(file: Readable, start: Place = START, stop: int | None = None) -> Iterator[Block]:
    """Yield the lines of a file that begin at a place or after it, and before the byte ``stop``.

    Pieces that touch have each line once. Where a block ends depends on the text from the place on alone:
    from the end of any block the same ones follow. A gzipped file is read anew up to the place, unparsed.

    Raises
    ------
    InputError
        If the file cannot be read, is damaged, not in UTF-8, or has a line that is too long.
    """
    with _opened(file) as (raw, stream):
        size = max(1, raw.seek(0, io.SEEK_END))
        raw.seek(0)
        start = _at_line(stream, start)
        while True:
            block = _block(stream, file.name, start, stop)
            if block.end == block.place:
                return
            if block.lines:
                yield replace(block, share=raw.tell() / size)
            start = block.end


def lines_before(file: Readable, offset: int) -> int:
    """Return how many lines of a file begin before the first one that begins at a byte or after it.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    n, left = min(offset, 1), offset - 1
    with _opened(file) as (_, stream):
        while left > 0 and (piece := stream.read(min(left, 1 << 20))):
            n, left = n + piece.count(b"\n"), left - len(piece)
    return n


def _at_line(stream: IO[bytes], start: Place) -> Place:
    """Go to the first line that begins at a place or after it."""
    if not start.offset:
        return start
    offset = stream.seek(start.offset - 1)
    while line := stream.readline(LONGEST):
        offset += len(line)
        if line.endswith(b"\n"):
            break
    return replace(start, offset=offset)


def _block(stream: IO[bytes], name: str, start: Place, stop: int | None) -> Block:
    offset, number, held = start.offset, start.line, 0
    lines: list[bytes] = []
    offsets: list[int] = []
    numbers: list[int] = []
    while len(lines) < DOCUMENTS_AT_ONCE and held < BYTES_AT_ONCE:
        line = stream.readline(LONGEST + 1) if stop is None or offset < stop else b""
        if not line:
            break
        if len(line) > LONGEST:
            raise InputError(f"{name}, line {number + 1}: longer than {LONGEST:,} bytes; split the document")
        number += 1
        text = line if offset else line.removeprefix(codecs.BOM_UTF8)
        if text.strip(strict_json.BLANK):
            lines.append(text)
            offsets.append(offset)
            numbers.append(number)
            held += len(line)
        offset += len(line)
    end = Place(offset, start.row + len(lines), number)
    return Block(name, start, end, 0.0, offsets, lines, numbers)


@contextmanager
def _opened(file: Readable) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Give the file and the stream of its text, which is the same if it is not gzipped."""
    try:
        with file.open("rb") as raw:
            zipped = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
            raw.seek(0)
            if not zipped:
                yield raw, raw
                return
            with gzip.GzipFile(fileobj=raw) as expanded:
                yield raw, io.BufferedReader(expanded, 1 << 20)
    except InputError:
        raise
    except DAMAGED as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{file.name} cannot be read: {reason}") from error
