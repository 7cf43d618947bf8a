"""How many vectors a bundle holds, and how alike a filler comes back: every scheme beside published figures.

python benchmarks/capacity.py               # a quarter of an hour on two cores
python benchmarks/capacity.py --repeats 1   # quicker and rougher
python benchmarks/capacity.py --store       # D for each k, for the Lab to draw beside what it measures

The experiments are those of K. Schlegel, P. Neubert and P. Protzel, *A comparison of vector symbolic
architectures* (2022): an item memory of 1,000 random vectors; (a) bundle k of them and read the k most
similar back; (b) bundle k pairs of a role and a filler, unbind each role, and read the filler back. D
goes through the squares up to 40²; for each k the first D with a mean accuracy of at least 0.99 counts, and a
straight line through these is read at k = 15. All is repeated with new vectors, and the median counts: where
accuracy rises slowly with D (as with ``bsdc-s``, whose roles collide) chance decides which D is the first.
"""

import argparse
import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

from vsaviz import schemes
from vsaviz.lab.capacity.bundles import ACCURATE, Run
from vsaviz.lab.capacity.published import PUBLISHED, PUBLISHED_AT, PUBLISHED_SIMILARITY, STORED, line_at

GRID = tuple(n**2 for n in range(4, 41))
MOST = 40
"""The largest k."""
PATIENCE = 4
"""A D at which so many k have failed is not tried on larger ones."""
RUNS = 30
REPEATS = 3
DENSE_RUNS, DENSE_MOST = 5, 20
"""Runs, and the largest k, for schemes that make a dense matrix for each role."""
SIMILARITY_D = 1024
DEPTHS = (1, 5)


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


def dimension_for(name: str, experiment: str, seeds: range, most: int) -> float:
    """Return D for k = 15, read off a straight line through the first accurate D of each k."""
    return line_at(reached_for(name, experiment, seeds, most), PUBLISHED_AT)


def reached_for(name: str, experiment: str, seeds: range, most: int) -> dict[int, int]:
    """Return for each k the first D whose bundles are read back with a mean accuracy of 0.99."""
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
    return reached


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


def curves(name: str, runs: int) -> dict[str, dict[int, int]]:
    """Return for items and for pairs the first accurate D of each k."""
    with threadpool_limits(1):
        return {
            reading: reached_for(name, f"read_{reading}", range(runs), MOST) for reading in ("items", "pairs")
        }


def store(names: list[str], runs: int) -> None:
    """Measure the curves of schemes that make no dense matrix for each role, and keep them for the Lab."""
    quick = [name for name in names if schemes.scheme_type(name).largest is None]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        found = dict(zip(quick, workers.map(partial(curves, runs=runs), quick), strict=True))
    STORED.write_text(json.dumps({"runs": runs, "curves": found}) + "\n", "utf-8")


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
    parser.add_argument(
        "--store", action="store_true", help="keep D for each k for the Lab, and print nothing"
    )
    options = parser.parse_args()
    if options.store:
        store(options.schemes, options.runs)
        return
    work = partial(measure, runs=options.runs, repeats=options.repeats)
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        results = list(workers.map(work, options.schemes))
    print("\n".join(report(results)))


if __name__ == "__main__":
    main()
