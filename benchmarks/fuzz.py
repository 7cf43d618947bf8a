"""Feed random and mutated inputs to the reader and the encoder: nothing but InputError may come out.

What is read is encoded, the documents of 1 to 80 inputs together, by an encoder fitted on them and by one
fitted on others; now and then they are also explained, decoded, searched, and written as text. Rows must be
of length 1. An input for which anything else comes out is saved to a file, and the exit code is 1.

    python -m benchmarks.fuzz --n 100000
    python -m benchmarks.fuzz --first 4711 --n 1      # one of them again
"""

import argparse
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.nasty import documents, nasty
from vsaviz import Index, InputError, JSONVectorizer, labels, read_json, schemes
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.readings import ARRAYS
from vsaviz.features.settings import WEIGHTS
from vsaviz.jsontext import indented, one_line
from vsaviz.schemes.keyed import Floats

D = 64
TOGETHER = (1, 4, 15, 80)
"""Inputs that are encoded together, in turn: some faults need few documents, some many."""
ENCODED = 6
"""Documents of each input that are encoded, at most."""
OTHERS = 16
"""Encoders that were fitted on other documents."""


@dataclass(frozen=True)
class Failure:
    """An input for which something other than InputError came out."""

    name: str
    data: bytes
    reason: str


@dataclass
class Report:
    """What became of the inputs."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind of input and outcome: read or refused."""
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, -1)
    """Seconds to read, and the number of the input."""
    longest: tuple[float, int] = (0.0, -1)
    """Seconds to encode what was read of some inputs, and the number of the first of them."""
    failure: Failure | None = None


def run(n: int, seed: int = 0, first: int = 0) -> Report:
    """Try n inputs and return what became of them; it ends at the first failure."""
    report = Report()
    begin = time.perf_counter()
    with threadpool_limits(1):
        for numbers in _groups(first, first + n):
            read = [(i, _read(seed, i, report)) for i in numbers]
            if report.failure is None:
                _encode_all(seed, [(i, found) for i, found in read if found], report)
            if report.failure is not None:
                break
    report.seconds = time.perf_counter() - begin
    return report


def _groups(first: int, end: int) -> Iterator[range]:
    """Yield the numbers of inputs to be encoded together; they depend on the numbers alone."""
    start = first - first % sum(TOGETHER)
    while start < end:
        for size in TOGETHER:
            if part := range(max(start, first), min(start + size, end)):
                yield part
            start += size


def _read(seed: int, i: int, report: Report) -> list[Any]:
    kind, data = nasty(seed, i)
    start = time.perf_counter()
    found: list[Any] = []
    try:
        found = read_json(data, broken="leave out" if i % 3 else "refuse")[:ENCODED]
        outcome = "read"
    except InputError:
        outcome = "refused"
    except Exception:
        outcome = "failed"
        report.failure = Failure(f"fuzz-{seed}-{i}.bin", data, traceback.format_exc())
    report.counts[kind, outcome] += 1
    report.slowest = max(report.slowest, (time.perf_counter() - start, i))
    return found


def _encode_all(seed: int, read: Sequence[tuple[int, list[Any]]], report: Report) -> None:
    """Encode what was read of some inputs; where that fails, find out which it is."""
    if not read:
        return
    start = time.perf_counter()
    number, together = read[0][0], [document for _, found in read for document in found]
    try:
        _encode(seed, number, together)
    except Exception:
        reason = traceback.format_exc()
        for i, found in read if len(read) > 1 else ():
            _encode_all(seed, [(i, found)], report)
            if report.failure:
                return
        data = nasty(seed, number)[1] if len(read) == 1 else json.dumps(together).encode()
        report.failure = Failure(f"fuzz-{seed}-{number}.bin", data, reason)
    report.longest = max(report.longest, (time.perf_counter() - start, number))


def _encode(seed: int, number: int, found: list[Any]) -> None:
    rng = np.random.default_rng([seed, number, 1])
    fitted = _encoder(rng)
    _check(fitted.fit_transform(found), len(found))
    _check(_fitted_on_others(seed, number % OTHERS).transform(found), len(found))
    if number % sum(TOGETHER) == 0:
        _use(fitted, found)


@cache
def _fitted_on_others(seed: int, number: int) -> JSONVectorizer:
    rng = np.random.default_rng([seed, number, 2])
    return _encoder(rng).fit(documents(rng))


def _encoder(rng: np.random.Generator) -> JSONVectorizer:
    def one(options: Any) -> Any:
        return list(options)[int(rng.integers(len(options)))]

    scheme = one(schemes.names())
    settings = {"arrays": one(ARRAYS), "numbers": one(NUMBERS), "weights": one(WEIGHTS)}
    strings = one(("words+ngrams", "words", "exact"))
    return JSONVectorizer(scheme, schemes.SCHEMES[scheme].dimensions_near(D)[0], strings=strings, **settings)


def _check(vectors: Floats, n: int) -> None:
    lengths = np.linalg.norm(vectors, axis=1)
    if len(vectors) != n or not np.allclose(lengths, 1.0, atol=1e-3):
        raise AssertionError(f"{len(vectors)} rows for {n} documents, of lengths {np.unique(lengths)[:5]}")


def _use(fitted: JSONVectorizer, found: list[Any]) -> None:
    """Do with the documents what a person would."""
    fitted.explain(found[0], found[-1])
    fields = fitted.vocabulary_.fields
    for path in list(fields)[:3]:
        labels.column(found, path)
        with suppress(InputError):  # such as a path without positions, where arrays are sequences
            fitted.decode(fitted.transform(found[:1])[0], path)
    labels.titles(found, fields)
    labels.document_ids(found, fields)
    for document in found[:3]:
        indented(document)
        one_line(document)
    with suppress(InputError):  # such as a query of which no document has anything
        Index(found, fitted).search(found[-1], k=3)


def main() -> int:
    """Print what became of the inputs; return 1 if something other than InputError came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--n", type=int, default=100_000, help="inputs (default 100,000)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first (default 0)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--keep", type=Path, default=Path(), help="folder for an input that fails (default .)"
    )
    options = parser.parse_args()
    report = run(options.n, options.seed, options.first)
    for (kind, outcome), n in sorted(report.counts.items()):
        print(f"{kind:18} {outcome:8} {n:>8,}")
    print(f"{report.counts.total():,} inputs in {report.seconds:,.0f} s")
    print("slowest: read input {1} in {0:.2f} s".format(*report.slowest))
    print("         encoded inputs from {1} on in {0:.2f} s".format(*report.longest))
    if report.failure is None:
        return 0
    file = options.keep / report.failure.name
    file.write_bytes(report.failure.data)
    print(f"{report.failure.reason}\nthis came out; the input is kept in {file}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
