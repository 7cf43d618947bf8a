"""Files that outlive a power cut: what is acknowledged has reached the disk, in the order that it must."""

import os
from pathlib import Path as File

Seen = tuple[str, int, int, int]
"""A file's path, number, size and time: another file in its place differs in one of them."""


def write_durably(file: File, data: bytes) -> None:
    """Write a file so that after a kill or a power cut it is as before or whole, never in between."""
    part = file.with_name(f"{file.name}.part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
    sync(file.parent)


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
