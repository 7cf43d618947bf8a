"""Complex vectors where sums are made: their real and imaginary parts in turn, as plain real numbers."""

import numpy as np

from vsaviz.schemes.base import Native


def as_pairs(vectors: Native) -> Native:
    """Return complex numbers (…, D) as pairs of real ones (…, 2 D), without a copy where possible."""
    vectors = np.ascontiguousarray(vectors)
    return vectors.view(vectors.real.dtype)


def as_complex(pairs: Native) -> Native:
    """Return pairs of real numbers (…, 2 D) as complex ones (…, D), without a copy where possible."""
    pairs = np.ascontiguousarray(pairs)
    return pairs.view(np.result_type(pairs.dtype, np.complex64))
