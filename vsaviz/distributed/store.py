"""Files and folders by their URL, on a disk or in an object store: the same for client and workers."""

import io
import os
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from tempfile import TemporaryDirectory
from typing import IO, Any, Literal, cast

from vsaviz.distributed.engine import fsspec
from vsaviz.durable import PART, written

BUFFER = 1 << 20
Options = Mapping[str, Any]
"""What fsspec takes for a kind of store, such as an endpoint; secrets belong into the environment."""


def full(url: str | os.PathLike[str], options: Options) -> str:
    """Return a URL that means the same on every machine that sees the place, wherever it is run from."""
    fs, path = fsspec.url_to_fs(str(url), **options)
    return str(fs.unstrip_protocol(path))


@dataclass(frozen=True)
class StoredFile:
    """A file by its URL, with the name that messages give; it opens as a path does."""

    url: str
    name: str
    options: Options = field(default_factory=dict, hash=False)

    def open(self, mode: Literal["rb"] = "rb") -> IO[bytes]:
        """Return its bytes; OSError if there are none."""
        fs, path = fsspec.url_to_fs(self.url, **self.options)
        if _local(fs):
            return File(path).open(mode)
        return cast("IO[bytes]", io.BufferedReader(fs.open(path, mode), BUFFER))


@dataclass(frozen=True)
class Store:
    """A folder by its URL. What is put there is whole or not there, on whatever it lies."""

    url: str
    options: Options = field(default_factory=dict, hash=False)

    def file(self, name: str) -> StoredFile:
        """Return a file of the folder, whether it is there or not."""
        return StoredFile(f"{self.url.rstrip('/')}/{name}", name, self.options)

    def names(self) -> set[str]:
        """Return the names of what is there now; none if there is no such folder."""
        fs, path = fsspec.url_to_fs(self.url, **self.options)
        fs.invalidate_cache()
        try:
            return {one.rstrip("/").rsplit("/", 1)[-1] for one in fs.ls(path, detail=False)}
        except FileNotFoundError:
            return set()

    def has(self, name: str) -> bool:
        """Return whether there is a file of this name now."""
        fs, path = self._at(name)
        fs.invalidate_cache()
        return bool(fs.exists(path))

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        with self.file(name).open() as stream:
            return stream.read()

    def put(self, name: str, write: Callable[[File], None]) -> None:
        """Put a file that ``write`` makes; who writes it at the same time puts the same.

        On a disk it is written beside its place, synced and renamed. Elsewhere it is made in a temporary
        file, sent under another name, and moved.
        """
        fs, path = self._at(name)
        writer = f".{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}"
        if _local(fs):
            File(path).parent.mkdir(parents=True, exist_ok=True)
            written(File(path), write, writer)
            return
        with TemporaryDirectory() as folder:
            file = File(folder, name)
            write(file)
            fs.put_file(str(file), f"{path}{writer}{PART}")
            fs.mv(f"{path}{writer}{PART}", path)

    def put_bytes(self, name: str, data: bytes) -> None:
        """Put a file of these bytes."""

        def write(file: File) -> None:
            file.write_bytes(data)

        self.put(name, write)

    def clear(self) -> None:
        """Remove what writers that were killed have left unfinished."""
        for name in self.names():
            if name.endswith(PART):
                fs, path = self._at(name)
                fs.rm_file(path)

    def _at(self, name: str) -> tuple[Any, str]:
        found: tuple[Any, str] = fsspec.url_to_fs(self.file(name).url, **self.options)
        return found


def _local(fs: Any) -> bool:
    return isinstance(fs, fsspec.implementations.local.LocalFileSystem)
