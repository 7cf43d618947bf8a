"""What the figure of softness says, in words."""

from collections.abc import Sequence

import numpy as np

from vsaviz.lab.softness import Coding, Curve
from vsaviz.ui.experiments.reading import listed

PHRASES = {
    "apart": "numbers {} apart",
    "days apart": "dates {} day{s} apart",
    "letters changed": "texts with {} letter{s} changed",
    "words replaced": "texts with {} word{s} replaced",
    "items put in": "arrays with {} item{s} put in",
    "pairs swapped": "arrays with {} pair{s} of items swapped",
}


def reading(curves: Sequence[Curve], coding: Coding) -> str:
    """Return in words where each curve falls below a half, and how far marks lie off the lines."""
    soft = [curve for curve in curves if curve.halfway is not None and not _at_once(curve)]
    parts = [
        ("falls below a half for", [_phrase(curve, curve.halfway or 0) for curve in soft]),
        (
            "is near nothing at the first step for",
            [_phrase(c, c.distances[1]) for c in curves if _at_once(c)],
        ),
        ("stays above a half for", [_left(curve) for curve in curves if curve.halfway is None]),
    ]
    said = "; it ".join(f"{verb} {listed(phrases)}" for verb, phrases in parts if phrases)
    off = np.sqrt(np.mean([curve.off**2 for curve in curves]))
    return (
        f"The cosine {said}. A single cosine of {coding.scheme} at D={curves[0].dimensions:,} is off the "
        f"exact one by {off:.2f} (root mean square)."
    )


def _at_once(curve: Curve) -> bool:
    return curve.halfway is not None and curve.halfway <= curve.distances[1]


def _left(curve: Curve) -> str:
    return f"{_phrase(curve, curve.distances[-1])} ({curve.measured[-1]:.2f} is left)"


def _phrase(curve: Curve, distance: float) -> str:
    number = f"{distance:.2g}"
    return PHRASES[curve.name].format(number, s="" if number == "1" else "s")
