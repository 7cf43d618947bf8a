"""Which files there are to read, and the pieces that they are cut into."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vsaviz.distributed.engine import fsspec
from vsaviz.distributed.pieces import Piece, is_parquet
from vsaviz.distributed.store import Options, StoredFile, full
from vsaviz.errors import InputError
from vsaviz.streaming import Identity

ENDINGS = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz", ".parquet")
"""What the names of files end in that are read of a folder."""
PIECE = 1 << 26
MARKS = ("ETag", "etag", "mtime", "LastModified", "updated", "last_modified", "created")
"""What stores say by which a file is known to be the one of before: the first of these that there is."""


@dataclass(frozen=True)
class Documents:
    """Documents in many files: JSON Lines, gzipped or not, and Parquet.

    Parameters
    ----------
    url
        A folder, of which files with one of the ``ENDINGS`` are read, those of its folders too; a pattern
        such as ``s3://bucket/logs/2026-*.ndjson.gz``; or one file. Another ending is read as JSON Lines.
    column
        The column of Parquet files that holds a document as JSON text. None: each row is a document, its
        columns are its keys, and no value is null.
    piece
        Bytes that one task reads. Only JSON Lines that are not gzipped can be cut; other files are one task
        each, so many of some 100 MB are better than a large one.
    options
        What fsspec needs to reach the store. They are sent to workers: leave secrets in the environment.
    """

    url: str | os.PathLike[str]
    column: str | None = None
    piece: int = PIECE
    options: Options = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.piece < 1:
            raise ValueError(f"a piece has at least 1 byte, got {self.piece}")
        object.__setattr__(self, "url", full(self.url, self.options))

    def found(self) -> list["Found"]:
        """Return the files that are there now, by name.

        Raises
        ------
        InputError
            If there is none, or the place cannot be read.
        """
        try:
            found = sorted(self._found(), key=lambda one: one.file.name)
        except OSError as error:
            raise InputError(f"{self.url} cannot be read: {error.strerror or error}") from error
        if not any(one.size for one in found):
            raise InputError(f"{self.url} has no documents; name a folder of files {', '.join(ENDINGS)}")
        return found

    def _found(self) -> Iterator["Found"]:
        fs, root = fsspec.url_to_fs(str(self.url), **self.options)
        fs.invalidate_cache()
        if fsspec.core.has_magic(root):
            infos, base = fs.glob(root, detail=True), re.split(r"[*?\[]", root, maxsplit=1)[0]
            base = base.rpartition("/")[0]
        elif fs.isdir(root):
            infos, base = fs.find(root, detail=True), root
            infos = {path: info for path, info in infos.items() if path.endswith(ENDINGS)}
        else:
            infos, base = {root: fs.info(root)}, root.rpartition("/")[0]
        for path, info in infos.items():
            if info["type"] == "file":
                name = path[len(base) :].lstrip("/")
                file = StoredFile(fs.unstrip_protocol(path), name, self.options)
                yield Found(file, int(info["size"] or 0), _mark(info))

    def pieces(self, found: list["Found"]) -> list[Piece]:
        """Return what tasks read, in order."""
        return [
            Piece(number, file, start, stop, self.column)
            for number, (file, start, stop) in enumerate(
                (one.file, start, stop) for one in found for start, stop in one.cuts(self.piece)
            )
        ]


@dataclass(frozen=True)
class Found:
    """A file with its size in bytes, and what tells that it is still the same."""

    file: StoredFile
    size: int
    mark: str

    def cuts(self, piece: int) -> Iterator[tuple[int, int | None]]:
        """Yield where pieces begin and end; None is the end of the file."""
        if self.file.name.endswith(".gz") or is_parquet(self.file):
            yield from [(0, None)] * (self.size > 0)
            return
        for start in range(0, self.size, piece):
            yield start, min(start + piece, self.size)


def identity(documents: Documents, found: list[Found]) -> Identity:
    """Return what tells whether all files are those of before."""
    told = "".join(f"{one.file.name}\0{one.size}\0{one.mark}\n" for one in found)
    head = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Identity(str(documents.url), sum(one.size for one in found), 0, head)


def _mark(info: dict[str, Any]) -> str:
    return next((str(info[name]) for name in MARKS if info.get(name)), "")
