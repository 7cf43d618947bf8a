"""What all commands share: the file that they read, and what they write to the terminal."""

import argparse
import sys
from pathlib import Path
from typing import Any

from vsaviz import ingest
from vsaviz.errors import InputError
from vsaviz.ingest.left_out import BrokenParts, listed


def say(text: str) -> None:
    """Write a line to standard error: progress and complaints."""
    sys.stderr.write(text + "\n")


def show(text: str) -> None:
    """Write a line to standard output: results."""
    sys.stdout.write(text + "\n")


def plain(text: str) -> str:
    """Return a text on one line, without control codes."""
    return "".join(character if character.isprintable() else " " for character in text)


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add the file with the documents to a command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="JSON or JSON Lines, gzipped or not, or a ZIP archive of them"
    )
    parser.add_argument(
        "--record-path", metavar="POINTER", help="where the documents lie, such as /data/items"
    )
    parser.add_argument(
        "--skip-broken", action="store_true", help="go on without lines and files that are no JSON; say which"
    )


def read_documents(options: argparse.Namespace) -> list[Any]:
    """Return the documents of the file; say what is left out of it.

    Raises
    ------
    InputError
        If it cannot be read or has none.
    """
    say(f"reading {Path(options.file).name}")
    try:
        files = ingest.read_files(
            [(None, options.file)], broken="leave out" if options.skip_broken else "refuse"
        )
    except BrokenParts as error:
        raise InputError(
            f"{listed(error.left_out)}: mend this, or go on without it: --skip-broken"
        ) from error
    if files.left_out:
        say(f"left out: {plain(listed(files.left_out))}")
    documents, _ = files.documents(options.record_path)
    if not documents:
        raise InputError(f"{options.file}: no documents here; name another --record-path")
    return documents


def field_weight(text: str) -> tuple[str, float]:
    """Return a field's name and its weight; names may hold an equals sign, numbers do not."""
    name, _, number = text.rpartition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be FIELD=NUMBER, got {text!r}") from None
