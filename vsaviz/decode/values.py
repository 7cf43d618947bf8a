"""Values read back out of vectors: unbind a path, and compare what comes out with the values known there."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from vsaviz.decode.candidates import Candidates, candidates, posterior
from vsaviz.features import Vocabulary
from vsaviz.features.atoms import Symbol
from vsaviz.features.paths import Path
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats

Numbers = NDArray[np.float64]

ATOMS_AT_ONCE = 1024
PATHS_KEPT = 64
MOST_ITEMS = 64
"""Items of a bag that are looked for."""

SAME = 0.05
"""Numbers beside the best one with at least this share of its probability cannot be told from it."""

BUNDLED = 64
"""How many atoms are bundled to see how much of each comes back."""


@dataclass(frozen=True)
class Decoded:
    """What a vector holds at a path."""

    value: Any
    """A JSON value; the symbol of an atom where no values were kept."""
    score: float
    """The cosine of what came out with the value."""
    probability: float
    """How likely it is that the value is there; of a number, date or time that it lies in the range."""
    low: Any = None
    """The least value that cannot be told from this one, None where values do not lie on a line."""
    high: Any = None
    """The largest such value."""


class Decoder:
    """Reads values out of the vectors of one scheme; what it needs for a path is kept for the next time."""

    def __init__(self, vocabulary: Vocabulary, scheme: Scheme):
        self._scheme = scheme
        self._bundled = _comes_back(scheme)
        self.candidates = lru_cache(PATHS_KEPT)(partial(candidates, vocabulary))

    def under(self, scheme: Scheme) -> Self:
        """Return a decoder for another scheme, which shares what may stand at paths."""
        other = copy(self)
        other._scheme, other._bundled = scheme, _comes_back(scheme)
        return other

    def decode(self, vectors: Floats, path: Path, k: int = 5) -> list[list[Decoded]]:
        """Return for each vector (n, width) the k likeliest values at a path, best first.

        Raises
        ------
        InputError
            If the documents had no such path, or vectors do not hold it.
        """
        of = self.candidates(path)
        return [self.best(of, projected, k) for projected in self.projected(vectors, of)]

    def projected(self, vectors: Floats, of: Candidates) -> Numbers:
        """Return what comes out of each vector at a path, as dot products with the atoms there (n, atoms)."""
        native = self._scheme.native(np.atleast_2d(vectors))
        for role in of.path:
            native = self._scheme.unbind(role, native)
        rows = self._scheme.embed(native)
        return np.concatenate([rows @ atoms.T for atoms in self._drawn(of.atoms)], axis=1).astype(np.float64)

    def _drawn(self, symbols: list[Symbol]) -> Iterator[Floats]:
        for start in range(0, len(symbols), ATOMS_AT_ONCE):
            yield self._scheme.embed(self._scheme.atoms(symbols[start : start + ATOMS_AT_ONCE]))

    @property
    def noise(self) -> float:
        """The deviation of what comes out beside the filler, on each atom."""
        return float(self._scheme.width**-0.5)

    def kept(self, of: Candidates) -> float:
        """Return how much of a filler comes back from a path, against what it is of the vector's sum."""
        return self._bundled * self._scheme.returned(len(of.path))

    def best(self, of: Candidates, projected: Numbers, k: int) -> list[Decoded]:
        """Return the k likeliest values for what came out at a path, as dot products with its atoms (atoms,).

        Of a bag its items come one by one, then what else might be there.
        """
        cosines, found, taken = of.T @ projected, [], set[int]()
        items, left = self._items(of, projected) if of.bag else ([], projected)
        for item, alone in items:
            if item not in taken:
                chances = posterior(of, self._likelihoods(of, of.T @ alone))
                found.append(with_those_beside(of, item, chances, cosines, taken))
        chances = posterior(of, self._likelihoods(of, of.T @ left))
        for row in _by_chance(chances, cosines, k + len(taken)):
            if len(found) >= k:
                break
            if row not in taken:
                found.append(with_those_beside(of, row, chances, cosines, taken))
        return found[:k]

    def _items(self, of: Candidates, projected: Numbers) -> tuple[list[tuple[int, Numbers]], Numbers]:
        """Return the items of a bag, each with what came out less all others, and what is left in the end."""
        chosen: list[tuple[int, Numbers]] = []
        left = projected
        while len(chosen) < MOST_ITEMS:
            chances = posterior(of, self._likelihoods(of, of.T @ left))
            best = int(chances.argmax())
            if chances.sum() < 0.5 and chosen:
                break
            row = of.T[[best]].toarray()[0]
            part = max(float(row @ left), 0.0) * row
            chosen.append((best, part))
            left = left - part
            if part.sum() <= 0:
                break
        return [(best, left + part) for best, part in chosen], left

    def _likelihoods(self, of: Candidates, cosines: Numbers) -> Numbers:
        return of.likelihoods(cosines, self._scheme.width, self.kept(of))


def _by_chance(chances: Numbers, cosines: Numbers, k: int) -> Iterator[int]:
    """Yield all rows, the likeliest first, of equally likely ones the nearest; mostly few are asked for."""
    first = np.argpartition(-chances, min(k, len(chances) - 1))[: k + 1]
    tied = np.flatnonzero(chances >= chances[first].min())
    yield from tied[np.lexsort((-cosines[tied], -chances[tied]))].tolist()
    others = np.flatnonzero(chances < chances[first].min())
    yield from others[np.lexsort((-cosines[others], -chances[others]))].tolist()


def with_those_beside(
    of: Candidates, row: int, chances: Numbers, cosines: Numbers, taken: set[int]
) -> Decoded:
    """Return a value, a number together with those that cannot be told from it; all are then taken."""
    taken.add(row)
    rank = of.rank[row]
    if rank < 0:
        return Decoded(of.values[row], float(cosines[row]), float(chances[row]))
    near = of.line[_beside(chances[of.line], rank)]
    taken |= set(near.tolist())
    low, high = of.values[near[0]], of.values[near[-1]]
    return Decoded(of.values[row], float(cosines[row]), float(chances[near].sum()), low, high)


def _beside(chances: Numbers, best: int) -> slice:
    """Return the run of numbers around the best one that cannot be told from it."""
    far = np.flatnonzero(chances < SAME * chances[best])
    after = int(np.searchsorted(far, best))
    start = int(far[after - 1]) + 1 if after else 0
    return slice(start, int(far[after]) if after < len(far) else len(chances))


def _comes_back(scheme: Scheme) -> float:
    """Return how much of a small part of a bundle comes back, against what it is of the sum: 1 for sums."""
    if scheme.linear:
        return 1.0
    atoms = scheme.atoms([("bundled", i) for i in range(BUNDLED)])
    return float(scheme.similarity(scheme.bundle(atoms)[None], atoms).mean() * BUNDLED**0.5)
