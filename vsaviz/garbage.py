"""The collection of garbage, held while many objects are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Hold the collection of garbage: here are millions of new objects, and none that could go yet."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # the new objects have grown old: they need no look now
                gc.freeze()
                gc.unfreeze()
            gc.enable()
