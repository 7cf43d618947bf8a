"""How much of a document comes back out of its vector, for each dimension: predicted, and measured.

The prediction uses no vector. What comes out at a path is the leaf's atoms in their exact weights, and noise
of variance 1/D on each; the same decoder reads both.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz import schemes
from vsaviz.decode import Decoded, Decoder
from vsaviz.decode.candidates import Candidates
from vsaviz.decode.truth import is_right, values_at
from vsaviz.encoding import encode
from vsaviz.features import Features, Vocabulary
from vsaviz.features.paths import Path

DIMENSIONS = (64, 128, 256, 512, 1024, 2048, 4096, 8192)
DRAWS = 12
"""Draws of noise for each leaf."""


@dataclass(frozen=True)
class Recall:
    """What comes back of one document."""

    dimensions: list[int]
    measured: list[float]
    """The share of its fields whose likeliest value is there, at each dimension."""
    predicted: list[float]
    """The same expected from theory."""
    fields: list[Path]
    decoded: list[list[Decoded]]
    """For each dimension what was read at each field."""
    right: list[list[bool]]


@dataclass(frozen=True)
class Question:
    """A document to be read back: its own features, in a vocabulary, and what it holds."""

    vocabulary: Vocabulary
    features: Features
    document: Any

    def fields(self) -> list[Path]:
        """Return the fields of the document that hold values which were kept."""
        return [
            field
            for field in self.features.split(0)[1]
            if len(self.vocabulary.kept[field].values) and any(map(_is_leaf, values_at(self.document, field)))
        ]


def recall(
    asked: Question,
    scheme: str,
    seed: int = 0,
    dimensions: Sequence[int] = DIMENSIONS,
    progress: Callable[[float], None] | None = None,
) -> Recall:
    """Return how much of a document comes back at each dimension; the scheme's nearest one is taken.

    ``progress`` is told the share that is done.
    """
    kind = schemes.scheme_type(scheme)
    fields = asked.fields()
    found = Recall([], [], [], fields, [], [])
    decoder = Decoder(asked.vocabulary, kind(kind.dimensions_near(dimensions[0])[0], seed))
    for done, wanted in enumerate(dimensions):
        if kind.largest is not None and wanted > kind.largest:
            break
        made = kind(kind.dimensions_near(wanted)[0], seed)
        decoder = decoder.under(made)
        vector = encode(asked.features, made)
        read = [decoder.decode(vector, field, 1)[0][0] for field in fields]
        right = [_found(one, asked.document, field) for one, field in zip(read, fields, strict=True)]
        found.dimensions.append(made.dimensions)
        found.decoded.append(read)
        found.right.append(right)
        found.measured.append(float(np.mean(right)))
        found.predicted.append(float(np.mean(list(predicted(asked, decoder, fields)))))
        if progress:
            progress((done + 1) / len(dimensions))
    return found


def predicted(asked: Question, decoder: Decoder, fields: Sequence[Path]) -> Iterator[float]:
    """Yield for each field how likely its likeliest value will be one that is there."""
    rng = np.random.default_rng(0)
    for field in fields:
        of = decoder.candidates(field)
        exact = expected(asked.features, of) * decoder.kept(of)
        noise = rng.standard_normal((DRAWS, len(exact))) * decoder.noise
        best = [decoder.best(of, exact + drawn, 1)[0] for drawn in noise]
        yield float(np.mean([_found(one, asked.document, field) for one in best]))


def expected(features: Features, of: Candidates) -> NDArray[np.float64]:
    """Return what would come out of the one document's vector at a path without any noise, atom by atom."""
    S = (features.L @ features.T).tocoo()
    number = {atom: i for i, atom in enumerate(of.atoms)}
    weights = np.zeros(len(of.atoms))
    for column, weight in zip(S.col.tolist(), S.data.tolist(), strict=True):
        atom = number.get(features.atoms[features.feature_atom[column]])
        if atom is not None and features.paths[features.feature_path[column]] == of.path:
            weights[atom] = weight
    return weights / float(np.sqrt((S.data.astype(np.float64) ** 2).sum()) or 1.0)


def _is_leaf(value: Any) -> bool:
    return not (isinstance(value, dict | list) and value)


def _found(one: Decoded, document: Any, field: Path) -> bool:
    return any(is_right(one, value) for value in values_at(document, field))
