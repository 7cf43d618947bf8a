"""What comes with the app: the small collections to look at before having data of one's own."""

import gzip
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

GIVEN_FILE = "VSAVIZ_FILE"
"""The environment variable in which the command line hands a file to the app."""
HERE_ALONE = "127.0.0.1"
"""The address under which a machine reaches itself, and no other reaches it."""
COLLECTIONS = "VSAVIZ_COLLECTIONS"
"""The environment variable that names a folder of collections on disk, for everybody who opens the app."""


@dataclass(frozen=True)
class Collection:
    """Documents with a label for each, which is not part of the document."""

    name: str
    about: str
    label: str
    labels: list[str]
    documents: list[Any]


def server(port: int, host: str = HERE_ALONE) -> list[str]:
    """Return the command that serves the app; Streamlit finds theme and limits if run in ``share()``."""
    script = Path(__file__).parent / "ui" / "serving" / "server.py"
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    return [*command, f"--server.port={port}", f"--server.address={host}"]


def share() -> Path:
    """Return the folder that holds app.py, its theme and the collections, installed or in a checkout."""
    installed = Path(__file__).parent / "share"
    return installed if installed.is_dir() else Path(__file__).parent.parent


def names() -> list[str]:
    """Return the names of the shipped collections."""
    return sorted(path.name.removesuffix(".json.gz") for path in (share() / "datasets").glob("*.json.gz"))


def load(name: str) -> Collection:
    """Return a shipped collection.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if name not in names():
        raise ValueError(f"no shipped collection {name!r}; there are: {', '.join(names())}")
    whole = orjson.loads(gzip.decompress((share() / "datasets" / f"{name}.json.gz").read_bytes()))
    label = whole["label"]
    return Collection(name, whole["about"], label["name"], label["values"], whole["documents"])
