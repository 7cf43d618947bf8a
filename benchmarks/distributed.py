"""Encoding on a Dask cluster: two workers against one, a worker killed midway, all killed at random moments.

    python -m benchmarks.distributed                     # everything, some minutes
    python -m benchmarks.distributed -n 5000 --kills 2   # a short look

Workers are processes of this machine with one thread each, products of matrices too. Documents are those of
the large collection, over and over (made documents where it is not at hand), in files of JSON Lines. Times
are from finding the files to the manifest; workers have imported everything before.
"""

import argparse
import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import numpy as np
from distributed import Client

from benchmarks.memory import large_collection
from benchmarks.streaming import jittered
from vsaviz.distributed import Documents, Vectors, encode, fit
from vsaviz.streaming import Manifest, joined, read_manifest
from vsaviz.vectorizer import JSONVectorizer

MB = 1 << 20
FILES = 4
SMALL = JSONVectorizer(dimensions=256)
PIECE = 1 << 18
"""Bytes of a piece where it is killed: parts are small, so that there are many."""


def write(folder: Path, n: int) -> int:
    """Write n documents to files of JSON Lines and return their bytes."""
    folder.mkdir()
    lines = jittered(large_collection(), n)
    for number in range(FILES):
        with (folder / f"{number}.ndjson").open("wb") as stream:
            for _ in range(n // FILES + (number < n % FILES)):
                stream.write(next(lines) + b"\n")
    return sum(file.stat().st_size for file in folder.iterdir())


@contextmanager
def cluster(workers: int) -> Iterator[Client]:
    """Give a cluster of processes that have imported all they need."""
    with Client(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as client:
        client.wait_for_workers(workers)
        client.run(ready)
        yield client


def ready() -> None:
    """Import what tasks use, and encode once."""
    SMALL.fit_transform([{"a": 1}, {"b": "two words"}])


@dataclass(frozen=True)
class Timed:
    """Seconds of each step with so many workers."""

    workers: int
    fit: float
    encode: float
    processor: float
    """Of the workers, their starts too."""
    manifest: Manifest

    @property
    def total(self) -> float:
        """All seconds."""
        return self.fit + self.encode


def timed(workers: int, documents: Documents, output: Path) -> Timed:
    """Fit and encode with so many workers."""
    before = children()
    with cluster(workers) as client:
        start = time.perf_counter()
        encoder = fit(client, documents)
        middle = time.perf_counter()
        manifest = encode(client, documents, Vectors(output), encoder)
        end = time.perf_counter()
    return Timed(workers, middle - start, end - middle, children() - before, manifest)


def children() -> float:
    """Return the processor time of processes that were started here and have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def speed(folder: Path, n: int) -> Iterator[str]:
    """Yield what one worker and two take, and their ratio."""
    size = write(folder / "many", n)
    yield f"{n:,} documents, {size / MB:,.0f} MB of JSON Lines; mbat, D=1024, float32"
    # The same for both, and so many that no worker is idle for long at the end: four of each file.
    documents = Documents(folder / "many", piece=max(1, -(-size // (4 * FILES))))
    runs = [timed(workers, documents, folder / f"of-{workers}") for workers in (1, 2)]
    for run in runs:
        rate = f"{n / run.total:,.0f} documents and {size / MB / run.total:.2f} MB a second"
        times = f"fit {run.fit:.1f} s, encode {run.encode:.1f} s, processor time {run.processor:.0f} s"
        yield f"{run.workers} × 1 thread: {times}; {rate}"
    one, two = runs
    enough = "" if one.total >= 60 else " (less than 60 s of work: take more documents)"
    yield f"two workers against one: {one.total / two.total:.2f}× (≥ 1.5 asked){enough}"
    yield f"fit {one.fit / two.fit:.2f}×, encode {one.encode / two.encode:.2f}×"
    yield f"vectors {'identical' if digest(folder / 'of-1') == digest(folder / 'of-2') else 'different'}"
    parts = [(folder / "of-1" / part.name).stat().st_size for part in one.manifest.parts]
    yield f"{sum(parts) / n:,.0f} bytes a document in {len(parts)} parts"


def digest(folder: Path) -> str:
    """Return a hash of all files of a folder, by name; the file that ``joined`` makes is left out."""
    whole = hashlib.blake2b(digest_size=16)
    for file in sorted(folder.iterdir()):
        if file.name != "vectors.npy":
            whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()


def worker_killed(folder: Path) -> str:
    """Kill one of two workers when a third of the parts is there; say how it ends."""
    documents, output = Documents(folder / "few", piece=PIECE), folder / "one-killed"
    expected = len(read_manifest(folder / "whole").parts)
    with cluster(2) as client:
        victim = next(iter(client.run(os.getpid).values()))

        def kill() -> None:
            while parts(output) < expected // 3:
                time.sleep(0.005)
            os.kill(victim, signal.SIGKILL)

        Thread(target=kill, daemon=True).start()
        encode(client, documents, Vectors(output), SMALL)
        died = victim not in client.run(os.getpid).values()
    same = digest(output) == digest(folder / "whole")
    return f"a worker killed midway ({'dead' if died else 'not killed'}): {verdict(same)}"


def parts(folder: Path) -> int:
    """Return how many parts there are."""
    return len(list(folder.glob("part-*.parquet")))


def verdict(same: bool) -> str:
    """Say how it ended."""
    return "complete and identical" if same else "DIFFERENT"


def whole(folder: Path) -> None:
    """Encode the small collection, with two workers."""
    with cluster(2) as client:
        encode(client, Documents(folder / "few", piece=PIECE), Vectors(folder / sys.argv[2]), SMALL)


def kills(folder: Path, n: int, seed: int) -> Iterator[str]:
    """Kill client, scheduler and workers n times; yield what is left.

    Moments are drawn over the whole work: after so many parts, one of them written in this life, and up to
    a fifth of a second later.
    """
    output, kept = folder / "killed", dict[str, int]()
    command = [sys.executable, "-m", "benchmarks.distributed", "--child", str(folder), "killed"]
    draw = np.random.default_rng(seed)
    lost, begun = set[str](), list[int]()
    total = len(read_manifest(folder / "whole").parts)
    for target in np.sort(draw.choice(total - 1, min(n, total - 1), replace=False) + 1).tolist():
        least = min(max(target, len(kept) + 1), total)
        process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        while process.poll() is None and parts(output) < least:
            time.sleep(0.005)
        time.sleep(float(draw.uniform(0, 0.2)))
        with suppress(ProcessLookupError):  # it was done
            os.killpg(process.pid, signal.SIGKILL)  # the workers too: they are of its group
        process.wait()
        time.sleep(0.2)  # for the system to end them all
        now = {file.name: file.stat().st_mtime_ns for file in output.glob("part-*.parquet")}
        lost |= {name for name, when in kept.items() if now.get(name) != when}
        kept = now
        begun.append(len(kept))
    yield f"all killed {len(begun)} times, with so many of {total} parts in place: {begun}"
    subprocess.run(command, check=True)
    now = {file.name: file.stat().st_mtime_ns for file in output.glob("part-*.parquet")}
    lost |= {name for name, when in kept.items() if now.get(name) != when}
    yield f"parts that were in place and were lost or made again: {len(lost)}"
    yield f"in the end: {verdict(digest(output) == digest(folder / 'whole'))}"


def broken(folder: Path, n: int, times: int, seed: int) -> Iterator[str]:
    """Yield how encoding ends where a worker, and where everything is killed."""
    write(folder / "few", n)
    with cluster(2) as client:
        encode(client, Documents(folder / "few", piece=PIECE), Vectors(folder / "whole"), SMALL)
    manifest = read_manifest(folder / "whole")
    yield f"{manifest.rows:,} documents in {len(manifest.parts)} parts, D=256"
    yield worker_killed(folder)
    if times:
        yield from kills(folder, times, seed)
    rows = len(joined(folder / "whole"))
    yield f"rows: {rows:,} of {n:,}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=100_000, help="documents that are timed; 0: none")
    parser.add_argument("--few", type=int, default=12_000, help="documents where it is killed")
    parser.add_argument("--kills", type=int, default=20, help="how often everything is killed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if options.n:
            for line in speed(folder, options.n):
                print(line, flush=True)
        for line in broken(folder, options.few, options.kills, options.seed):
            print(line, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        sys.argv.pop(1)
        whole(Path(sys.argv[1]))
    else:
        main()
