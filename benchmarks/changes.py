"""Small changes against large ones: which lowers the similarity more, in S and at D = 1024.

python benchmarks/changes.py [FOLDER]

In a random document of a random collection one leaf (at least 0.5 % of the squared norm) is changed a
little: a date by a day, a number by 1 %, one word to its plural, an array by one insertion. The same leaf is
replaced by a value of its field at least a tenth of the field's range away, a text by one that shares no
word, an array by one of another document that shares no item (arrays that all have one length are records,
and left out). The figure is the share of trials in which the small change lowers the similarity less.
"""

import argparse
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path as File
from typing import Any

import numpy as np

from benchmarks.quality import HERE, collections
from vsaviz import schemes, shipped
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, Vocabulary, fit
from vsaviz.features.kinds.times import DAY, seconds
from vsaviz.features.words import words

TRIALS = 1_000
LEAST_SHARE = 0.005
"""Of the squared norm; smaller leaves are not tried."""
TENTH = 0.1
DIMENSIONS = 1024

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Spot:
    """A leaf, or an array of leaves, and what its field holds in other documents."""

    row: int
    steps: Steps
    value: Any


def spots(documents: list[Any]) -> Iterator[tuple[Steps, Spot]]:
    """Yield all leaves and all arrays of documents, each with its field."""
    for row, document in enumerate(documents):
        stack: list[tuple[Steps, Any]] = [((), document)]
        while stack:
            steps, value = stack.pop()
            if isinstance(value, dict):
                stack += [((*steps, name), child) for name, child in value.items()]
            else:
                yield (
                    tuple("[]" if isinstance(step, int) else step for step in steps),
                    Spot(row, steps, value),
                )
            if isinstance(value, list):
                stack += [((*steps, i), child) for i, child in enumerate(value)]


Pair = tuple[Any, Any]
"""A value changed a little, and one changed much."""


def a_date(value: Any, field: list[Any], rng: np.random.Generator) -> Pair | None:
    """Return a date a day later, and one of the field at least a tenth of its range away."""
    if not isinstance(value, str) or len(value) not in (10, 19, 20) or seconds(value) is None:
        return None
    times = {
        other: time for other in field if isinstance(other, str) and (time := seconds(other)) is not None
    }
    span = max(times.values()) - min(times.values())
    far = [other for other, time in times.items() if abs(time - times[value]) >= TENTH * span]
    if span < 100 * DAY or not far:
        return None
    later = (datetime.fromisoformat(value) + timedelta(days=1)).isoformat()
    return later[: len(value)] if len(value) == 10 else later.replace("+00:00", "Z"), _one(far, rng)


def a_number(value: Any, field: list[Any], rng: np.random.Generator) -> Pair | None:
    """Return a number 1 % higher, and one of the field at least a tenth of its range away."""
    numbers = [other for other in field if type(other) in (int, float)]
    if (
        type(value) not in (int, float)
        or value <= 0
        or max(numbers) < 2 * max(min(numbers), 0)
        or value > 1e9
    ):
        return None
    span = max(numbers) - min(numbers)
    far = [other for other in numbers if abs(other - value) >= TENTH * span]
    return (value * 1.01, _one(far, rng)) if span and far and value * 0.01 < TENTH * span else None


def a_word(value: Any, field: list[Any], rng: np.random.Generator) -> Pair | None:
    """Return a text with one word in the plural, and one of the field that shares no word."""
    if not isinstance(value, str) or seconds(value) is not None:
        return None
    own = words(value)
    plain = [word for word in value.split() if word.isalpha() and word.isascii() and len(word) > 2]
    far = [other for other in field if isinstance(other, str) and other and not {*own} & {*words(other)}]
    if not plain or not far:
        return None
    word = _one(plain, rng)
    return value.replace(word, word + "s", 1), _one(far, rng)


