"""One writer at a time: a lock that the system takes away from a process that dies."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as File
from typing import IO

from vsaviz.errors import InputError

try:
    import fcntl
except ImportError:  # Windows: writers must not meet
    fcntl = None  # type: ignore[assignment]

LOCK = "lock"
WAIT = 10.0
"""Seconds that a writer waits for another one."""
AGAIN = 0.02


@contextmanager
def writing(folder: File, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock of a folder; whoever holds it alone may write there.

    Raises
    ------
    InputError
        If another process holds it all the time.
    """
    with (folder / LOCK).open("ab") as file:
        _lock(file, folder, time.monotonic() + wait)
        yield  # closing the file unlocks it


def _lock(file: IO[bytes], folder: File, until: float) -> None:
    while fcntl is not None:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise InputError(
                    f"{folder}: another process is writing to this collection; try again when it is done"
                ) from None
            time.sleep(AGAIN)
    return None
