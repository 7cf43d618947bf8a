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
    lines = _written(documents) if processes > 1 and not callable(vocabulary.settings.strings) else None
    blocks = list(in_blocks(lines, _size(lines, processes))) if lines else []
    if len(blocks) < 2:
        for some in in_blocks(documents):
            yield encode(vocabulary.features(some), scheme)
        return
    threads = max(1, cpu_count() // processes)
    run = Parallel(n_jobs=min(processes, len(blocks)), max_nbytes=None, return_as="generator")
    yield from run(delayed(_vectors)(vocabulary, scheme, block, threads) for block in blocks)


def _written(documents: Sequence[Any] | Lines) -> Lines | None:
    try:
        return documents if isinstance(documents, Lines) else as_lines(documents)
    except NotTakenError:
        return None


def _size(lines: Lines, processes: int) -> int:
    """Return how many documents a block has, so that all processes have as many blocks."""
    n = lines.text.count(b"\n") + 1
    rounds = -(-n // (processes * AT_ONCE))
    return -(-n // max(1, min(processes * rounds, n // FEWEST)))


def _vectors(vocabulary: Vocabulary, scheme: Scheme, lines: Lines, threads: int) -> Floats:
    with bounded(threads):
        return encode(vocabulary.features(lines), scheme)
