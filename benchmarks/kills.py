"""Writers of collections that are killed with -9 at random moments, and whether what they wrote is there.

python -m benchmarks.kills [--trials 20] [--seed 0]

A writer appends numbered batches, deletes some again and compacts now and then; it writes a line for each of
these acts when the call has returned. After the kill the collection must hold what the acknowledged acts
make, or that and the whole of the next one, and must go on working.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np

BATCH = 40
D = 64
LONGEST = 0.8
"""Seconds from the first acknowledgement to the latest kill."""
PATIENCE = 120.0
AT_ONCE = 4
"""Writers that run side by side."""

Act = tuple[str, int]

AFTER = {"after": "the kill"}
"""What is appended to a collection whose writer was killed."""


@dataclass(frozen=True)
class Trial:
    """What became of one writer."""

    acknowledged: int
    """Acts that it had acknowledged when it was killed."""
    during: str
    """The act that it was killed in."""
    complaints: list[str]
    """What is wrong with the collection that it left: nothing, one hopes."""


def acts() -> Iterator[Act]:
    """Yield what a writer does, one after the other."""
    for batch in count():
        yield "append", batch
        if batch % 3 == 2:
            yield "delete", batch - 1
        if batch % 4 == 3:
            yield "compact", batch


def documents(batch: int) -> list[dict[str, int]]:
    """Return the documents of a batch."""
    return [{"batch": batch, "n": n} for n in range(BATCH)]


def made_by(done: int) -> list[dict[str, int]]:
    """Return what a collection holds after so many acts."""
    batches: dict[int, None] = {}
    for act, batch in islice(acts(), done):
        if act == "append":
            batches[batch] = None
        elif act == "delete":
            del batches[batch]
    return [one for batch in batches for one in documents(batch)]


def write(folder: Path) -> None:
    """Do the acts without end, each acknowledged by a line in a file beside the folder."""
    from vsaviz.collection import Collection

    collection = Collection.open(folder)
    acknowledged = os.open(log_of(folder), os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for act, batch in acts():
        if act == "append":
            collection.append(documents(batch))
        elif act == "delete":
            collection.delete(where=f"batch = {batch}")
        else:
            collection.compact()
        os.write(acknowledged, f"{act} {batch}\n".encode())


def log_of(folder: Path) -> Path:
    """Return where a writer acknowledges."""
    return folder.with_suffix(".log")


def writers(folders: list[str]) -> None:
    """Become the parent of one writer for each folder; print their process ids and wait for them."""
    import vsaviz.collection  # noqa: F401 - once for all

    warnings.simplefilter("ignore", RuntimeWarning)  # nothing of LanceDB runs yet, so forking is safe
    children = []
    for folder in folders:
        child = os.fork()
        if not child:
            write(Path(folder))
        children.append(child)
    sys.stdout.write(" ".join(map(str, children)) + "\n")
    sys.stdout.flush()
    for child in children:
        os.waitpid(child, 0)


def trials(folder: Path, n: int, seed: int) -> Iterator[Trial]:
    """Kill n writers, each on a collection of its own; yield what became of them."""
    from vsaviz.collection import Collection
    from vsaviz.vectorizer import JSONVectorizer

    draw = np.random.default_rng(seed)
    vectorizer = JSONVectorizer(dimensions=D).fit(documents(0) + documents(7))
    for start in range(0, n, AT_ONCE):
        folders = [folder / str(i) for i in range(start, min(start + AT_ONCE, n))]
        for one in folders:
            Collection.create(one, [], vectorizer)
        _killed(folders, draw.uniform(0, LONGEST, len(folders)))
        yield from map(judged, folders)


def _killed(folders: list[Path], moments: Any) -> None:
    """Run writers until each has been killed, at its moment after its first acknowledgement."""
    code = f"from benchmarks.kills import writers; writers({[str(folder) for folder in folders]!r})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        children = [int(child) for child in (parent.stdout or sys.stdin).readline().split()]
        _kill_each(children, folders, moments)


def _kill_each(children: list[int], folders: list[Path], moments: Any) -> None:
    due = dict.fromkeys(children, float("inf"))
    until = time.monotonic() + PATIENCE
    while due and time.monotonic() < until:
        for child, folder, moment in zip(children, folders, moments, strict=True):
            if due.get(child) == float("inf") and log_of(folder).exists() and log_of(folder).stat().st_size:
                due[child] = time.monotonic() + moment
            if time.monotonic() >= due.get(child, float("inf")):
                os.kill(child, signal.SIGKILL)
                del due[child]
        time.sleep(0.001)
    for child in due:
        os.kill(child, signal.SIGKILL)


def judged(folder: Path) -> Trial:
    """Return what became of the collection of a writer that was killed."""
    from vsaviz.collection import Collection

    said = log_of(folder).read_text().splitlines()
    expected = [f"{act} {batch}" for act, batch in islice(acts(), len(said) + 1)]
    complaints = [] if said == expected[:-1] else [f"acknowledged {said[-1]!r} out of order"]
    collection = Collection.open(folder)
    ids = np.concatenate([ids for ids, _ in collection.blocks()] or [np.empty(0, np.int64)])
    found = list(collection)
    if found not in (made_by(len(said)), made_by(len(said) + 1)):
        complaints.append(f"{len(found)} documents, expected {len(made_by(len(said)))}")
    if (np.diff(ids) <= 0).any():
        complaints.append("ids do not ascend")
    added = collection.append([AFTER])
    if len(ids) and added.start <= ids[-1]:
        complaints.append(f"the id {added.start} is given twice")
    if collection.search(AFTER, 1)[0].row != added.start:
        complaints.append("what is appended afterwards is not found")
    collection.compact()
    if list(Collection.open(folder)) != [*found, AFTER]:
        complaints.append("compacting changed the documents")
    return Trial(len(said), expected[-1], complaints)


def main() -> None:
    """Print a line for each trial."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    good = 0
    with tempfile.TemporaryDirectory() as folder:
        for trial in trials(Path(folder), options.trials, options.seed):
            good += not trial.complaints
            verdict = "; ".join(trial.complaints) or "all there"
            print(f"{trial.acknowledged:>5} acknowledged, killed in {trial.during}: {verdict}", flush=True)
    print(f"{good} of {options.trials} collections hold all that was acknowledged, once, and go on working")


if __name__ == "__main__":
    main()
