"""How much memory encoding takes at its peak, each case in a process of its own.

python benchmarks/memory.py keys          # prints one line of JSON
"""

import gc
import json
import lzma
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scipy import sparse

from benchmarks.made import made
from vsaviz import features, schemes
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings

MB = 1 << 20
DISTINCT_KEYS = 100_000
LARGE = Path(__file__).parents[2] / "shared" / "collections" / "large" / "tate_artworks_all.ndjson.xz"
MADE_INSTEAD = 50_000
"""Made documents where the large collection is not at hand."""
PROC = Path("/proc/self")


@dataclass(frozen=True)
class Memory:
    """What one process took, in MB; peaks of fitting and encoding are counted from what it held before."""

    documents: int
    held: float
    """The process with imports and documents, before fitting."""
    factors: float
    """L and T."""
    output: float
    """The vectors."""
    fit: float
    """The peak while fitting, beyond what was held before and L and T."""
    kept: float
    """Of that, what stays after fitting: vocabulary, paths, atoms' symbols."""
    encode: float
    """The peak while encoding, beyond what was held before (with L and T) and the output."""
    peak: float
    """The whole process."""

    @property
    def beyond(self) -> float:
        """The peak of fitting and encoding, beyond the documents, L, T and the output."""
        return max(self.fit, self.kept + self.encode)


def separate_keys() -> list[Any]:
    """Return 10,000 documents of 10 keys that no other document has."""
    return [
        {f"key {number}": number % 97 for number in range(start, start + 10)}
        for start in range(0, DISTINCT_KEYS, 10)
    ]


def keys_of_one() -> list[Any]:
    """Return one document with all the keys."""
    return [{f"key {number}": number % 97 for number in range(DISTINCT_KEYS)}]


def large_collection() -> list[Any]:
    """Return the artworks of the Tate, or made documents where these are not at hand."""
    if not LARGE.exists():
        return made(MADE_INSTEAD)
    with lzma.open(LARGE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


CASES: dict[str, Callable[[], list[Any]]] = {
    "keys": separate_keys,
    "keys-of-one": keys_of_one,
    "large": large_collection,
}


def measured(case: str) -> Memory:
    """Return what the case took in a fresh process.

    Raises
    ------
    subprocess.CalledProcessError
        If the process failed, for want of memory perhaps.
    """
    command = [sys.executable, "-m", "benchmarks.memory", case]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, text=True)
    return Memory(**json.loads(done.stdout))


def measure(documents: list[Any], dimensions: int = 1024) -> Memory:
    """Fit and encode the documents in this process."""
    loading, held = _highest(), resident()
    with peak() as fit:
        _, fitted = features.fit(documents, FeatureSettings())
    after = resident()
    with peak() as encoding:
        vectors = encode(fitted, schemes.create("mbat", dimensions))
    factors = _size(fitted.L) + _size(fitted.T)
    output = vectors.nbytes / MB
    return Memory(
        documents=len(documents),
        held=held,
        factors=factors,
        output=output,
        fit=fit[0] - held - factors,
        kept=after - held - factors,
        encode=encoding[0] - after - output,
        peak=max(loading, fit[0], encoding[0]),
    )


@contextmanager
def peak() -> Iterator[list[float]]:
    """Give a list that holds, afterwards, the most memory that the process had within the block, in MB.

    Linux lets a process forget its earlier peak. Without that the peak since the beginning stands.
    """
    most: list[float] = []
    if PROC.exists():
        (PROC / "clear_refs").write_text("5")
    yield most
    most.append(_highest())


def _highest() -> float:
    """Return the process's peak; ``ru_maxrss`` would begin with that of the process which started it."""
    return _status("VmHWM") if PROC.exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident() -> float:
    """Return the process's memory now, in MB."""
    gc.collect()
    return _status("VmRSS") if PROC.exists() else _highest()


def _status(name: str) -> float:
    lines = (PROC / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":")) / 1024


def _size(matrix: sparse.csr_array) -> float:
    return float(matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes) / MB


if __name__ == "__main__":
    print(json.dumps(asdict(measure(CASES[sys.argv[1]]()))))
