"""How components look: values on a diverging scale, bits as cells, phases as hue, blocks as blocks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from plotly.colors import cyclical

from vsaviz.figures.palette import SIGNED, SIGNED_DARK

Scale = tuple[tuple[float, str], ...]
Numbers = NDArray[np.int64]

GAP = -1
"""What stands in an arrangement where there is no component."""
BLOCK = (2, 4)
"""Rows and columns of a block of 2×2 complex numbers: real and imaginary parts side by side."""


def lines(dimensions: int) -> Numbers:
    """Return the numbers of the components in lines, read like text, as square as can be."""
    across = max(divisor for divisor in range(1, int(np.sqrt(dimensions)) + 1) if dimensions % divisor == 0)
    down, wide = (across, dimensions // across) if across > 3 else (1, dimensions)
    return np.arange(dimensions).reshape(down, wide)


def tiles(dimensions: int) -> Numbers:
    """Return the numbers of the components in blocks, block after block in lines, with a gap between them."""
    rows, columns = BLOCK
    order = lines(dimensions // (rows * columns))
    blocks = np.arange(dimensions).reshape(-1, rows, columns)
    framed = np.pad(blocks[order], ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=GAP)
    down, wide = order.shape
    return framed.swapaxes(1, 2).reshape(down * (rows + 1), wide * (columns + 1))[:-1, :-1]


@dataclass(frozen=True)
class Drawing:
    """One way to draw components."""

    label: str
    light: Scale
    dark: Scale
    hover: str = "%{z:.3f}"
    span: tuple[float, float] | None = None
    """The ends of the scale; None: centred on zero, and as wide as nearly all components."""
    ticks: tuple[float, ...] | None = None
    """What the scale names; None: what the figure chooses."""
    arranged: Callable[[int], Numbers] = lines

    def ends(self, components: NDArray[np.float32]) -> tuple[float, float]:
        """Return the ends of one scale for all of some rows."""
        if self.span is not None:
            return self.span
        limit = float(np.quantile(np.abs(components), 0.995)) or 1.0
        return -limit, limit


def _steps(zero: str, one: str) -> Scale:
    return ((0.0, zero), (0.5, zero), (0.5, one), (1.0, one))


_TURN: Scale = tuple(zip(np.linspace(0, 1, len(cyclical.Phase)).tolist(), cyclical.Phase, strict=True))
_VALUES = Drawing("component", SIGNED, SIGNED_DARK)

DRAWINGS: dict[str, Drawing] = {
    "values": _VALUES,
    "integers": Drawing("sum, scaled", SIGNED, SIGNED_DARK),
    "bits": Drawing(
        "bit", _steps("#F1F3F5", "#33658A"), _steps("#1B1F24", "#8CC4F0"), "%{z:d}", (0, 1), (0, 1)
    ),
    "phases": Drawing("turn", _TURN, _TURN, "%{z:.3f} of a turn", (0, 1)),
    "blocks": Drawing("entry", SIGNED, SIGNED_DARK, arranged=tiles),
}
