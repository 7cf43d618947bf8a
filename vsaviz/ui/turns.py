"""How many works go on at once in this process: of more, some wait, for each takes memory of its own."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BETWEEN_LOOKS = 0.1
"""Seconds after which one that waits looks whether it is still wanted."""


class Turns:
    """Turns for the works of all visits; a work within another goes on in the same turn."""

    def __init__(self, most: int):
        self._free = threading.BoundedSemaphore(most)
        self._of_thread = threading.local()

    @contextmanager
    def taken(self, wanted: Callable[[], object]) -> Iterator[None]:
        """Wait for a turn and have it; while it waits, ``wanted`` is called, and may raise to end that."""
        if getattr(self._of_thread, "has", False):
            yield
            return
        while not self._free.acquire(timeout=BETWEEN_LOOKS):
            wanted()
        self._of_thread.has = True
        try:
            yield
        finally:
            self._of_thread.has = False
            self._free.release()


TURNS = Turns(max(4, os.cpu_count() or 1))
