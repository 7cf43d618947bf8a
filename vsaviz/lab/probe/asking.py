"""Which fields can be asked for, what is right there in each document, and how often it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.decode import Decoder
from vsaviz.decode.candidates import Candidates
from vsaviz.decode.truth import values_at
from vsaviz.features import Features, Vocabulary
from vsaviz.features.paths import Path
from vsaviz.schemes.keyed import Floats

Right = NDArray[np.bool_]

NEAR = 0.1
"""Of values that stand on a line, such as numbers, those within this share of all of them are right."""
MOST_FIELDS = 12
MOST_VALUES = 300
LEAST_TIMES = 5
"""A field whose values occur less often on average holds names, of which nobody can know anything."""
LEAST_SHARE = 0.1
"""Fields that fewer of the documents have are left out."""
MOST_ALIKE = 0.95
"""Fields with one value in more than this share of their documents are left out: there is nothing to know."""
ROWS_AT_ONCE = 64


@dataclass(frozen=True)
class Sample:
    """The documents that are asked about, with their features."""

    documents: Sequence[Any]
    features: Features
    vocabulary: Vocabulary

    def of(self, rows: NDArray[np.int64]) -> "Sample":
        """Return only some of the documents."""
        chosen = [self.documents[row] for row in rows.tolist()]
        return Sample(chosen, self.features.of(rows.tolist()), self.vocabulary)


@dataclass(frozen=True)
class Asked:
    """One field: what may stand there, and which of it is right in each document that has the field."""

    of: Candidates
    rows: NDArray[np.int64]
    right: Right
    """(rows, values)"""

    @property
    def guess(self) -> float:
        """The share of documents where the value is right that is right most often."""
        return float(self.right.mean(axis=0).max())

    def share(self, decoder: Decoder, vectors: Floats) -> float:
        """Return the share of documents whose likeliest value is right."""
        best = likeliest(decoder, self.of, vectors[self.rows])
        return float(self.right[np.arange(len(best)), best].mean())


def likeliest(decoder: Decoder, of: Candidates, vectors: Floats) -> NDArray[np.int64]:
    """Return for each vector which value is likeliest at a path: what ``decode`` puts first, all at once."""
    cosines = decoder.projected(vectors, of) @ of.T.T
    width = vectors.shape[1]
    best = [
        of.likelihoods(some.ravel(), width, decoder.kept(of)).reshape(some.shape) + of.log_expected
        for some in np.array_split(cosines, -(-len(cosines) // ROWS_AT_ONCE))
    ]
    return np.concatenate(best).argmax(axis=1)


def askable(vocabulary: Vocabulary, most: int = MOST_FIELDS) -> list[Path]:
    """Return the fields of which there is most to know: common ones whose value is hard to guess."""
    hard: dict[Path, float] = {}
    for field, known in vocabulary.kept.items():
        n, values = vocabulary.fields[field].documents, len(known.values)
        if known.atoms or not 2 <= values <= MOST_VALUES or known.counts.sum() < LEAST_TIMES * values:
            continue
        guess = min(1.0, float(known.counts.max()) / n)
        if n >= LEAST_SHARE * vocabulary.n_documents and guess <= MOST_ALIKE:
            hard[field] = n * (1 - guess)
    return sorted(hard, key=lambda field: -hard[field])[:most]


def ask(sample: Sample, decoder: Decoder, field: Path) -> Asked:
    """Return which of the values known at a field are right in each document that has one of them."""
    of = decoder.candidates(field)
    number = {_symbol(value): i for i, value in enumerate(of.values)}
    rows, right = [], []
    for row, document in enumerate(sample.documents):
        there = [number[symbol] for symbol in map(_symbol, values_at(document, field)) if symbol in number]
        if there:
            rows.append(row)
            right.append(_right(of, there))
    return Asked(of, np.array(rows, dtype=np.int64), np.array(right, dtype=bool).reshape(-1, len(of.values)))


def drawn(n_documents: int, most: int, seed: int) -> NDArray[np.int64]:
    """Return at most so many row numbers of a collection, drawn without regard to anything, in order."""
    rng = np.random.default_rng(seed)
    return np.sort(rng.choice(n_documents, min(most, n_documents), replace=False))


def _right(of: Candidates, there: Sequence[int]) -> Right:
    """Return which values are right where those numbered ``there`` are."""
    right = np.zeros(len(of.values), dtype=bool)
    right[there] = True
    ranks = of.rank[[i for i in there if of.rank[i] >= 0]]
    if len(ranks):
        reach = NEAR / 2 * len(of.line)
        near = (np.abs(np.arange(len(of.line)) - ranks[:, None]) <= reach).any(axis=0)
        right[of.line[near]] = True
    return right


def _symbol(value: Any) -> tuple[str, Any]:
    """Return what tells JSON values apart: 1, "1" and true are three, 1 and 1.0 one; containers are none."""
    if isinstance(value, dict | list):
        return ("empty", type(value).__name__) if not value else ("container", None)
    kind = (
        "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    )
    return kind, value
