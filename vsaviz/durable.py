"""Files that outlive a power cut: what is acknowledged has reached the disk, in the order that it must."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path as File

PART = ".part"
"""What the name of an unfinished file ends in."""

Seen = tuple[str, int, int, int]
"""A file's path, number, size and time: another file in its place differs in one of them."""


@contextmanager
def placed(file: File, writer: str = "") -> Iterator[File]:
    """Give another name to write to; in the end, what is there is put in its place, on the disk.

    After a kill or a power cut the file is as before, or whole. Writers that may meet need other names each.
    """
    part = file.with_name(f"{file.name}{writer}{PART}")
    try:
        yield part
        sync(part)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync(file.parent)


def written(file: File, write: Callable[[File], None], writer: str = "") -> None:
    """Put a file in its place that ``write`` makes."""
    with placed(file, writer) as part:
        write(part)


def write_durably(file: File, data: bytes) -> None:
    """Put a file of these bytes in its place."""
    with placed(file) as part:
        part.write_bytes(data)


def sync(place: File) -> None:
    """Return when a file, or the names in a folder, have reached the disk."""
    if os.name == "nt" and place.is_dir():  # folders cannot be opened there, and need not be
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Synced:
    """A folder whose new files are made to reach the disk.

    LanceDB renames whole files into place and never waits for the disk: a killed process loses nothing by
    that, a power cut might. Files that were there once are never written again, so each is synced once.
    """

    def __init__(self, folder: File):
        self._folder = folder
        self._seen: set[Seen] = set()

    def sync(self) -> None:
        """Return when all files below the folder, and their names, have reached the disk."""
        found = set()
        for directory, _, names in os.walk(self._folder):
            new = []
            for name in names:
                file = File(directory, name)
                status = file.stat()
                seen = (str(file), status.st_ino, status.st_size, status.st_mtime_ns)
                found.add(seen)
                if seen not in self._seen:
                    new.append(file)
            for file in new:
                sync(file)
            if new:
                sync(File(directory))
        sync(self._folder)
        self._seen = found
