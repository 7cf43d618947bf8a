"""How near each scheme comes to the exact kernel of some documents, at each dimension."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vsaviz import schemes
from vsaviz.encoding import encode
from vsaviz.features import Features
from vsaviz.lab.comparing.agreement import K, nearest_others
from vsaviz.lab.comparing.exact import exact_kernel, mixed_kernel, mixed_paths
from vsaviz.neighbors import overlap
from vsaviz.schemes import Scheme

DIMENSIONS = (64, 128, 256, 512, 1024, 2048, 4096)
DOCUMENTS = 500
"""Documents that are measured; more are sampled down to so many."""
DENSE_AT_MOST = 256
"""D up to which schemes that make a dense matrix for each role are measured: it costs D² and more."""
SECONDS = 45.0
"""What all of it may take; a dimension that would take it beyond is left out for every scheme, and named."""
SLOWEST = 1 / 12
"""The share of this that one scheme may take at one dimension."""

Progress = Callable[[float], None]
Kernel = NDArray[np.float32]


@dataclass(frozen=True)
class Measured:
    """One scheme at one dimension."""

    scheme: str
    dimensions: int
    deviation: float
    """Root mean square over all pairs of documents of cosine − exact cosine."""
    overlap: float
    """The mean share of a document's nearest that are those of the exact kernel."""
    seconds: float
    """To encode the documents."""
    bytes: int
    """Of one vector, in float32 as the app keeps it."""


@dataclass(frozen=True)
class Fidelity:
    """All that was measured, scheme by scheme, and what was left out."""

    measured: tuple[Measured, ...]
    n: int
    k: int
    mixing: dict[str, float]
    """For schemes that mix up fields at their largest D, the deviation that this makes without any noise."""
    left_out: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """For each scheme the dimensions that would have taken too long."""

    @property
    def line(self) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """The dimensions, and 1/√D at each: the noise of one cosine of unrelated documents."""
        sizes = sorted({one.dimensions for one in self.measured})
        return tuple(sizes), tuple(1 / np.sqrt(D) for D in sizes)


@dataclass(frozen=True)
class Limits:
    """How much is measured: dimensions, documents, seconds in all, the largest D of dense schemes."""

    dimensions: tuple[int, ...] = DIMENSIONS
    documents: int = DOCUMENTS
    seconds: float = SECONDS
    dense: int = DENSE_AT_MOST


def sampled(n: int, most: int, seed: int = 0) -> NDArray[np.int64]:
    """Return the rows of a random sample, in their order; all where there are no more than ``most``."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, most, replace=False)).astype(np.int64)


def fidelity(
    features: Features,
    names: Sequence[str] | None = None,
    seed: int = 0,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Fidelity:
    """Return how near each scheme comes to the exact kernel of a sample of the documents.

    ``progress`` is told how much of the time allowed has passed. What is measured is the same each time;
    where it ends for lack of time hangs on the machine, and ``left_out`` says so. Dense schemes end early.
    """
    limits = limits or Limits()
    part = features.of(sampled(features.n_documents, limits.documents, seed).tolist())
    work = _Work(part, exact_kernel(part), limits, progress or _ignored)
    names = list(schemes.names() if names is None else names)
    found: list[Measured] = []
    for D in limits.dimensions:
        sizes = {name: _size(name, D, limits) for name in names}
        todo = [(name, size) for name, size in sizes.items() if size and work.in_time(name, size)]
        if not work.in_time_for_all(todo):
            break
        found += [work.measure(schemes.create(name, size, seed)) for name, size in todo]
    done = {(one.scheme, one.dimensions) for one in found}
    left = {name: tuple(D for D in limits.dimensions if (name, _near(name, D)) not in done) for name in names}
    k = min(K, max(part.n_documents - 1, 0))
    mixing = work.mixing(names, seed)
    work.progress(1.0)
    return Fidelity(tuple(found), part.n_documents, k, mixing, {name: Ds for name, Ds in left.items() if Ds})


def _near(name: str, D: int) -> int:
    return schemes.scheme_type(name).dimensions_near(D)[0]


def _size(name: str, D: int, limits: Limits) -> int | None:
    """Return the dimension nearest to D that a scheme has, or None where it is not to be measured there."""
    dense = schemes.scheme_type(name).largest is not None
    return None if dense and limits.dense < D else _near(name, D)


class _Work:
    """Measures one scheme after another, and knows how long each took."""

    def __init__(self, part: Features, exact: Kernel, limits: Limits, progress: Progress):
        self.part, self.exact, self.limits, self.progress = part, exact, limits, progress
        self.best = nearest_others(exact)
        self._start = time.perf_counter()
        self._last: dict[str, tuple[int, float]] = {}

    def _expected(self, name: str, size: int) -> float:
        """Return how long a scheme can be expected to take; dense matrices grow with D²."""
        if name not in self._last:
            return 0.0
        before, seconds = self._last[name]
        power = 1 if schemes.scheme_type(name).largest is None else 2
        return float(seconds * (size / before) ** power)

    def in_time(self, name: str, size: int) -> bool:
        return self._expected(name, size) <= self.limits.seconds * SLOWEST

    def in_time_for_all(self, todo: Sequence[tuple[str, int]]) -> bool:
        spent = time.perf_counter() - self._start
        expected = sum(self._expected(name, size) for name, size in todo)
        return bool(todo) and (not self._last or spent + expected <= self.limits.seconds)

    def measure(self, scheme: Scheme) -> Measured:
        """Encode with a scheme and compare with the exact kernel."""
        start = time.perf_counter()
        vectors = encode(self.part, scheme, lambda _: self._report())
        took = time.perf_counter() - start
        self._last[scheme.name] = scheme.dimensions, took
        self._report()
        kernel = vectors @ vectors.T
        shared = overlap(nearest_others(kernel), self.best)
        return Measured(
            scheme.name,
            scheme.dimensions,
            deviation(kernel, self.exact),
            float(shared.mean()) if len(shared) else 1.0,
            took,
            vectors.itemsize * scheme.width,
        )

    def _report(self) -> None:
        self.progress(min((time.perf_counter() - self._start) / self.limits.seconds, 0.99))

    def mixing(self, names: Sequence[str], seed: int) -> dict[str, float]:
        """Return what mixing up fields alone makes of deviation, for the schemes that do."""
        found: dict[str, float] = {}
        known: dict[bytes, float] = {}
        for name in names:
            first = mixed_paths(self.part, name, self._last[name][0], seed)
            if (first == np.arange(len(first))).all():
                continue
            if first.tobytes() not in known:
                known[first.tobytes()] = deviation(mixed_kernel(self.part, first), self.exact)
            found[name] = known[first.tobytes()]
            self._report()
        return found


def deviation(kernel: Kernel, exact: Kernel) -> float:
    """Return the root mean square of the differences over all pairs of different rows."""
    pairs = np.triu_indices(len(exact), 1)
    if not len(pairs[0]):
        return 0.0
    differences = kernel[pairs].astype(np.float64) - exact[pairs]
    return float(np.sqrt(np.square(differences).mean()))


def _ignored(_: float) -> None:
    """Take a report that nobody waits for."""
