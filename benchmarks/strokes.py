"""Whether order counts: made strokes, of which a bag sees nothing.

python benchmarks/strokes.py

Twenty classes, each an order of visiting the same twelve points; a hundred strokes of each, points jittered
by 5 % of the box. Then with a tenth of the points dropped or doubled, and with the start shifted by up to 2.
The figure is the share of strokes that the five nearest others label rightly, in S.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features import FeatureSettings, fit
from vsaviz.features.readings import ARRAYS
from vsaviz.lab.votes import leave_one_out

CLASSES, EACH, POINTS, JITTER = 20, 100, 12, 0.05
SHIFT = 2

Points = NDArray[np.float64]


def as_made(points: Points, _rng: np.random.Generator) -> Points:
    """Return the points."""
    return points


def dropped_or_doubled(points: Points, rng: np.random.Generator) -> Points:
    """Return the points, about one in twenty missing and one in twenty there twice."""
    return np.repeat(points, rng.choice([0, 1, 2], len(points), p=[0.05, 0.9, 0.05]), axis=0)


def shifted(points: Points, rng: np.random.Generator) -> Points:
    """Return the points, begun up to two earlier or later in the round."""
    return np.roll(points, rng.integers(-SHIFT, SHIFT + 1), axis=0)


CHANGES: dict[str, Callable[[Points, np.random.Generator], Points]] = {
    "as made": as_made,
    "10 % of points dropped or doubled": dropped_or_doubled,
    "start shifted by up to 2": shifted,
}
FORMS: dict[str, Callable[[list[list[float]]], Any]] = {
    "array of [x, y]": lambda points: {"stroke": points},
    "array of {x, y}": lambda points: {"stroke": [{"x": x, "y": y} for x, y in points]},
    "arrays x and y": lambda points: {
        name: list(axis) for name, axis in zip("xy", zip(*points, strict=True), strict=True)
    },
}


def strokes(
    change: Callable[[Points, np.random.Generator], Points],
) -> tuple[list[list[list[float]]], list[str]]:
    """Return all strokes and their classes."""
    rng = np.random.default_rng(0)
    common = rng.random((POINTS, 2))
    orders = [rng.permutation(POINTS) for _ in range(CLASSES)]
    found, labels = [], []
    for label, order in enumerate(orders):
        for _ in range(EACH):
            points = common[order] + rng.normal(0, JITTER, (POINTS, 2))
            found.append(change(points, rng).round(4).tolist())
            labels.append(str(label))
    return found, labels


def accuracy(form: str, change: str, arrays: str) -> float:
    """Return the share that neighbours label rightly."""
    found, labels = strokes(CHANGES[change])
    S = fit(map(FORMS[form], found), FeatureSettings(arrays=arrays))[1].matrix()
    return leave_one_out((S @ S.T).toarray(), labels)


def main() -> None:
    """Measure and print."""
    print(f"| strokes | form | {' | '.join(ARRAYS)} |")
    print("|---" * (len(ARRAYS) + 2) + "|")
    for change in CHANGES:
        for form in FORMS:
            cells = [f"{accuracy(form, change, arrays):.3f}" for arrays in ARRAYS]
            print(f"| {change} | {form} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
