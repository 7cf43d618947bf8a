"""A path, bytes or a binary file to its bytes, expanded where they are gzipped, within the limits."""

import codecs
import gzip
import io
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from vsaviz.errors import InputError
from vsaviz.ingest.limits import Budget


class Readable(Protocol):
    """A binary file, as far as it is needed here."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, none at the end."""
        ...


Source = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable

CHUNK = 1 << 22
GZIP_MAGIC = b"\x1f\x8b"
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
NOT_BLANK = re.compile(rb"[^ \t\r\n]")
FREE_EXPANSION = 1 << 24
"""Bytes that compressed data may become however small it is: they cost nothing."""


def name_of(source: Source) -> str:
    """Return the file's name, or "input" where there is none."""
    named = source if isinstance(source, str | os.PathLike) else getattr(source, "name", None)
    return Path(named).name if isinstance(named, str | os.PathLike) else "input"


def contents(source: Source, name: str, budget: Budget) -> bytes:
    """Return the bytes of ``source`` as they are; what they become is counted where it is known.

    Raises
    ------
    InputError
        If the source cannot be read or is too large.
    """
    if isinstance(source, bytes):
        budget.check("bytes", len(source), name)
        return source
    try:
        with _opened(source) as stream:
            return _joined(_pieces(stream, name), name, budget)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        raise InputError(_unreadable(source, name, error)) from error


def expanded(data: bytes, name: str, budget: Budget) -> bytes:
    """Return ``data``, gunzipped if it is gzipped, and count it.

    Raises
    ------
    InputError
        If the data is damaged, or becomes too large.
    """
    if data.startswith(GZIP_MAGIC):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
                data = drained(stream, name, budget, len(data))
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{name}: gzip data damaged or cut short ({error}): copy it anew") from error
    budget.spend("bytes", len(data), name)
    return data


def drained(stream: Readable, name: str, budget: Budget, packed: int) -> bytes:
    """Return all that ``packed`` compressed bytes become, stopped as soon as that is too much."""
    most = max(packed * budget.limits.expansion, FREE_EXPANSION)
    return _joined(_pieces(stream, name), name, budget, most)


def utf8(data: bytes, name: str) -> bytes:
    """Return ``data`` without a byte order mark, if it can be JSON in UTF-8 at all.

    Raises
    ------
    InputError
        If it is empty or in another encoding.
    """
    if data.startswith(WIDE_MARKS) or b"\0" in data[:2]:
        width = 32 if b"\0\0" in data[:4] else 16
        raise InputError(f"{name}: encoded as UTF-{width}: save it as UTF-8")
    text = data.removeprefix(codecs.BOM_UTF8)
    if not NOT_BLANK.search(text):
        raise InputError(f"{name}: empty: expected a JSON value, or one on each line")
    return text


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


def _pieces(stream: Readable, name: str) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        if not isinstance(piece, bytes):
            raise InputError(f"{name}: the file is open as text: open it with mode 'rb'")
        yield piece


def _joined(pieces: Iterator[bytes], name: str, budget: Budget, most: int | None = None) -> bytes:
    """Return all pieces as one; the limits hold before memory runs out."""
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        budget.check("bytes", size, name)
        if most is not None and size > most:
            raise budget.limits.error("expansion", name)
        kept.append(piece)
    return b"".join(kept)
