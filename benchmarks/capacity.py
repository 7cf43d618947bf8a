"""How many vectors a bundle holds, and how alike a filler comes back: every scheme beside published figures.

python benchmarks/capacity.py               # a quarter of an hour on two cores
python benchmarks/capacity.py --repeats 1   # quicker and rougher

The experiments are those of K. Schlegel, P. Neubert and P. Protzel, *A comparison of vector symbolic
architectures* (2022): an item memory of 1,000 random vectors; (a) bundle k of them and read the k most
similar back; (b) bundle k pairs of a role and a filler, unbind each role, and read the filler back. D
goes through the squares up to 40²; for each k the first D with a mean accuracy of at least 0.99 counts, and a
straight line through these is read at k = 15. All is repeated with new vectors, and the median counts: where
accuracy rises slowly with D (as with ``bsdc-s``, whose roles collide) chance decides which D is the first.
"""

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

from vsaviz import schemes
from vsaviz.schemes import Scheme
from vsaviz.schemes.base import Native
from vsaviz.schemes.keyed import Floats

GRID = tuple(n**2 for n in range(4, 41))
ITEMS = 1_000
ACCURATE = 0.99
MOST = 40
"""The largest k."""
READ_AT = 15
PATIENCE = 4
"""A D at which so many k have failed is not tried on larger ones."""
RUNS = 30
REPEATS = 3
DENSE_RUNS, DENSE_MOST = 5, 20
"""Runs, and the largest k, for schemes that make a dense matrix for each role."""
SIMILARITY_D = 1024
DEPTHS = (1, 5)

# From the result files that the authors publish: D for 15 items, and for 15 pairs.
PUBLISHED = {
    "map-b": (793, 780),
    "map-c": (637, 622),
    "map-i": (473, 493),
    "hrr": (514, 515),
    "fhrr": (333, 340),
    "vtb": (503, 549),
    "bsc": (752, 749),
    "bsdc-s": (324, 565),
    "bsdc-seg": (327, 408),
    "mbat": (478, 568),
    "mbat-haar": (478, 568),
}
# The similarity of a filler that was bound with one role, and with five, and unbound again.
PUBLISHED_SIMILARITY = {
    **dict.fromkeys(PUBLISHED, (1.0, 1.0)),
    "hrr": (0.71, 0.21),
    "vtb": (0.71, 0.41),
    "map-c": (0.74, 0.22),
}


@dataclass(frozen=True)
class Found:
    """What one scheme reached."""

    name: str
    items: tuple[float, ...]
    """D that holds 15 items, of each repetition."""
    pairs: tuple[float, ...]
    """D that holds 15 bound pairs, of each repetition."""
    similarities: tuple[float, ...]
    """How alike a filler comes back after one role, and after five."""
    runs: int


@dataclass(frozen=True)
class Run:
    """One item memory."""

    scheme: Scheme
    items: Native
    rows: Floats
    chance: np.random.Generator

    @classmethod
    def drawn(cls, name: str, dimensions: int, seed: int) -> "Run":
        """Return a memory of new vectors at the possible D nearest to the given one."""
        kind = schemes.scheme_type(name)
        near = min(kind.dimensions_near(dimensions), key=lambda possible: abs(possible - dimensions))
        scheme = kind(near, seed)
        items = scheme.atoms([("item", number) for number in range(ITEMS)])
        return cls(scheme, items, scheme.embed(items), np.random.default_rng(seed))

    def bundled(self, vectors: Native) -> Native:
        """Return the bundle of some vectors; sparse bits are not thinned, as there are few of them."""
        together = getattr(self.scheme, "disjunction", self.scheme.bundle)
        bundle: Native = together(vectors)[None]
        return bundle

    def read_items(self, k: int) -> float:
        """Return the share of k bundled items that are among the k most similar ones."""
        chosen = self.chance.choice(ITEMS, k, replace=False)
        similarities = (self.scheme.embed(self.bundled(self.items[chosen])) @ self.rows.T)[0]
        best = np.argpartition(similarities, -k)[-k:]
        return len(np.intersect1d(best, chosen)) / k

    def read_pairs(self, k: int) -> float:
        """Return the share of k fillers that come first once their role is unbound."""
        chosen = self.chance.choice(ITEMS, k, replace=False)
        roles = [("role", number) for number in self.chance.choice(ITEMS, k, replace=False).tolist()]
        fillers = self.items[chosen]
        pairs = np.concatenate([self.scheme.bind(role, fillers[[place]]) for place, role in enumerate(roles)])
        bundle = self.bundled(pairs)
        found = np.concatenate([self.scheme.unbind(role, bundle) for role in roles])
        return float(np.mean((self.scheme.embed(found) @ self.rows.T).argmax(axis=1) == chosen))


