"""Bytes to documents: JSON, JSON Lines or either gzipped, and where in it the documents lie.

>>> read_json(b'{"type": "FeatureCollection", "features": [{"id": 1}, {"id": 2}]}')
[{'id': 1}, {'id': 2}]
"""

import codecs
import gzip
import io
import os
import re
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from vsaviz import strict_json
from vsaviz.errors import InputError


class Readable(Protocol):
    """A binary file, as far as it is needed here."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        ...


Source = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable

CHUNK = 1 << 24
GZIP_MAGIC = b"\x1f\x8b"
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
FIRST_OF_SEVERAL_LINES = re.compile(rb"[ \t\r\n]*+([^\n]++)\n[ \t\r\n]*+[^ \t\r\n]")
NAMED_AT_MOST = 10


@dataclass(frozen=True)
class Limits:
    """The most that is read: bytes after decompression, and levels of nesting (at most 1,024)."""

    expanded: int = 2 << 30
    depth: int = 500


LIMITS = Limits()


@dataclass(frozen=True)
class Parsed:
    """What a source holds: the top value or, for JSON Lines, the list of the lines' values."""

    name: str
    top: Any = field(repr=False)  # may be large, or hold integers too long for repr
    lines: bool


@dataclass(frozen=True)
class RecordPath:
    """A place where the documents may lie.

    ``pointer`` is a JSON Pointer (RFC 6901), "" for the whole; ``n`` the number of documents;
    ``objects`` whether they are the items of an array, one or more, and all of them objects.
    """

    pointer: str
    n: int
    objects: bool


def read_json(source: Source, record_path: str | None = None) -> list[Any]:
    """Return the documents of a path, bytes or binary file of JSON or JSON Lines, gzipped or not.

    ``record_path`` says where they lie, such as "/data/items"; None takes the likeliest place.

    Raises
    ------
    InputError
        If the source cannot be read, is not JSON, or has no documents at ``record_path``.
    """
    return records(parse(source), record_path)


def parse(source: Source, name: str | None = None, limits: Limits = LIMITS) -> Parsed:
    r"""Return what ``source`` holds; ``name`` stands in messages, by default the file's name.

    A str is always a path. JSON Lines are known by content: the first line is a complete value,
    and more follow.

    Raises
    ------
    InputError
        If the source cannot be read, is too large, or is not JSON.

    >>> parse(b'{"a": 1}\n{"a": 2}\n').top
    [{'a': 1}, {'a': 2}]
    """
    name = name or _name(source)
    text = _utf8(_expanded(_read(source, name, limits), name, limits), name)
    first = FIRST_OF_SEVERAL_LINES.match(text)
    lines = first is not None and strict_json.is_json(first[1])
    load = strict_json.loads_lines if lines else strict_json.loads
    try:
        return Parsed(name, load(text, limits.depth), lines)
    except strict_json.TextError as error:
        place = f"{name}, line {error.line}, column {error.column}"
        raise InputError(f"{place}: {error.reason}") from error


def record_paths(parsed: Parsed) -> list[RecordPath]:
    """Return where the documents may lie, the likeliest first; "" is always among them.

    The likeliest is the largest array of objects, then the whole, then other arrays.

    >>> record_paths(parse(b'{"status": 200, "data": {"items": [{}, {}]}, "tags": ["a"]}'))
    [RecordPath(pointer='/data/items', n=2, objects=True),
     RecordPath(pointer='', n=1, objects=False),
     RecordPath(pointer='/tags', n=1, objects=False)]
    """
    paths = [
        RecordPath(pointer, len(items), _is_array_of_objects(parsed, pointer, items))
        for pointer, items in _candidates(parsed)
    ]
    return sorted(paths, key=lambda path: -path.n if path.objects else 0)


