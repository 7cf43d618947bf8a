"""The collections that a server offers: those in one folder, by name, and nothing else of its disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path as File

from vsaviz.collection.manifest import NAME, is_collection
from vsaviz.collection.reader import Reader
from vsaviz.collection.table import VERSIONS
from vsaviz.errors import InputError


@dataclass(frozen=True)
class Offered:
    """What is said of a collection before it is opened."""

    name: str
    documents: int
    scheme: str
    dimensions: int
    indexed: bool
    """Whether it has an approximate index."""
    written: date
    """The day, in UTC, on which it was last written to."""


def offered(folder: str | File, name: str) -> Offered:
    """Return what is to be said of a collection of a folder; raises InputError where it cannot be read."""
    path = offered_path(folder, name)
    with by_name(path):
        about = Reader(path).about()
        written = max(File(path, part).stat().st_mtime for part in (NAME, VERSIONS))
    day = datetime.fromtimestamp(written, UTC).date()
    return Offered(name, about.documents, about.scheme, about.dimensions, about.indexed is not None, day)


def offered_names(folder: str | File) -> list[str]:
    """Return the names of the collections that are direct children of a folder; none if it is not there.

    Left out are hidden folders, and links: neither the child nor anything at its top may lead elsewhere.
    """
    try:
        children = sorted(File(folder).iterdir())
    except OSError:
        return []
    return [child.name for child in children if _is_offered(child)]


def _is_offered(child: File) -> bool:
    if child.name.startswith(".") or child.is_symlink():
        return False
    try:
        return is_collection(child) and not any(entry.is_symlink() for entry in child.iterdir())
    except OSError:  # nobody may look into it
        return False


def offered_path(folder: str | File, name: str) -> File:
    """Return where a collection of this name lies.

    Raises
    ------
    InputError
        If it is none of ``offered_names``: a name is looked up among them, and is never made a path unseen.
    """
    if name not in offered_names(folder):
        raise InputError(f"there is no collection {name[:60]!r} here")
    return File(folder) / name


def state_of(path: str | File) -> str:
    """Return what changes whenever documents come or go, or an index is built.

    Raises
    ------
    InputError
        If it is gone.
    """
    try:
        seen = [File(path, name).stat() for name in (NAME, VERSIONS)]
        n = sum(1 for _ in File(path, VERSIONS).iterdir())
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    return " ".join(f"{one.st_mtime_ns} {one.st_ino}" for one in seen) + f" {n}"


@contextmanager
def by_name(path: File) -> Iterator[None]:
    """Name a collection in messages by its name alone: where it lies on the disk is nobody's business.

    Raises
    ------
    InputError
        Also where LanceDB fails: another process may have joined or removed what is read.
    """
    try:
        yield
    except InputError as error:
        inside = str(path).strip("/")  # as LanceDB writes it
        text = str(error).replace(str(path), path.name).replace(inside, path.name)
        raise InputError(text) from error
    except (RuntimeError, OSError) as error:
        raise InputError(
            f"{path.name} cannot be read just now: another process may be changing it; try again"
        ) from error