def dimension_for(name: str, experiment: str, seeds: range, most: int) -> float:
    """Return D for k = 15, read off a straight line through the first accurate D of each k."""
    reached: dict[int, int] = {}
    for D in GRID:
        memories = [Run.drawn(name, D, seed) for seed in seeds]
        failed = 0
        for k in (k for k in range(2, most + 1) if k not in reached):
            if np.mean([getattr(run, experiment)(k) for run in memories]) >= ACCURATE:
                reached[k] = memories[0].scheme.dimensions
            elif (failed := failed + 1) == PATIENCE:
                break
        if len(reached) == most - 1:
            break
    slope, start = np.polyfit(list(reached), list(reached.values()), 1)
    return float(start + slope * READ_AT)


def similarity_after(name: str, depth: int, runs: int) -> float:
    """Return how alike a filler is, bound with some roles and unbound in reverse; the mean of some runs."""
    kind = schemes.scheme_type(name)
    found = []
    for seed in range(runs):
        scheme = kind(kind.dimensions_near(SIMILARITY_D)[0], seed)
        filler = vector = scheme.atoms(["filler"])
        roles = [f"role {step}" for step in range(depth)]
        for role in roles:
            vector = scheme.bind(role, vector)
        for role in reversed(roles):
            vector = scheme.unbind(role, vector)
        found.append(scheme.similarity(filler, vector).item())
    return float(np.mean(found))


def measure(name: str, runs: int, repeats: int) -> Found:
    """Return what a scheme reaches in both experiments."""
    dense = schemes.scheme_type(name).largest is not None
    runs, most = (min(runs, DENSE_RUNS), DENSE_MOST) if dense else (runs, MOST)
    seeds = [range(runs * repeat, runs * (repeat + 1)) for repeat in range(1 if dense else repeats)]
    with threadpool_limits(1):
        return Found(
            name,
            items=tuple(dimension_for(name, "read_items", some, most) for some in seeds),
            pairs=tuple(dimension_for(name, "read_pairs", some, most) for some in seeds),
            similarities=tuple(similarity_after(name, depth, runs) for depth in DEPTHS),
            runs=runs,
        )


def report(results: list[Found]) -> Iterator[str]:
    """Yield the lines of both tables."""
    yield "| scheme | D for 15 items | published | | D for 15 pairs | published | | runs |"
    yield "|---|---|---|---|---|---|---|---|"
    for found in results:
        items, pairs = PUBLISHED.get(found.name, (None, None))
        yield (
            f"| {found.name} | {_beside(found.items, items)} | {_beside(found.pairs, pairs)} | "
            f"{len(found.items)} × {found.runs} |"
        )
    yield ""
    yield "| scheme | one role | published | limit | five roles | published | limit |"
    yield "|---|---|---|---|---|---|---|"
    for found in results:
        published = PUBLISHED_SIMILARITY.get(found.name)
        cells = []
        for place, depth in enumerate(DEPTHS):
            stated = f"{published[place]:.2f}" if published else ""
            limit = schemes.scheme_type(found.name).returned(depth)
            cells.append(f"{found.similarities[place]:.2f} | {stated} | {limit:.2f}")
        yield f"| {found.name} | {' | '.join(cells)} |"


def _beside(found: tuple[float, ...], published: int | None) -> str:
    middle = median(found)
    spread = f" ({min(found):.0f} to {max(found):.0f})" if len(found) > 1 else ""
    compared = f"{published} | {middle / published - 1:+.0%}" if published else "|"
    return f"{middle:.0f}{spread} | {compared}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--schemes", nargs="*", default=schemes.names(), choices=schemes.names())
    parser.add_argument("--repeats", type=int, default=REPEATS)
    options = parser.parse_args()
    work = partial(measure, runs=options.runs, repeats=options.repeats)
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        results = list(workers.map(work, options.schemes))
    print("\n".join(report(results)))


if __name__ == "__main__":
    main()
