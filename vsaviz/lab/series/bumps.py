"""A toy problem on series: two classes that differ only in where the one spike of noisy series lies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

LENGTH = 64
"""Steps of a series, n."""
PLACES = (LENGTH // 3, 2 * LENGTH // 3)
"""Where the spike lies, early or late, but for the jitter."""
LOW, HIGH, KNOTS = -0.5, 1.5, 8
"""The scale on which numbers are written; what lies beyond counts as its end."""
TESTED, ROUNDS = 20, 20
"""Series of each class that are labelled in a round, and rounds with examples of their own."""


@dataclass(frozen=True)
class Drawn:
    """Rounds of series, (rounds, m, n); in each the examples come first, class by class."""

    series: Numbers
    late: NDArray[np.bool_]
    """The class of each series of a round, (m,)."""
    known: int
    """How many series of a round are examples."""

    @property
    def tested(self) -> int:
        """How many series are labelled in all rounds."""
        return int(self.series.shape[0] * (self.series.shape[1] - self.known))

    def share_right(self, cosines: NDArray[np.floating]) -> float:
        """Return the share of series whose most similar example is of their class; ties count by halves.

        ``cosines`` are those of the series of each round among each other, (rounds, m, m).
        """
        to_known = cosines[:, self.known :, : self.known]
        best = to_known.max(axis=2, keepdims=True)
        nearest = to_known >= best - 1e-6
        right = nearest & (self.late[self.known :, None] == self.late[: self.known])
        return float((right.sum(axis=2) / nearest.sum(axis=2)).mean())

    def examples(self, n: int) -> Numbers:
        """Return the first n examples, or as many as there are, of each class (2, n, steps)."""
        first, late = self.series[0, : self.known], self.late[: self.known]
        return np.stack([first[~late][:n], first[late][:n]])


@dataclass(frozen=True)
class Problem:
    """Series of noise with one spike of height 1, early or late, up to ``jitter`` steps from its place."""

    jitter: int = 8
    noise: float = 0.1
    examples: int = 3
    """How many of each class are known."""
    seed: int = 0

    def draw(self) -> Drawn:
        """Return the series of all rounds."""
        rng = np.random.default_rng(self.seed)
        late = np.repeat([False, True, False, True], [self.examples, self.examples, TESTED, TESTED])
        shape = (ROUNDS, len(late))
        series = rng.normal(0.0, self.noise, (*shape, LENGTH))
        spikes = np.where(late, PLACES[1], PLACES[0]) + rng.integers(-self.jitter, self.jitter + 1, shape)
        np.put_along_axis(series, spikes[:, :, None], 1.0, axis=2)
        return Drawn(series, late, 2 * self.examples)


def written(series: Numbers) -> Numbers:
    """Return each number (m, n) as its two knots with weights √(1−f), √f, times the rarity of these knots.

    Rarity is log((N + 1) / N_k), the inverse frequency of a knot among all N numbers: what is common says
    nothing of where. Shape (m, n, knots).
    """
    place = (np.clip(series, LOW, HIGH) - LOW) / (HIGH - LOW) * (KNOTS - 1)
    below = np.minimum(place.astype(np.int64), KNOTS - 2)
    part = place - below
    W = np.zeros((*series.shape, KNOTS))
    np.put_along_axis(W, below[..., None], np.sqrt(1 - part)[..., None], axis=-1)
    np.put_along_axis(W, below[..., None] + 1, np.sqrt(part)[..., None], axis=-1)
    used = (W > 0).reshape(-1, KNOTS).sum(axis=0)
    return W * np.log((series.size + 1) / np.maximum(used, 1))


Bump = tuple[float, float]
"""A step and a height."""
PATTERN: tuple[Bump, ...] = ((16.0, 1.0), (30.0, 0.6), (47.0, 0.8))


def moved(steps: Iterable[float]) -> list[list[Bump]]:
    """Return the pattern, later by each number of steps."""
    return [[(at + step, height) for at, height in PATTERN] for step in steps]


def stretched(shares: Iterable[float]) -> list[list[Bump]]:
    """Return the pattern, longer about its middle by each share."""
    return [[(LENGTH / 2 + (at - LENGTH / 2) * (1 + s), height) for at, height in PATTERN] for s in shares]


def patterns(bumps: Sequence[Sequence[Bump]], width: float = 4.0) -> Numbers:
    """Return series without noise that rise to each height and fall again within so many steps (m, n)."""
    steps = np.arange(LENGTH, dtype=np.float64)
    made = [
        np.max([height * np.maximum(0, 1 - np.abs(steps - at) / width) for at, height in one], axis=0)
        for one in bumps
    ]
    return np.array(made)