def records(parsed: Parsed, pointer: str | None = None) -> list[Any]:
    """Return the documents at ``pointer``, by default at the likeliest of ``record_paths``.

    Raises
    ------
    InputError
        If ``pointer`` is not among ``record_paths``.
    """
    if pointer is None:
        pointer = record_paths(parsed)[0].pointer
    candidates = dict(_candidates(parsed))
    try:
        return candidates[pointer]
    except KeyError:
        known = ", ".join(repr(path.pointer) for path in record_paths(parsed)[:NAMED_AT_MOST])
        raise InputError(f"{parsed.name}: no documents at {pointer!r}; known: {known}") from None


def _candidates(parsed: Parsed) -> Iterator[tuple[str, list[Any]]]:
    """Yield (pointer, documents): the whole, then arrays in nested objects, shallowest first."""
    yield "", parsed.top if isinstance(parsed.top, list) else [parsed.top]
    queue = deque([("", parsed.top)])
    while queue:
        parent, value = queue.popleft()
        if not isinstance(value, dict):
            continue
        for key, child in value.items():
            pointer = f"{parent}/{key.replace('~', '~0').replace('/', '~1')}"
            if isinstance(child, list):
                yield pointer, child
            elif isinstance(child, dict):
                queue.append((pointer, child))


def _is_array_of_objects(parsed: Parsed, pointer: str, items: list[Any]) -> bool:
    is_array = pointer != "" or isinstance(parsed.top, list)
    return is_array and bool(items) and all(isinstance(item, dict) for item in items)


def _name(source: Source) -> str:
    named = source if isinstance(source, str | os.PathLike) else getattr(source, "name", None)
    return Path(named).name if isinstance(named, str | os.PathLike) else "input"


def _read(source: Source, name: str, limits: Limits) -> bytes:
    try:
        with _opened(source) as stream:
            return _drained(stream, name, limits)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        raise InputError(_unreadable(source, name, error)) from error


def _opened(source: Source) -> AbstractContextManager[Readable]:
    """Return a stream of the source's bytes; a file object of the caller's stays open."""
    if isinstance(source, bytes | bytearray | memoryview):
        return io.BytesIO(source)
    if isinstance(source, str | os.PathLike):
        return Path(source).open("rb")
    if hasattr(source, "read"):
        return nullcontext(source)
    raise InputError(f"expected a path, bytes or a binary file, got {type(source).__name__}")


def _unreadable(source: Source, name: str, error: OSError | ValueError) -> str:
    if isinstance(source, str) and source.lstrip()[:1] in ("{", "["):
        return f"no file {source[:40]!r}: a str is a path, give JSON text as bytes: text.encode()"
    place = repr(str(source)) if isinstance(source, str | os.PathLike) else name
    return f"{place} cannot be read: {getattr(error, 'strerror', None) or error}"


def _drained(stream: Readable, name: str, limits: Limits) -> bytes:
    """Return all of ``stream``, read in pieces so that the limit holds before memory runs out."""
    pieces, size = [], 0
    while piece := stream.read(CHUNK):
        if not isinstance(piece, bytes):
            raise InputError(f"{name}: the file is open as text: open it with mode 'rb'")
        size += len(piece)
        if size > limits.expanded:
            raise InputError(f"{name}: more than {limits.expanded:,} bytes: split the file")
        pieces.append(piece)
    return b"".join(pieces)


def _expanded(data: bytes, name: str, limits: Limits) -> bytes:
    if not data.startswith(GZIP_MAGIC):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return _drained(stream, name, limits)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{name}: gzip data damaged or cut short ({error}): copy it anew") from error


def _utf8(data: bytes, name: str) -> bytes:
    """Return ``data`` without a byte order mark, if it can be JSON in UTF-8 at all."""
    if data.startswith(WIDE_MARKS) or b"\0" in data[:2]:
        width = 32 if b"\0\0" in data[:4] else 16
        raise InputError(f"{name}: encoded as UTF-{width}: save it as UTF-8")
    text = data.removeprefix(codecs.BOM_UTF8)
    if not text.strip(strict_json.BLANK):
        raise InputError(f"{name}: empty: expected a JSON value, or one on each line")
    return text
