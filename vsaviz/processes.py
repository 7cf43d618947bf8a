"""Encoding block by block, in one process or several: reading takes turns, however many threads there are."""

from collections.abc import Iterator, Sequence
from typing import Any

from joblib import Parallel, cpu_count, delayed, effective_n_jobs

from vsaviz.encoding import encode
from vsaviz.features import Lines, Vocabulary
from vsaviz.features.blocks import AT_ONCE, in_blocks
from vsaviz.features.text import as_lines
from vsaviz.features.text.structure import NotTakenError
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats
from vsaviz.threads import bounded

FEWEST = 2048
"""Documents of a block, at least: fewer are encoded before another process has been asked."""


def encoded(
    vocabulary: Vocabulary, scheme: Scheme, documents: Sequence[Any] | Lines, n_jobs: int | None = None
) -> Iterator[Floats]:
    """Yield the vectors of documents, block by block, which up to ``n_jobs`` processes encode.

    One process does it alone where the documents are few, or hold what their text would not say, and where
    a callable reads the strings: each process would need its own.

    Raises
    ------
    InputError
        If a document is not JSON.
    """
    processes = effective_n_jobs(n_jobs)
    several = processes > 1 and not callable(vocabulary.settings.strings)
    n = _blocks(_lines_of(documents), processes) if several else 1
    lines = _written(documents) if n > 1 else None
    if lines is None:
        for some in in_blocks(documents):
            yield encode(vocabulary.features(some), scheme)
        return
    blocks = in_blocks(lines, -(-_lines_of(lines) // n))
    threads = max(1, cpu_count() // processes)
    run = Parallel(n_jobs=min(processes, n), max_nbytes=None, return_as="generator")
    yield from run(delayed(_vectors)(vocabulary, scheme, block, threads) for block in blocks)


def _lines_of(documents: Sequence[Any] | Lines) -> int:
    return documents.text.count(b"\n") + 1 if isinstance(documents, Lines) else len(documents)


def _blocks(n: int, processes: int) -> int:
    """Return how many blocks n documents make, so that all processes have as many, unless they are few."""
    rounds = -(-n // (processes * AT_ONCE))
    return min(processes * rounds, n // FEWEST)


def _written(documents: Sequence[Any] | Lines) -> Lines | None:
    """Return documents as text, None where that would not say the same."""
    try:
        return documents if isinstance(documents, Lines) else as_lines(documents)
    except NotTakenError:
        return None


def _vectors(vocabulary: Vocabulary, scheme: Scheme, lines: Lines, threads: int) -> Floats:
    with bounded(threads):
        return encode(vocabulary.features(lines), scheme)
