"""How hard a collection is: what one field tells of the label, and what the default encoding does.

Both are leave-one-out 5-nearest-neighbour accuracies with votes weighted by similarity. Neighbours
that tie for the last places share them, so the figure depends on no order of the documents.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

import vsaviz
from vsaviz.lab.votes import leave_one_out

MISSING = "(missing)"
Matrix = NDArray[np.float64]


def default_accuracy(documents: list[Any], labels: list[str]) -> float:
    """Return the accuracy of the vectors that ``JSONVectorizer()`` gives."""
    vectors = vsaviz.JSONVectorizer().fit_transform(documents).astype(np.float64)
    return leave_one_out(vectors @ vectors.T, labels)


def best_field(documents: list[Any], labels: list[str]) -> tuple[str, float]:
    """Return the field that alone tells most of the label, by its strongest reading, and how much.

    A field is passed over where it could not win: documents without it look all the same, so at
    best it labels rightly those that have it and the largest class of the others.
    """
    columns = fields(documents)
    limits = {field: _limit(column, labels) for field, column in columns.items()}
    best = ("", 0.0)
    for field in sorted(columns, key=lambda field: -limits[field]):
        if limits[field] <= best[1]:
            break
        found = (field, field_accuracy(columns[field], labels))
        best = max(best, found, key=lambda pair: pair[1])
    return best


def field_accuracy(column: list[list[Any]], labels: list[str]) -> float:
    """Return the accuracy of one field's values, by the strongest reading of them."""
    return max(leave_one_out(reading, labels) for reading in readings(column))


def _limit(column: list[list[Any]], labels: list[str]) -> float:
    missing = Counter(label for values, label in zip(column, labels, strict=True) if not values)
    return 1 - (missing.total() - max(missing.values(), default=0)) / len(labels)


def fields(documents: list[Any]) -> dict[str, list[list[Any]]]:
    """Return, for each field, the values it has in each document (often none)."""
    columns: defaultdict[str, list[list[Any]]] = defaultdict(lambda: [[] for _ in documents])
    for row, document in enumerate(documents):
        for field, value in leaves(document):
            columns[field][row].append(value)
    return columns


def leaves(value: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (field, value) for each leaf, array positions collapsed: ``orders[].sku``."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, f"{field}.{key}" if field else key)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from leaves(inner, f"{field}[]")
    else:
        yield field, value


def readings(column: list[list[Any]]) -> Iterator[Matrix]:
    """Yield the similarities (n, n) by whole values, by words, by rare words, by nearest number."""
    wholes = [Counter(map(repr, values)) or Counter([MISSING]) for values in column]
    yield cosines(wholes)
    words = [Counter(_words(values)) or Counter([MISSING]) for values in column]
    if words != wholes:
        yield cosines(words)
        yield cosines(words, rare=True)
    numbers = [[v for v in values if type(v) in (int, float)] for values in column]
    if any(numbers):
        yield closeness(numbers)


def cosines(bags: list[Counter[str]], rare: bool = False) -> Matrix:
    """Return the cosines of bags of words, by inverse document frequency if ``rare``."""
    index = {word: at for at, word in enumerate(dict.fromkeys(w for bag in bags for w in bag))}
    frequency = Counter(word for bag in bags for word in bag)
    cells = [
        (row, index[word], count * (np.log((len(bags) + 1) / frequency[word]) if rare else 1.0))
        for row, bag in enumerate(bags)
        for word, count in bag.items()
    ]
    at_row, at_column, weights = zip(*cells, strict=True)
    matrix = sparse.csr_matrix((weights, (at_row, at_column)), shape=(len(bags), len(index)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    unit = sparse.diags(1 / lengths) @ matrix
    return np.asarray((unit @ unit.T).toarray(), dtype=np.float64)


def closeness(numbers: list[list[float]]) -> Matrix:
    """Return 1 / (1 + distance of the means in deviations); 0 to rows that have no number."""
    means = np.array([np.mean(values) if values else np.nan for values in numbers])
    missing = np.isnan(means)
    scale = float(np.nanstd(means)) or 1.0
    near = 1 / (1 + np.abs(means[:, None] - means[None, :]) / scale)
    near[missing, :] = 0
    near[:, missing] = 0
    near[np.ix_(missing, missing)] = 1
    return np.asarray(near, dtype=np.float64)


def _words(values: list[Any]) -> list[str]:
    return [
        word
        for value in values
        for word in (re.findall(r"\w+", value.lower()) if isinstance(value, str) else [repr(value)])
    ]
