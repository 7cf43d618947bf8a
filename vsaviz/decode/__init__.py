"""Vectors → values: one field, or the whole document, with the probability that each is right."""

from vsaviz.decode.reconstruct import Reconstruction, Reconstructor, Recovered
from vsaviz.decode.values import Decoded, Decoder

__all__ = ["Decoded", "Decoder", "Reconstruction", "Reconstructor", "Recovered"]
