"""Streaming a file of any size: peak memory, rates, and 20 kills at random moments.

    python -m benchmarks.streaming -n 1000000              # memory and rates
    python -m benchmarks.streaming --kills 20 -n 50000     # complete and identical after kills

Documents are those of the large collection, over and over, with other numbers and dates in each round (made
documents where the collection is not at hand). Memory is that of the process (RSS), sampled every tenth of a
second, beyond what it has after its imports.
"""

import argparse
import gzip
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from benchmarks.memory import large_collection
from vsaviz.streaming.manifest import NAME, read_manifest

MB = 1 << 20
KILLS = """
import sys
from pathlib import Path
from vsaviz import JSONVectorizer
from vsaviz.streaming import Folder, Source, encode_file, lines
lines.DOCUMENTS_AT_ONCE = 256
encode_file(Source(Path(sys.argv[1])), Folder(Path(sys.argv[2]), rows=512), JSONVectorizer(dimensions=256))
"""


def jittered(documents: list[Any], n: int) -> Iterator[bytes]:
    """Yield n documents as JSON, those given over and over; each round has other years and identifiers."""
    for row in range(n):
        turn, place = divmod(row, len(documents))
        document = documents[place]
        if turn and isinstance(document, dict):
            document = {name: _moved(value, turn) for name, value in document.items()}
        yield orjson.dumps(document)


def _moved(value: Any, turn: int) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value + turn
    if isinstance(value, float):
        return value * (1 + 0.001 * turn)
    if isinstance(value, str) and any(map(str.isdigit, value)):
        return f"{value}{turn}" if len(value) < 12 else value
    return value


def write(file: Path, n: int) -> None:
    """Write the documents to a gzipped file of JSON Lines."""
    documents = large_collection()
    with gzip.open(file, "wb", compresslevel=1) as stream:
        for line in jittered(documents, n):
            stream.write(line + b"\n")


@dataclass
class Watch:
    """The memory of a process over time, in MB."""

    pid: int
    seen: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        start = time.monotonic()
        while not self._stop.wait(0.1):
            try:
                text = Path(f"/proc/{self.pid}/statm").read_text()
            except OSError:
                return
            self.seen.append(
                (time.monotonic() - start, int(text.split()[1]) * os.sysconf("SC_PAGESIZE") / MB)
            )

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()


def stream(file: Path, folder: Path) -> tuple[Watch, list[tuple[float, str]]]:
    """Encode a file on the command line; return its memory over time, and what it said when."""
    code = "import sys; from vsaviz.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "encode", str(file), "-o", f"{folder}/"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    watch, said, start = Watch(process.pid), [], time.monotonic()
    assert process.stderr is not None  # noqa: S101 - for the checker of types
    for line in process.stderr:
        said.append((time.monotonic() - start, line.strip()))
        print(f"{said[-1][0]:8.1f} s  {line.strip()}", file=sys.stderr)
    watch.stop()
    if process.wait():
        raise SystemExit(process.returncode)
    return watch, said


def imported() -> float:
    """Return the memory of a process that has imported all that it will need, in MB."""
    code = "import vsaviz.cli, vsaviz.streaming; print(open('/proc/self/statm').read())"
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout.split()[1]) * os.sysconf("SC_PAGESIZE") / MB


def memory_report(watch: Watch, said: list[tuple[float, str]]) -> Iterator[str]:
    """Yield the peaks of each pass, beyond what the process has after its imports, and how flat they are."""
    held = imported()
    tasks = ["reading", "counting", "encoding"]
    ends = {task: max((when for when, line in said if line.startswith(task)), default=0.0) for task in tasks}
    start = 0.0
    yield f"process after imports: {held:,.0f} MB"
    for task in tasks:
        if not ends[task]:
            continue
        seen = [(when, mb - held) for when, mb in watch.seen if start < when <= ends[task]]
        if len(seen) >= 4:
            quarters = [
                max(mb for _, mb in seen[i * len(seen) // 4 : (i + 1) * len(seen) // 4]) for i in range(4)
            ]
            shown = ", ".join(f"{peak:,.0f}" for peak in quarters)
            yield f"{task}: {ends[task] - start:,.0f} s, peaks of its quarters beyond that {shown} MB"
        start = ends[task]
    yield f"peak beyond that: {max(mb for _, mb in watch.seen) - held:,.0f} MB"


def digest(folder: Path) -> str:
    """Return a hash of all parts of a folder."""
    whole = hashlib.blake2b(digest_size=16)
    for part in sorted(folder.glob("part-*.parquet")):
        whole.update(part.read_bytes())
    return whole.hexdigest()


def kills(file: Path, folder: Path, n: int, seed: int = 0) -> tuple[bool, list[int]]:
    """Kill an encoding n times at random moments; return whether it ends as if it had not been, and its rows.

    Moments are drawn over the whole work: after so many parts, and up to half a second later.
    """
    command, killed, rows = [sys.executable, "-c", KILLS, str(file)], folder / "killed", list[int]()
    subprocess.run([*command, str(folder / "whole")], check=True)
    draw = np.random.default_rng(seed)
    for target in np.sort(draw.integers(len(read_manifest(folder / "whole").parts), size=n)).tolist():
        process = subprocess.Popen([*command, str(killed)])
        while process.poll() is None and len(list(killed.glob("part-*.parquet"))) < target:
            time.sleep(0.005)
        time.sleep(float(draw.uniform(0, 0.5)))
        process.send_signal(signal.SIGKILL)
        process.wait()
        rows.append(read_manifest(killed).rows if (killed / NAME).exists() else 0)
    subprocess.run([*command, str(killed)], check=True)
    return digest(folder / "whole") == digest(killed), rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=1_000_000, help="documents")
    parser.add_argument("--kills", type=int, default=0, help="kill it so many times instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "documents.ndjson.gz"
        write(file, options.n)
        if options.kills:
            same, rows = kills(file, folder, options.kills)
            print(f"{options.n:,} documents, killed {len(rows)} times, with these rows in parts: {rows}")
            print("complete and identical" if same else "different")
            return
        print("\n".join(memory_report(*stream(file, folder / "vectors"))))
        size = sum(one.stat().st_size for one in (folder / "vectors").iterdir()) / MB
        print(f"{options.n:,} documents, {file.stat().st_size / MB:,.0f} MB gzipped → {size:,.0f} MB")


if __name__ == "__main__":
    main()
