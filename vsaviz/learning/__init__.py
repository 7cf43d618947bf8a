"""Learning from documents that are seen once, apart and in any order: states that merge, and counts."""

from vsaviz.learning.frequencies import Frequencies
from vsaviz.learning.state import FitState, of_all

__all__ = ["FitState", "Frequencies", "of_all"]
