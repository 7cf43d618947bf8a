"""A column that grows: an array with room behind its end."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Column:
    """Numbers of one type, appended in blocks.

    >>> column = Column(np.int64)
    >>> column.append(np.array([3, 4]))
    >>> column.all.tolist()
    [3, 4]
    """

    def __init__(self, dtype: DTypeLike):
        self._room: NDArray[Any] = np.zeros(1024, dtype)
        self._n = 0

    @property
    def all(self) -> NDArray[Any]:
        """What was appended: a view, until more is."""
        return self._room[: self._n]

    def append(self, values: NDArray[Any]) -> None:
        """Put some values behind the others."""
        n = self._n
        self.grow(n + len(values))
        self._room[n : self._n] = values

    def grow(self, n: int) -> None:
        """Append zeros until there are n values; if there are more they stay."""
        if n > len(self._room):
            # In its own memory: a large column is never there twice.
            self._room.resize(max(n, len(self._room) * 3 // 2), refcheck=False)
        self._n = max(n, self._n)
