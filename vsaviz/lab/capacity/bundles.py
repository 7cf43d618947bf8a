"""How many vectors a bundle holds: items, and pairs of a role and a filler, read back out of one vector.

The experiments are those of K. Schlegel, P. Neubert and P. Protzel, *A comparison of vector symbolic
architectures* (2022): an item memory of N random vectors; (a) bundle k of them and read the k most similar
back; (b) bundle k pairs of a role and a filler, unbind each role, and read the filler back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vsaviz import schemes
from vsaviz.lab.capacity.holding import expected_items, expected_pairs
from vsaviz.schemes import Scheme
from vsaviz.schemes.base import Native
from vsaviz.schemes.keyed import Floats

ITEMS = 1_000
ACCURATE = 0.99
"""The share read back rightly from which a bundle counts as held."""


@dataclass(frozen=True)
class Run:
    """One item memory."""

    scheme: Scheme
    items: Native
    rows: Floats
    chance: np.random.Generator

    @classmethod
    def drawn(cls, name: str, dimensions: int, seed: int, n_items: int = ITEMS) -> "Run":
        """Return a memory of new vectors at the possible D nearest to the given one."""
        kind = schemes.scheme_type(name)
        near = min(kind.dimensions_near(dimensions), key=lambda possible: abs(possible - dimensions))
        scheme = kind(near, seed)
        items = scheme.atoms([("item", number) for number in range(n_items)])
        return cls(scheme, items, scheme.embed(items), np.random.default_rng(seed))

    def bundled(self, vectors: Native) -> Native:
        """Return the bundle of some vectors; sparse bits are not thinned, as there are few of them."""
        together = getattr(self.scheme, "disjunction", self.scheme.bundle)
        bundle: Native = together(vectors)[None]
        return bundle

    def read_items(self, k: int) -> float:
        """Return the share of k bundled items that are among the k most similar ones."""
        chosen = self.chance.choice(len(self.rows), k, replace=False)
        similarities = (self.scheme.embed(self.bundled(self.items[chosen])) @ self.rows.T)[0]
        best = np.argpartition(similarities, -k)[-k:]
        return len(np.intersect1d(best, chosen)) / k

    def read_pairs(self, k: int) -> float:
        """Return the share of k fillers that come first once their role is unbound."""
        chosen = self.chance.choice(len(self.rows), k, replace=False)
        roles = [("role", number) for number in self.chance.choice(len(self.rows), k, replace=False).tolist()]
        fillers = self.items[chosen]
        pairs = np.concatenate([self.scheme.bind(role, fillers[[place]]) for place, role in enumerate(roles)])
        bundle = self.bundled(pairs)
        found = np.concatenate([self.scheme.unbind(role, bundle) for role in roles])
        return float(np.mean((self.scheme.embed(found) @ self.rows.T).argmax(axis=1) == chosen))


READINGS = {"items": (Run.read_items, expected_items), "pairs": (Run.read_pairs, expected_pairs)}
"""What is read back, and what theory expects of it."""


@dataclass(frozen=True)
class Asked:
    """What is read back from how many dimensions."""

    schemes: tuple[str, ...]
    reading: str = "items"
    """``items`` or ``pairs``."""
    dimensions: int = 256
    n_items: int = ITEMS
    runs: int = 6
    counts: tuple[int, ...] = (1, 2, 4, 6, 8, 11, 15, 21, 30)
    """How many are bundled: each k."""
    seed: int = 0


@dataclass(frozen=True)
class Held:
    """What one scheme's bundles gave back, for each k."""

    scheme: str
    dimensions: int
    counts: tuple[int, ...]
    measured: tuple[float, ...]
    """The mean share that was read back rightly."""
    expected: tuple[float, ...]

    @property
    def most(self) -> int:
        """The largest k up to which every k was read back with 99 % on average; 0 if none."""
        held = 0
        for k, share in zip(self.counts, self.measured, strict=True):
            if share < ACCURATE:
                break
            held = k
        return held


def read_back(asked: Asked, progress: Callable[[float], None] | None = None) -> list[Held]:
    """Return for each scheme the shares read back, measured and expected.

    ``progress`` is told the share that is done.
    """
    read, expected = READINGS[asked.reading]
    found = []
    for place, name in enumerate(asked.schemes):
        shares = np.empty((asked.runs, len(asked.counts)))
        for run in range(asked.runs):
            memory = Run.drawn(name, asked.dimensions, asked.seed + run, asked.n_items)
            shares[run] = [read(memory, k) for k in asked.counts]
            if progress:
                progress((place + (run + 1) / asked.runs) / len(asked.schemes))
        D = memory.scheme.dimensions
        theory = [expected(name, k, D, asked.n_items) for k in asked.counts]
        found.append(Held(name, D, asked.counts, tuple(shares.mean(axis=0).tolist()), tuple(theory)))
    return found


def worst_gap(found: Sequence[Held]) -> float:
    """Return the largest difference between what was measured and what was expected, where it was."""
    gaps = [np.abs(np.subtract(one.measured, one.expected)) for one in found]
    return float(np.nanmax(np.concatenate([np.zeros(1), *gaps])))