def an_array(value: Any, field: list[Any], rng: np.random.Generator) -> Pair | None:
    """Return an array with an item of another one inserted anywhere, and another one that shares no item."""
    if not isinstance(value, list) or len(value) < 3:
        return None
    others = [other for other in field if isinstance(other, list) and other and other != value]
    if len({len(other) for other in [value, *others]}) == 1:
        return None  # a pair of coordinates is no sequence: with a third number it is no pair
    far = [other for other in others if all(item not in value for item in other)]
    if not far:
        return None
    place = int(rng.integers(len(value) + 1))
    item = _one(_one(others, rng), rng)
    return [*value[:place], item, *value[place:]], _one(far, rng)


CHANGES: dict[str, Callable[[Any, list[Any], np.random.Generator], Pair | None]] = {
    "a date by a day": a_date,
    "a number by 1 %": a_number,
    "a word to its plural": a_word,
    "an array by one insertion": an_array,
}


def _one(values: Any, rng: np.random.Generator) -> Any:
    return values[int(rng.integers(len(values)))]


def put(document: Any, steps: Steps, value: Any) -> Any:
    """Return the document with another value at a place."""
    if not steps:
        return value
    changed = copy.copy(document)
    changed[steps[0]] = put(document[steps[0]], steps[1:], value)
    return changed


def without(document: Any, steps: Steps) -> Any:
    """Return the document without what is at a place."""
    if not steps:
        return {}
    changed = copy.copy(document)
    if len(steps) == 1:
        del changed[steps[0]]
    else:
        changed[steps[0]] = without(document[steps[0]], steps[1:])
    return changed


ROUNDS = 3
"""How often a collection's leaves are tried, each time against other large changes."""

Trial = tuple[Any, Any, Any, Any]
"""A document, the same changed a little, much, and without the leaf."""


def trials(documents: list[Any], name: str, n: int, seed: int) -> list[Trial]:
    """Return at most n trials of one change."""
    rng = np.random.default_rng(seed)
    every = list(spots(documents))
    fields: dict[Steps, list[Any]] = {}
    for field, spot in every:
        fields.setdefault(field, []).append(spot.value)
    found: list[Trial] = []
    for place in np.concatenate([rng.permutation(len(every)) for _ in range(ROUNDS)]).tolist():
        field, spot = every[place]
        pair = CHANGES[name](spot.value, fields[field], rng)
        if pair is not None:
            document = documents[spot.row]
            changed = [put(document, spot.steps, value) for value in pair]
            found.append((document, *changed, without(document, spot.steps)))
        if len(found) == n:
            break
    return found


def held(vocabulary: Vocabulary, found: list[Trial]) -> tuple[list[bool], list[bool]]:
    """Return for each trial, of a large enough leaf, whether the small change cost less in S, and at D."""
    features = vocabulary.features([document for trial in found for document in trial])
    S = features.matrix()
    V = encode(features, schemes.create("mbat", DIMENSIONS))
    exact, vectors = [], []
    for row in range(0, len(S.indptr) - 1, 4):
        small, large, without = np.ravel((S[[row]] @ S[row + 1 : row + 4].T).toarray())
        # What is left without the leaf has a length of √(1 − its share), and this cosine.
        if 1 - without**2 >= LEAST_SHARE:
            exact.append(bool(small > large))
            vectors.append(bool(V[row] @ V[row + 1] > V[row] @ V[row + 2]))
    return exact, vectors


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=File, nargs="?", default=HERE)
    options = parser.parse_args()
    every = [shipped.load(name).documents for name in shipped.names()]
    every += [collection.documents for collection in collections(options.folder)]
    fitted = [(documents, fit(documents, FeatureSettings())[0]) for documents in every]
    print("| change | trials | less in S than replacing | at D = 1,024 |\n|---|---|---|---|")
    for name in CHANGES:
        exact: list[bool] = []
        vectors: list[bool] = []
        for seed, (documents, vocabulary) in enumerate(fitted):
            found = trials(documents, name, TRIALS // 2, seed)
            if found:
                both = held(vocabulary, found)
                exact += both[0]
                vectors += both[1]
        print(f"| {name} | {len(exact):,} | {np.mean(exact):.1%} | {np.mean(vectors):.1%} |")


if __name__ == "__main__":
    main()
