"""What there is to say of a collection without reading its documents."""

import os
from dataclasses import dataclass
from pathlib import Path as File


@dataclass(frozen=True)
class About:
    """A collection at a glance."""

    documents: int
    scheme: str
    dimensions: int
    width: int
    """Of the vectors."""
    fingerprint: str
    """Of the encoder."""
    indexed: int | None
    """How many documents the approximate index covers; None if there is none."""
    bytes: int
    """Of the folder."""


def bytes_below(folder: File) -> int:
    """Return what all files below a folder take."""
    return sum(File(at, name).stat().st_size for at, _, names in os.walk(folder) for name in names)
