"""What a person gave: uploaded files, pasted text, or the file of the command line."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import streamlit as st

from vsaviz import shipped
from vsaviz.errors import InputError
from vsaviz.ingest import Source
from vsaviz.ui.memory import remembered

GIVEN = "Given file"
UPLOADED = "Your files"
PASTED = "Pasted text"


@dataclass(frozen=True)
class Given:
    """Files by name; ``key`` is the same whenever names and contents are, in any run and visit."""

    key: str
    sources: Sequence[tuple[str, Source]]


def given(collection: str) -> Given | None:
    """Return what a person gave under this name, or None where there is nothing yet.

    Raises
    ------
    InputError
        If the file of the command line is gone.
    """
    return KINDS[collection]()


def _uploaded() -> Given | None:
    files: list[Any] = st.session_state.get("upload") or []
    if not files:
        return None
    # Each run hands over the same bytes again, with the same number: they are read through only once.
    numbers = tuple(file.file_id for file in files)
    sources = [(file.name, file.getvalue()) for file in files]
    return Given(remembered("upload", numbers, lambda: _digest(sources)), sources)


def _pasted() -> Given | None:
    text = st.session_state.get("paste") or ""
    if not text.strip():
        return None
    sources = [("pasted text", text.encode("utf-8", "surrogatepass"))]
    return Given(_digest(sources), sources)


def _of_command_line() -> Given:
    path = Path(os.environ[shipped.GIVEN_FILE])
    try:
        state = path.stat()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}") from error
    return Given(f"{path} {state.st_mtime_ns} {state.st_size}", [(path.name, path)])


KINDS: dict[str, Callable[[], Given | None]] = {
    GIVEN: _of_command_line,
    UPLOADED: _uploaded,
    PASTED: _pasted,
}


def _digest(sources: Sequence[tuple[str, bytes]]) -> str:
    digest = blake2b(digest_size=16)
    for name, data in sources:
        digest.update(f"{name!r} {len(data)} ".encode("utf-8", "surrogatepass"))
        digest.update(data)
    return digest.hexdigest()
