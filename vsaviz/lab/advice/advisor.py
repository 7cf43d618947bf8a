"""Which D is enough, and what it costs: told from features and theory, before any vector is computed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vsaviz.decode import Decoder
from vsaviz.encoding import encode
from vsaviz.features import Features
from vsaviz.features.matrices import BIND_COST
from vsaviz.features.paths import Path
from vsaviz.lab.advice.effective import seen, worth
from vsaviz.lab.advice.keeping import ROWS_AT_ONCE, arranged, keeping
from vsaviz.lab.advice.thought import Collection, Progress, Reading
from vsaviz.schemes import create, scheme_type

SIZES = (64, 128, 256, 512, 1024, 2048, 4096, 8192)
"""The dimensions at which shares are told; a scheme's nearest ones."""
SMALLEST, LARGEST = 16, SIZES[-1]
"""The dimensions among which one is looked for."""
LOOKED = len(SIZES) + 5
"""About how many D are looked at."""
KEPT, DECODED = 0.95, 0.99
"""The shares that are asked for: of ten neighbours, and of values read back."""
FINE = 1.04
"""The D that is told is at most this many times the least one."""
TIMED_DOCUMENTS, TIMED_DIMENSIONS = 64, 256


@dataclass(frozen=True)
class Needed:
    """The D that reaches a share."""

    asked: float
    """The share that is asked for."""
    dimensions: int | None
    """The least D that reaches it; None if none up to 8,192, or to the scheme's largest, does."""
    curve: tuple[tuple[int, float], ...]
    """The share that is expected at each of some sizes."""
    limit: float
    """What the share tends to as D grows: less than 1 where a scheme mixes up paths, or values are alike."""

    @property
    def largest(self) -> tuple[int, float]:
        """The largest D that was looked at, and its share."""
        return self.curve[-1]


@dataclass(frozen=True)
class Timed:
    """How long an encoding took."""

    dimensions: int
    seconds: float


@dataclass(frozen=True)
class Cost:
    """What vectors cost."""

    bytes: int
    seconds: float
    """About: scaled from what was timed."""


def for_neighbors(of: Collection, scheme: str, seed: int = 0, progress: Progress | None = None) -> Needed:
    """Return the D that keeps 95 % of a document's ten exact neighbours.

    One is kept if its exact similarity is at most 0.02 below the exact tenth: see
    ``vsaviz.lab.advice.keeping``.

    Raises
    ------
    ValueError
        If there are fewer than two documents.
    """
    blocks = len(of.documents) / ROWS_AT_ONCE  # each takes about as long as one look at a D
    found = keeping(
        of.features,
        seen(scheme, of.features, seed),
        seed,
        lambda done: _tell(progress, done * blocks, blocks),
    )
    each = worth(scheme, of.features, found.tenth, seed)
    looked = 0

    def share(dimensions: int) -> float:
        nonlocal looked
        looked += 1
        _tell(progress, blocks + looked - 1, blocks)
        return found.share(dimensions * each)

    return _least(share, scheme, KEPT, found.share(np.inf))


def for_field(
    of: Collection, field: Path, scheme: str, seed: int = 0, progress: Progress | None = None
) -> Needed:
    """Return the D at which the likeliest value read back at a field is there 99 % of the time.

    The decoder reads what it would read in theory: exact weights, and noise of the scheme's own deviation.

    Raises
    ------
    InputError
        If vectors do not hold the field.
    ValueError
        If no document has a value there.
    """
    kind = scheme_type(scheme)
    reading = Reading(of, field, Decoder(of.vocabulary, kind(_possible(scheme, SMALLEST), seed)), seed)
    told = 0

    def share(dimensions: int) -> float:
        nonlocal told
        told += 1
        return reading.share(kind(dimensions, seed), 1.0, lambda done: _tell(progress, told - 1 + done))

    return _least(
        share, scheme, DECODED, reading.share(kind(_possible(scheme, LARGEST), seed), 0.0, _ignored)
    )


def _tell(progress: Progress | None, looked: float, before: float = 0.0) -> None:
    """Report how many of the D have been looked at, after what was done before."""
    if progress:
        progress(min(1.0, looked / (before + LOOKED)))


def _ignored(_: float) -> None:
    """Take a report that nobody waits for."""


def _least(share: Callable[[int], float], scheme: str, asked: float, limit: float) -> Needed:
    """Return the least D whose share is large enough: between two sizes, by halving the ratio of both."""
    curve = [(size, share(size)) for size in sorted({_possible(scheme, size) for size in SIZES})]
    enough = next((number for number, (_, reached) in enumerate(curve) if reached >= asked), None)
    if enough is None:
        return Needed(asked, None, tuple(curve), limit)
    low, high = curve[enough - 1][0] if enough else SMALLEST, curve[enough][0]
    while high > low * FINE:
        middle = _possible(scheme, round((low * high) ** 0.5))
        if not low < middle < high:
            break
        if share(middle) < asked:
            low = middle
        else:
            high = middle
    return Needed(asked, high, tuple(curve), limit)


def _possible(scheme: str, dimensions: int) -> int:
    """Return the scheme's possible D that is the nearest, the smaller one of two."""
    kind = scheme_type(scheme)
    return min(kind.dimensions_near(dimensions), key=lambda D: (abs(D - dimensions), D))


def cost(features: Features, scheme: str, dimensions: int, timed: Timed | None = None) -> Cost:
    """Return what the vectors of these documents take: their bytes exactly, the seconds about.

    Seconds grow as D does from ``timed``, how long an encoding of the same documents under the same scheme
    took. If none is given, a few documents are encoded at a small D, and the work of all is counted.
    """
    width = create(scheme, dimensions).width
    known = timed or _timed(features, scheme)
    return Cost(features.n_documents * width * 4, known.seconds * dimensions / known.dimensions)


def _timed(features: Features, scheme: str) -> Timed:
    few = features.of(arranged(features)[:TIMED_DOCUMENTS].tolist())
    made = create(scheme, _possible(scheme, TIMED_DIMENSIONS))
    start = time.perf_counter()
    encode(few, made)
    seconds = time.perf_counter() - start
    return Timed(made.dimensions, seconds * _work(features) / _work(few))


def _work(features: Features) -> float:
    """Return how many rows are added up for some documents; one bound along one step counts as several."""
    factors = features.factors
    depth = np.array([len(path) for path in features.paths])
    return float(BIND_COST * depth[factors.path].sum() + factors.M.nnz + factors.R.nnz)
