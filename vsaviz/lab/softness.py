"""How alike two documents are, against how far apart: the exact kernel, and a scheme at its own D."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.lab.affordable import affordable
from vsaviz.lab.changes import ORIGINALS, Change, changes
from vsaviz.schemes import Scheme

Floats = NDArray[np.float64]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Coding:
    """How values are written, and the scheme that binds them."""

    scheme: str = "mbat"
    dimensions: int = 1024
    numbers: str = "quantile"
    strings: str = "words+ngrams"
    arrays: str = "soft"
    seed: int = 0

    @property
    def features(self) -> FeatureSettings:
        """All features in full, and no share for keys: a document is its one value."""
        return FeatureSettings(
            arrays=self.arrays, numbers=self.numbers, strings=self.strings, structure=0.0, weights="record"
        )


@dataclass(frozen=True)
class Curve:
    """Cosines against distance, means over the documents that were changed; arrays of (distances,)."""

    panel: str
    name: str
    distances: tuple[int, ...]
    exact: Floats
    measured: Floats
    scatter: Floats
    """The standard deviation of what is measured less what is exact, of one document."""
    dimensions: int

    @property
    def off(self) -> float:
        """By how much one measured cosine differs from the exact one: root mean square over all distances."""
        return float(np.sqrt((self.scatter**2 + (self.measured - self.exact) ** 2).mean()))

    @property
    def halfway(self) -> float | None:
        """The distance at which the measured cosine falls below a half, interpolated; None if it does not.

        The first distance is 0, where all are alike.
        """
        below = np.flatnonzero(self.measured < 0.5)
        if not len(below):
            return None
        last = int(below[0])
        one, other = self.measured[last - 1 : last + 1]
        before, after = self.distances[last - 1 : last + 1]
        return float(before + (after - before) * (one - 0.5) / (one - other))


def softness(coding: Coding, progress: Progress | None = None) -> list[Curve]:
    """Return a curve for every kind of change. ``progress`` is told the share that is done."""
    scheme = affordable(coding.scheme, coding.dimensions, coding.seed)
    curves = []
    every = changes(coding.seed)
    for done, change in enumerate(every):

        def report(share: float, done: int = done) -> None:
            if progress:
                progress((done + share) / len(every))

        curves.append(_curve(change, coding.features, scheme, report))
    return curves


def _curve(change: Change, settings: FeatureSettings, scheme: Scheme, report: Progress) -> Curve:
    vocabulary = fit(change.collection, settings)[0]
    report(0.3)
    features = vocabulary.features(chain(change.originals, chain.from_iterable(change.changed)))
    report(0.5)
    V = encode(features, scheme, lambda share: report(0.5 + share / 2))
    S = features.matrix().toarray()
    exact, measured = (_cosines(rows.astype(np.float64)) for rows in (S, V))
    return Curve(
        panel=change.panel,
        name=change.name,
        distances=change.distances,
        exact=exact.mean(axis=1),
        measured=measured.mean(axis=1),
        scatter=(measured - exact).std(axis=1),
        dimensions=scheme.dimensions,
    )


def _cosines(rows: Floats) -> Floats:
    """Return the cosine of each changed document with its original, (distances, originals)."""
    originals, changed = rows[:ORIGINALS], rows[ORIGINALS:].reshape(-1, ORIGINALS, rows.shape[1])
    return np.einsum("dij,ij->di", changed, originals)
