"""Vectors of bits, eight to a byte: the first component is the most significant bit of the first byte."""

import numpy as np
from numpy.typing import NDArray

from vsaviz.schemes.base import Native

Bits = NDArray[np.uint8]


def n_bytes(dimensions: int) -> int:
    """Return how many bytes D bits take."""
    return -(-dimensions // 8)


def pack(bits: Native) -> Bits:
    """Return bits (…, D) packed, uint8 (…, bytes); the last byte is filled up with zeros."""
    return np.packbits(bits.astype(bool), axis=-1)


def unpack(packed: Bits, dimensions: int) -> Bits:
    """Return packed bits as 0 and 1, uint8 (…, D)."""
    return np.unpackbits(packed, axis=-1, count=dimensions)


def roll(packed: Bits, n: int, dimensions: int) -> Bits:
    """Return packed bits with their components shifted cyclically by n places."""
    return pack(np.roll(unpack(packed, dimensions), n, axis=-1))
