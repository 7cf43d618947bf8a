"""How large codebooks may be for products of three and four factors to be taken apart.

python benchmarks/factoring.py            # five minutes on two cores; prints the table
python benchmarks/factoring.py --store    # and keeps the curves for the Lab

Every network is given the same products: of each size some codebooks, of each of these some products of
random factors. A product counts as factored if all of its factors were found within the steps allowed.
"""

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from threadpoolctl import threadpool_limits

from vsaviz.lab.factoring.resonating import FAMILIES
from vsaviz.lab.factoring.resonator import Problem
from vsaviz.lab.factoring.success import Stored, store, success

SIZES = {3: (4, 8, 12, 16, 24, 32, 40, 48, 64), 4: (3, 4, 6, 8, 10, 12, 16)}
"""Vectors in each codebook, by the number of factors."""
DIMENSIONS = 256
TRIALS, REPEATS, STEPS = 40, 8, 100


def measure(of: tuple[str, int]) -> Stored:
    """Return the curves of a family and a number of factors."""
    family, factors = of
    problem = Problem(family, factors, DIMENSIONS, trials=TRIALS, steps=STEPS)
    with threadpool_limits(1):
        return Stored(problem, REPEATS, tuple(success(problem, SIZES[factors], repeats=REPEATS)))


def report(runs: list[Stored]) -> Iterator[str]:
    """Yield the lines of the table: success, and the median of steps, at each size."""
    for factors, sizes in SIZES.items():
        yield f"| {factors} factors | network | {' | '.join(map(str, sizes))} | at least half |"
        yield "|---" * (len(sizes) + 3) + "|"
        for run in runs:
            for curve in run.curves if run.problem.factors == factors else ():
                cells = [_cell(*cell) for cell in zip(curve.success, curve.steps, strict=True)]
                yield f"| {run.problem.family} | {curve.update} | {' | '.join(cells)} | {curve.reaches} |"
        yield ""


def _cell(share: float, steps: float) -> str:
    return f"{share:.0%} ({steps:.0f})" if share else "0%"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", action="store_true", help="keep the curves for the Lab")
    options = parser.parse_args()
    work = [(family, factors) for factors in SIZES for family in FAMILIES]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        runs = list(workers.map(measure, work))
    print("\n".join(report(runs)))
    if options.store:
        store(runs)


if __name__ == "__main__":
    main()
