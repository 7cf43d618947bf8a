"""What resonator networks differ in: the kind of their vectors, and how similarities weigh the next guess."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import fft, special

from vsaviz.schemes import Scheme
from vsaviz.schemes.base import Native
from vsaviz.schemes.complexes import as_complex
from vsaviz.schemes.keyed import Floats


@dataclass(frozen=True)
class Family:
    """One kind of vectors: which scheme binds them, and what brings a sum back among them."""

    title: str
    scheme: str
    settled: Callable[[Scheme, Native], Native]
    """Native vectors for sums of lifted ones."""


def _signs_or_phases(scheme: Scheme, sums: Native) -> Native:
    return scheme.finish(sums)


def _unitary(scheme: Scheme, sums: Native) -> Native:
    spectra = as_complex(sums)
    sizes = np.abs(spectra)
    rows: Native = fft.irfft(spectra / np.where(sizes > 0, sizes, 1), n=scheme.dimensions)
    return rows


FAMILIES = {
    family.title: family
    for family in (
        Family("MAP", "map-b", _signs_or_phases),
        Family("HRR", "hrr-unitary", _unitary),
        Family("FHRR", "fhrr", _signs_or_phases),
    )
}


def _linear(similarities: Floats, _: float) -> Floats:
    return similarities


def _softmax(similarities: Floats, beta: float) -> Floats:
    weights: Floats = special.softmax(np.float32(beta) * similarities, axis=-1)
    return weights


UPDATES: dict[str, Callable[[Floats, float], Floats]] = {"classic": _linear, "attention": _softmax}
"""What makes weights of similarities (n, codebook)."""
