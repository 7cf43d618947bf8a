"""How well and how fast a piece of JSON finds the document it is from.

python benchmarks/searching.py [FOLDER]

A known item: three random leaves of a random document are the query, arrays as lists of these leaves alone.
It is found if the document, or another that holds the same three, is among the first five. The same with
noise: every number is off by 2 %, and in every word of two letters or more one letter is dropped, replaced or
swapped with the next; found is the document, or one that holds the three as they were, among the first ten.
"""

import argparse
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as File
from statistics import mean, median
from typing import Any

import numpy as np

from benchmarks.made import made
from benchmarks.quality import HERE, collections
from vsaviz import Index, JSONVectorizer, shipped
from vsaviz.jsontext import scalar
from vsaviz.search.hits import Hits

TRIALS = 300
"""Known items of each collection."""
BY_VECTORS = 100
"""Of these, searched for by vectors too: features of candidates are extracted anew, which takes time."""
LEAVES = 3
FIRST, FIRST_NOISY = 5, 10
OFF = 0.02
MANY = 50_000
REPEATS = 20
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Steps = tuple[str | None, ...]
"""Keys, and None for some item of an array."""
Leaf = tuple[Steps, Any]


@dataclass(frozen=True)
class Found:
    """Shares of the known items that were found in one collection."""

    clean: float
    clean_wide: float
    """Among as many as with noise."""
    noisy: float
    by_vectors: float
    """Clean, where vectors at D = 1024 propose the candidates."""


def leaves(document: Any) -> list[Leaf]:
    """Return the leaves of a JSON value: scalars and empty containers, each with its steps."""
    found: list[Leaf] = []
    stack: list[Leaf] = [((), document)]
    while stack:
        steps, value = stack.pop()
        if isinstance(value, dict) and value:
            stack += [((*steps, name), below) for name, below in value.items()]
        elif isinstance(value, list) and value:
            stack += [((*steps, None), below) for below in value]
        else:
            found.append((steps, value))
    return found


def piece(chosen: Sequence[Leaf]) -> Any:
    """Return the JSON value that has these leaves alone.

    >>> piece([(("a", None, "b"), 1), (("a", None, "c"), 2)])
    {'a': [{'b': 1}, {'c': 2}]}
    """
    whole: Any = None
    for steps, value in chosen:
        for step in reversed(steps):
            value = [value] if step is None else {step: value}
        whole = value if whole is None else _merged(whole, value)
    return whole


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        both = {name: _merged(one[name], other[name]) for name in one.keys() & other.keys()}
        return one | other | both
    return one + other


def noisy(value: Any, draw: np.random.Generator) -> Any:
    """Return a leaf's value with noise."""
    if isinstance(value, str):
        return _WORD.sub(lambda word: _misspelt(word[0], draw), value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value * float(draw.choice([1 - OFF, 1 + OFF]))
    return value


def _misspelt(word: str, draw: np.random.Generator) -> str:
    """Return a word with a letter dropped, replaced by another, or swapped with a next one that differs."""
    at = int(draw.integers(len(word)))
    way = int(draw.integers(3))
    if way == 0:
        return word[:at] + word[at + 1 :]
    swaps = [i for i in range(len(word) - 1) if word[i] != word[i + 1]]
    if way == 1 and swaps:
        at = int(draw.choice(swaps))
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    others = [letter for letter in _LETTERS if letter != word[at].lower()]
    return word[:at] + str(draw.choice(others)) + word[at + 1 :]


def known_items(documents: list[Any], seed: int = 0) -> Found:
    """Return how often known items are found."""
    draw = np.random.default_rng(seed)
    vectorizer = JSONVectorizer()
    vectors = vectorizer.fit_transform(documents)
    index = Index(documents, vectorizer)
    proposed = Index(documents, vectorizer, exact=False, vectors=vectors)
    held = [_held(leaves(document)) for document in documents]
    found: list[tuple[bool, ...]] = []
    by_vectors: list[bool] = []
    for row in draw.integers(len(documents), size=TRIALS).tolist():
        every = leaves(documents[row])
        chosen = [every[i] for i in draw.choice(len(every), min(LEAVES, len(every)), replace=False)]
        clean = piece(chosen)
        changed = piece([(steps, noisy(value, draw)) for steps, value in chosen])
        right = {other for other, one in enumerate(held) if _held(chosen) <= one}
        found.append(
            (
                _hit(index.search(clean, FIRST), right),
                _hit(index.search(clean, FIRST_NOISY), right),
                _hit(index.search(changed, FIRST_NOISY), right),
            )
        )
        if len(by_vectors) < BY_VECTORS:
            by_vectors.append(_hit(proposed.search(clean, FIRST), right))
    clean, wide, with_noise = map(mean, zip(*found, strict=True))
    return Found(clean, wide, with_noise, mean(by_vectors))


def _held(some: Sequence[Leaf]) -> set[tuple[Steps, str]]:
    """Return leaves so that equal ones are equal: 1 is 1.0, and not true."""
    return {(steps, _printed(value)) for steps, value in some}


def _printed(value: Any) -> str:
    return scalar(int(value) if isinstance(value, float) and value.is_integer() else value)


def _hit(hits: Hits, right: set[int]) -> bool:
    return any(hit.row in right for hit in hits)


def seconds(n: int = MANY, repeats: int = REPEATS) -> dict[str, float]:
    """Return the median seconds of a search among n made documents, by the size of the query."""
    documents = made(n)
    index = Index(documents, JSONVectorizer())
    draw = np.random.default_rng(0)
    figures = {}
    for name, size in (("3 leaves", 3), ("10 leaves", 10), ("a whole document", None)):
        times = []
        for row in draw.integers(n, size=repeats).tolist():
            every = leaves(documents[row])
            chosen = [every[i] for i in draw.choice(len(every), size or len(every), replace=False)]
            start = time.perf_counter()
            index.search(piece(chosen), 10)
            times.append(time.perf_counter() - start)
        figures[name] = median(times)
    return figures


def report(found: dict[str, Found]) -> Iterator[str]:
    """Yield the lines of the table of known items."""
    yield (
        f"| collection | in the first {FIRST} | in the first {FIRST_NOISY} | with noise | against clean "
        f"| first {FIRST} by vectors |"
    )
    yield "|---" * 6 + "|"
    means = Found(*(mean(getattr(one, name) for one in found.values()) for name in Found.__annotations__))
    for name, one in (found | {"mean": means}).items():
        cells = (one.clean, one.clean_wide, one.noisy, one.noisy / one.clean_wide, one.by_vectors)
        yield f"| {name} | " + " | ".join(f"{100 * cell:.1f} %" for cell in cells) + " |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=File, nargs="?", default=HERE)
    folder = parser.parse_args().folder
    every = {name: shipped.load(name).documents for name in shipped.names()}
    every |= {one.name: one.documents for one in collections(folder)}
    print("\n".join(report({name: known_items(documents) for name, documents in every.items()})))
    print(f"\nmedian seconds of a search among {MANY:,} made documents, the 10 best")
    for name, figure in seconds().items():
        print(f"  {name:<18}{figure:8.3f}")


if __name__ == "__main__":
    main()
