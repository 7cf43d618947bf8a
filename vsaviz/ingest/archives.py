"""The files in a ZIP archive, one after the other. Nothing is written to disk: names are names only."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from vsaviz.errors import InputError
from vsaviz.ingest.left_out import LeftOut
from vsaviz.ingest.limits import Budget
from vsaviz.ingest.sources import GZIP_MAGIC, drained

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY = b"PK\x01\x02"
"""What every entry of an archive's list of files begins with."""
ENCRYPTED = 1
JSON_NAME = re.compile(r"\.(json|jsonl|ndjson|geojson|jsonld|topojson|har)(\.gz)?$", re.IGNORECASE)
HIDDEN = re.compile(r"(^|/)(__MACOSX/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)")
"""What operating systems put into archives."""
LIKE_JSON = re.compile(rb"(\xef\xbb\xbf)?[ \t\r\n]*+[\[{]")
DAMAGED = (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
"""RuntimeError where something is asked for that the library cannot do, such as a later version."""


@dataclass(frozen=True)
class Member:
    """A file of an archive, named archive/member, and its bytes."""

    name: str
    data: bytes
    meant: bool
    """Whether its name says that it is JSON; of others some are, too."""


def is_archive(data: bytes) -> bool:
    """Return whether the bytes are those of a ZIP archive."""
    return data.startswith(ZIP_MAGIC)


def members(data: bytes, name: str, budget: Budget) -> Iterator[Member | LeftOut]:
    """Yield the files of an archive that may be JSON, and what is left out of the others.

    Raises
    ------
    InputError
        If the archive is damaged, or too much.
    """
    # The library reads the whole list before it can be asked how long it is.
    budget.spend("files", data.count(ENTRY), name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise InputError(f"{name}: ZIP archive damaged or cut short ({error}): copy it anew") from error
    with archive:
        for info in archive.infolist():
            if not info.filename.endswith("/"):  # a folder; is_dir() fails where there is no name
                yield _member(archive, info, f"{name}/{info.filename}", budget)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget) -> Member | LeftOut:
    if HIDDEN.search(info.filename):
        return _foreign(name, "a file of the operating system")
    if info.flag_bits & ENCRYPTED:
        return LeftOut(name, (f"{name}: encrypted: extract it and add what it holds",))
    try:
        with archive.open(info) as stream:
            data = drained(stream, name, budget, info.compress_size)
    except InputError:
        raise
    except DAMAGED as error:
        return LeftOut(name, (f"{name}: damaged in the archive ({error}): pack it anew",))
    if is_archive(data):
        return _foreign(name, "an archive within an archive: extract it and add what it holds")
    meant = JSON_NAME.search(info.filename) is not None
    if meant or LIKE_JSON.match(data) or data.startswith(GZIP_MAGIC):
        return Member(name, data, meant)
    return _foreign(name, "not JSON")


def _foreign(name: str, reason: str) -> LeftOut:
    return LeftOut(name, (f"{name}: {reason}",), foreign=True)
