"""How many threads encoding takes: all of the processor's, unless it is bounded."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from threadpoolctl import threadpool_limits

_MOST: ContextVar[int | None] = ContextVar("most", default=None)


def allowed() -> int:
    """Return how many threads may be started here."""
    return _MOST.get() or os.cpu_count() or 1


@contextmanager
def bounded(n: int) -> Iterator[None]:
    """Let encoding, and products of matrices within it, take n threads: for those who share a processor.

    >>> with bounded(1):
    ...     allowed()
    1
    """
    token = _MOST.set(n)
    try:
        with _PRODUCTS.bounded(n):
            yield
    finally:
        _MOST.reset(token)


class _Products:
    """The threads of products of matrices are those of the process: the first who bounds them is obeyed.

    They are let go when the last one is done; one by one, in another order, a bound would stay behind.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0
        self._limits: threadpool_limits | None = None

    @contextmanager
    def bounded(self, n: int) -> Iterator[None]:
        with self._lock:
            if not self._users:
                self._limits = threadpool_limits(n, user_api="blas")
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users and self._limits is not None:
                    self._limits.restore_original_limits()


_PRODUCTS = _Products()
