"""Two documents side by side: which of their leaves are equal, near, different, or in one of them only."""

from vsaviz.sidebyside.alike import similarities
from vsaviz.sidebyside.marks import DIFFERENT, EQUAL, NEAR, ONLY, Marks, side_by_side

__all__ = ["DIFFERENT", "EQUAL", "NEAR", "ONLY", "Marks", "side_by_side", "similarities"]
