"""How large codebooks may be for a product to be factored: success and steps of both resonator networks."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from vsaviz.lab.factoring.resonating import UPDATES
from vsaviz.lab.factoring.resonator import GIVEN_UP, Network, Problem

STORED = Path(__file__).parent / "stored.json"
"""What ``benchmarks/factoring.py --store`` measured."""


@dataclass(frozen=True)
class Curve:
    """How one network did on codebooks of growing size."""

    update: str
    sizes: tuple[int, ...]
    success: tuple[float, ...]
    """The share of products whose factors were all found."""
    steps: tuple[float, ...]
    """The median of the steps it took to find them; nan where none was."""

    @property
    def reaches(self) -> int:
        """The largest size up to which it solved at least half; 0 if none."""
        reached = 0
        for size, share in zip(self.sizes, self.success, strict=True):
            if share < GIVEN_UP:
                break
            reached = size
        return reached


def success(
    problem: Problem,
    sizes: Sequence[int],
    progress: Callable[[float], None] | None = None,
    repeats: int = 1,
) -> list[Curve]:
    """Return a curve for each kind of update, the same products for all.

    Each of ``repeats`` has new codebooks and products. ``progress`` is told the share that is done.
    """
    solved = np.zeros((len(UPDATES), len(sizes)))
    steps: list[list[list[int]]] = [[[] for _ in sizes] for _ in UPDATES]
    work = sum(sizes) * repeats * len(UPDATES)
    done = 0
    for column, size in enumerate(sizes):
        for repeat in range(repeats):
            network = Network.drawn(replace(problem, size=size, seed=problem.seed + repeat))
            for row, update in enumerate(UPDATES):
                found = network.factored(update)
                solved[row, column] += found.solved.mean() / repeats
                steps[row][column] += found.steps[found.solved].tolist()
                done += size
                if progress:
                    progress(done / work)
    return [
        Curve(update, tuple(sizes), tuple(solved[row].tolist()), tuple(map(_median, steps[row])))
        for row, update in enumerate(UPDATES)
    ]


def _median(steps: Sequence[int]) -> float:
    return float(np.median(steps)) if steps else float("nan")


@dataclass(frozen=True)
class Stored:
    """A larger run that the package carries along."""

    problem: Problem
    repeats: int
    curves: tuple[Curve, ...]

    @property
    def trials(self) -> int:
        """How many products each point is the share of."""
        return self.problem.trials * self.repeats


def store(stored: Sequence[Stored]) -> None:
    """Keep runs for the Lab."""
    kept = [asdict(one) for one in stored]
    STORED.write_text(json.dumps(kept).replace("NaN", "null") + "\n", "utf-8")


@cache
def stored_runs() -> tuple[Stored, ...]:
    """Return the runs that are kept."""
    return tuple(
        Stored(Problem(**run["problem"]), run["repeats"], tuple(map(_curve, run["curves"])))
        for run in json.loads(STORED.read_text("utf-8"))
    )


def stored_run(family: str, factors: int) -> Stored | None:
    """Return the run that is kept for a family and a number of factors, if there is one."""
    same = [run for run in stored_runs() if (run.problem.family, run.problem.factors) == (family, factors)]
    return same[0] if same else None


def _curve(kept: dict[str, list[float]]) -> Curve:
    steps = tuple(float("nan") if step is None else step for step in kept["steps"])
    return Curve(str(kept["update"]), tuple(map(int, kept["sizes"])), tuple(kept["success"]), steps)
