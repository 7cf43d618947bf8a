"""Files that are whole or not there: written to another name, brought to the disk, then renamed."""

import os
from collections.abc import Callable
from pathlib import Path as File

PART = ".part"
"""What the name of an unfinished file ends in."""


def written(file: File, write: Callable[[File], None]) -> None:
    """Put a file in its place that ``write`` makes: after a kill or a power cut it is as before, or whole."""
    part = file.with_name(file.name + PART)
    write(part)
    sync(part)
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
