"""What a collection's folder says about itself: its format, and the encoder that made its vectors."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path as File
from typing import Any, Self

import orjson

from vsaviz.durable import write_durably
from vsaviz.errors import InputError
from vsaviz.ingest import parse

NAME = "collection.json"
FORMAT = "vsaviz collection"
VERSION = 1


def is_collection(folder: str | File) -> bool:
    """Return whether a folder holds a collection, if only a begun one."""
    return File(folder, NAME).is_file()


def is_complete(folder: str | File) -> bool:
    """Return whether a folder holds a collection whose creation was not stopped.

    Raises
    ------
    InputError
        As ``read_manifest``.
    """
    return is_collection(folder) and read_manifest(File(folder)).complete


@dataclass(frozen=True)
class Manifest:
    """The settings of a collection, and where its ids go on."""

    fingerprint: str
    """Of the encoder."""
    scheme: str
    dimensions: int
    width: int
    """Of the vectors."""
    complete: bool = False
    """False while the collection is being created."""
    next: int = 0
    """Ids below this may have been given to documents that are deleted: new ones are not below it."""

    def write(self, folder: File) -> Self:
        """Put it into the folder, durably."""
        data = {"format": FORMAT, "version": VERSION, **asdict(self)}
        write_durably(folder / NAME, orjson.dumps(data, option=orjson.OPT_INDENT_2))
        return self

    def completed(self) -> "Manifest":
        """Return the same as a collection that can be opened."""
        return replace(self, complete=True)

    def with_next(self, number: int) -> "Manifest":
        """Return the same with ids that go on no earlier than here."""
        return replace(self, next=max(self.next, number))


def read_manifest(folder: File) -> Manifest:
    """Return the manifest of a folder.

    Raises
    ------
    InputError
        If there is no collection, one of another version of the format, or a damaged manifest.
    """
    if not is_collection(folder):
        raise InputError(f"{folder} is no collection: it has no {NAME}; create one there first")
    top = parse(folder / NAME).top
    if not isinstance(top, dict) or top.get("format") != FORMAT:
        raise InputError(f'{folder / NAME} lacks "format": "{FORMAT}"; this folder is no collection')
    if top.get("version") != VERSION:
        raise InputError(
            f"{folder} has version {top.get('version')!r} of the format, and this vsaviz reads {VERSION}; "
            "index its documents again"
        )
    values = {name: _value(folder, top, name, kind) for name, kind in Manifest.__annotations__.items()}
    return Manifest(**values)


def _value(folder: File, top: dict[str, Any], name: str, kind: type) -> Any:
    value = top.get(name)
    if type(value) is not kind or (isinstance(value, int) and value < 0):
        raise InputError(f"{folder / NAME}, at /{name}: must be of type {kind.__name__}, got {value!r}")
    return value
