"""What a folder of vectors says about itself: of which input and encoder, and which parts are whole."""

from dataclasses import asdict, dataclass
from pathlib import Path as File
from typing import Any

import orjson

from vsaviz.durable import write_durably
from vsaviz.errors import InputError
from vsaviz.ingest import parse
from vsaviz.streaming.lines import Place
from vsaviz.streaming.source import Identity

NAME = "manifest.json"
FORMAT = "vsaviz vectors"
VERSION = 1


@dataclass(frozen=True)
class Part:
    """A Parquet file that is whole: its rows, and where in the input these begin and end."""

    name: str
    place: Place
    end: Place
    file: str = ""
    """The file that it was made of, where there are several; its byte offsets are of that file."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.end.row - self.place.row


@dataclass(frozen=True)
class Manifest:
    """The state of a folder of vectors."""

    input: Identity
    settings: dict[str, Any]
    """Those of the vectorizer: all that vectors depend on beside the input."""
    layout: dict[str, Any]
    """Where in the input the documents lie, and how vectors are kept."""
    fingerprint: str
    """128 bits of BLAKE2b of the encoder's plain JSON, in hexadecimal."""
    width: int
    parts: tuple[Part, ...] = ()
    finished: bool = False

    @property
    def end(self) -> Place:
        """Where in the input to go on."""
        return self.parts[-1].end if self.parts else Place()

    @property
    def rows(self) -> int:
        """How many documents have their vectors in parts."""
        return self.end.row

    @property
    def text(self) -> bytes:
        """The manifest as it stands in its folder."""
        data = {"format": FORMAT, "version": VERSION, "rows": self.rows, **asdict(self)}
        return orjson.dumps(data, option=orjson.OPT_INDENT_2)

    def write(self, folder: File) -> "Manifest":
        """Put it into the folder, durably, and return it."""
        write_durably(folder / NAME, self.text)
        return self

    def check(self, identity: Identity, chosen: dict[str, Any], folder: object) -> None:
        """Raise InputError if a folder was begun with another input, or with other settings or layout."""
        if self.input != identity:
            raise InputError(
                f"{folder} was begun with another input, {self.input.name} of {self.input.size:,} "
                "bytes (name, size, time or beginning differ); encode into a new folder"
            )
        begun = self.settings | self.layout
        for name, value in chosen.items():
            if begun.get(name) != value:
                was = f"{name} = {begun.get(name)!r}, not {value!r}"
                raise InputError(f"{folder} was begun with {was}; encode into a new folder")


def read_manifest(folder: str | File) -> Manifest:
    """Return the manifest of a folder.

    Raises
    ------
    InputError
        If there is none, or it is damaged, or of another version.
    """
    file = File(folder, NAME)
    if not file.is_file():
        raise InputError(f"{folder} is no folder of vectors: it has no {NAME}; make one with vsaviz encode")
    return manifest_of(file.read_bytes(), str(file))


def manifest_of(text: bytes, file: str) -> Manifest:
    """Return the manifest of a text; ``file`` is named where it is damaged.

    Raises
    ------
    InputError
        As ``read_manifest``.
    """
    top = parse(text, file).top
    if not isinstance(top, dict) or top.get("format") != FORMAT or top.get("version") != VERSION:
        raise InputError(f'{file} is not "format": "{FORMAT}" of version {VERSION}; encode into a new folder')
    try:
        return Manifest(
            Identity(**top["input"]),
            dict(top["settings"]),
            dict(top["layout"]),
            top["fingerprint"],
            top["width"],
            tuple(
                Part(one["name"], Place(**one["place"]), Place(**one["end"]), one["file"])
                for one in top["parts"]
            ),
            top["finished"] is True,
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"{file} is damaged ({error}); encode into a new folder") from error


def _part(told: dict[str, Any]) -> Part:
    return Part(told["name"], Place(**told["place"]), Place(**told["end"]), told.get("file", ""))
