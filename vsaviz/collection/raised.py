"""Errors of iterators that a library draws from: they come out as they were raised."""

from collections.abc import Iterator
from typing import Self, TypeVar

Item = TypeVar("Item")


class Raised:
    """Lets an iterator's own error through a library that hides it in one of its own.

    >>> with Raised() as raised:
    ...     list(raised.by(iter([1, 2])))
    [1, 2]
    """

    def __init__(self) -> None:
        self._error: Exception | None = None

    def by(self, items: Iterator[Item]) -> Iterator[Item]:
        """Yield the items; what making them raises is kept."""
        try:
            yield from items
        except Exception as error:
            self._error = error
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._error is not None:
            raise self._error from None
