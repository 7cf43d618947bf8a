"""Slices of bytes as words of eight: hashed, compared and searched without an object for each."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

WORD = 8
LONGEST = 128
"""So many bytes are read as words; a longer slice is worth an object of its own."""

_WITHIN = np.array([(1 << 8 * n) - 1 for n in range(WORD + 1)], np.uint64)
"""What to keep of a word that reaches n bytes into a slice."""
_MIXED = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_LOWEST, _HIGHEST = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)


class Words:
    """Slices of 1 to ``LONGEST`` bytes, the longest first, as words."""

    def __init__(self, data: Bytes, start: Rows, length: Rows):
        n_words = (length + (WORD - 1)) // WORD
        # Short numbers are sorted by counting.
        order = np.argsort((LONGEST - n_words).astype(np.uint8), kind="stable")
        self.order = order
        """Which of the slices given stand in this order."""
        self._start, self._length = start[order], length[order]
        counts = np.bincount(n_words, minlength=LONGEST // WORD + 1)
        self._n = (len(start) - np.cumsum(counts)).tolist()
        self._words = list(self._read(data, self._start))

    def hashes(self) -> Hashes:
        """Return a hash above 0 of each slice: equal slices have equal ones, different ones mostly not."""
        found = self._length.view(np.uint64) * _MIXED
        for word in self._words:
            part = found[: len(word)]
            part ^= word
            part *= _MIXED
            part ^= part >> _HALF
        found *= _MIXED
        found |= np.uint64(1)
        return found

    def differ(self, data: Bytes, start: Rows, length: Rows) -> Flags:
        """Return which differ from slices of ``data``, which has ``LONGEST`` bytes and a word at least."""
        different = length != self._length
        if different.any():
            start = np.where(different, 0, start)
        for word, other in zip(self._words, self._read(data, start), strict=True):
            different[: len(word)] |= word != other
        return different

    def _read(self, data: Bytes, start: Rows) -> Iterator[Hashes]:
        """Yield the first word of all slices, the last of those that have two, then what lies between."""
        windows = _windows(data)
        first = windows[start].view(np.uint64)
        first &= _WITHIN[np.minimum(self._length, WORD)]
        yield first
        for k in range(1, LONGEST // WORD):
            n = self._n[k]
            if not n:
                return
            offset = self._length[:n] - WORD if k == 1 else WORD * (k - 1)
            yield windows[start[:n] + offset].view(np.uint64)


def find(byte: int, data: Bytes, start: Rows) -> Rows:
    """Return where ``byte`` stands next, at each start or behind it; it must stand there.

    >>> find(ord("c"), np.frombuffer(b"abcabcabcabcabcabc", np.uint8), np.array([2, 3])).tolist()
    [2, 5]
    """
    windows = _windows(data)
    at = start.copy()
    rows = np.arange(len(start))
    while len(rows):
        # The lowest zero byte of a word: Warren, Hacker's Delight, 6-1.
        word = windows[at[rows]].view(np.uint64) ^ (np.uint64(byte) * _LOWEST)
        zero = (word - _LOWEST) & ~word & _HIGHEST
        at[rows] += np.bitwise_count((zero & -zero) - np.uint64(1)) // 8
        rows = rows[zero == 0]
    return at


def _windows(data: Bytes) -> NDArray[np.void]:
    """Return the eight bytes from each byte on."""
    return np.ndarray(len(data) - WORD + 1, f"V{WORD}", data, strides=(1,))
