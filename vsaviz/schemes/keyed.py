"""Random numbers that follow from a symbol: the same on every machine, in every process, in any order.

A symbol is a tuple such as ``("word", "red")``. SHAKE-128 over a key (the seed, and what the numbers
are for) and the symbol gives as many bytes as are asked for; numbers are drawn from these bytes
and from nothing else, since the distributions of libraries change between versions.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Symbol = tuple[str | int | float, ...]
Floats = NDArray[np.float32]

# One row of eight signs for each byte, most significant bit first.
_SIGNS = 1 - 2 * np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).astype(np.float32)


def signs(drawn: NDArray[np.uint8]) -> Floats:
    """Return the bits of each row as signs, ±1: shape (n, 8 × bytes)."""
    return _SIGNS[drawn].reshape(len(drawn), 8 * drawn.shape[1])


def _normal_table() -> Floats:
    """Return the normal quantiles at the centres of 65,536 equal shares, of variance exactly 1."""
    table = ndtri((np.arange(65536) + 0.5) / 65536)
    return (table / table.std()).astype(np.float32)


_NORMAL = _normal_table()
_PHASORS = np.exp(2j * np.pi * (np.arange(65536) + 0.5) / 65536).astype(np.complex64)


class Keyed:
    """A stream of random numbers for each symbol, set apart by ``seed`` and ``purpose``.

    >>> Keyed(0, "atom").signs([("word", "red")], 16).shape
    (1, 16)
    >>> bool((Keyed(0, "atom").bytes([("a",)], 8) == Keyed(0, "role").bytes([("a",)], 8)).all())
    False
    """

    def __init__(self, seed: int, purpose: str):
        self._key = f"vsaviz/{purpose}/{seed}/".encode()

    def bytes(self, symbols: Iterable[Symbol], n: int) -> NDArray[np.uint8]:
        """Return n bytes for each symbol, shape (symbols, n)."""
        # ascii() of a tuple tells any two symbols apart, and does not change with Unicode's tables.
        streams = [hashlib.shake_128(self._key + ascii(symbol).encode()).digest(n) for symbol in symbols]
        return np.frombuffer(b"".join(streams), dtype=np.uint8).reshape(len(streams), n)

    def signs(self, symbols: Iterable[Symbol], dimensions: int) -> Floats:
        """Return independent, fair signs, ±1, shape (symbols, dimensions)."""
        return signs(self.bytes(symbols, -(-dimensions // 8)))[:, :dimensions]

    def normals(self, symbols: Iterable[Symbol], dimensions: int) -> Floats:
        """Return independent standard normal numbers, shape (symbols, dimensions)."""
        return _NORMAL[self.bytes(symbols, 2 * dimensions).view("<u2")]

    def uniforms(self, symbols: Iterable[Symbol], dimensions: int) -> Floats:
        """Return numbers evenly spread over (-1, 1), shape (symbols, dimensions)."""
        drawn = self.bytes(symbols, 2 * dimensions).view("<u2").astype(np.float32)
        return (drawn + np.float32(0.5)) / np.float32(32768) - np.float32(1)

    def phasors(self, symbols: Iterable[Symbol], dimensions: int) -> NDArray[np.complex64]:
        """Return complex numbers of size 1 whose angles are evenly spread, shape (symbols, dimensions)."""
        return _PHASORS[self.bytes(symbols, 2 * dimensions).view("<u2")]

    def below(self, symbols: Iterable[Symbol], ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return whole numbers, each evenly spread from 0 to below its end, shape (symbols, ends)."""
        drawn = self.bytes(symbols, 4 * len(ends)).view("<u4").astype(np.uint64)
        return ((drawn * ends.astype(np.uint64)) >> np.uint64(32)).astype(np.int64)

    def permutation(self, symbol: Symbol, dimensions: int) -> NDArray[np.intp]:
        """Return a random order of 0 … dimensions − 1."""
        ranks = self.bytes([symbol], 8 * dimensions).view("<u8")[0]
        return np.argsort(ranks, kind="stable")
