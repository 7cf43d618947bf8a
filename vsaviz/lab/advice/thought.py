"""A field read back in thought: what would come out of vectors that nobody has computed.

As in ``vsaviz.lab.recall`` what comes out at a path is the leaf's atoms in their exact weights, less what the
scheme loses, and noise of the scheme's own deviation on each atom. The decoder's odds are then the real ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.decode import Decoded, Decoder
from vsaviz.decode.truth import is_right, values_at
from vsaviz.decode.values import with_those_beside
from vsaviz.features import Features, Vocabulary
from vsaviz.features.paths import Path, field_name
from vsaviz.lab.advice.keeping import arranged
from vsaviz.lab.recall import expected
from vsaviz.schemes import Scheme

DOCUMENTS, DRAWS = 80, 4
"""How many are read, and how often each."""
LIKELIEST, MOST_ITEMS = 200, 12
"""Values that may be items of a bag, and items that are taken out of it."""

Floats = NDArray[np.float64]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Collection:
    """Documents, and what was learnt from them; ``features`` are those of all documents."""

    vocabulary: Vocabulary
    features: Features
    documents: list[Any]


class Reading:
    """One field of some documents, and what may be read there.

    Raises
    ------
    InputError
        If vectors do not hold the field.
    ValueError
        If no document has a value there.
    """

    def __init__(self, of: Collection, field: Path, decoder: Decoder, seed: int):
        self._decoder, self._among, self._seed = decoder, decoder.candidates(field), seed
        rows = [row for row in arranged(of.features).tolist() if values_at(of.documents[row], field)]
        if not rows:
            raise ValueError(f"no document has a value at {field_name(field)}")
        self._there = [values_at(of.documents[row], field) for row in rows[:DOCUMENTS]]
        self._exact = [expected(of.features.of([row]), self._among) for row in rows[:DOCUMENTS]]

    def share(self, scheme: Scheme, size: float, progress: Progress) -> float:
        """Return how often the likeliest value is there, with noise of this size against the scheme's own."""
        reader = self._decoder.under(scheme)
        kept = reader.kept(self._among)
        right = []
        for number, (weights, there) in enumerate(zip(self._exact, self._there, strict=True)):
            rng = np.random.default_rng([self._seed, number])  # the same draws for every D
            for drawn in rng.standard_normal((DRAWS, len(weights))):
                out = weights * kept + drawn * reader.noise * size
                found = self._read(out, partial(self._odds, scheme.width, kept), len(there))
                right.append(any(is_right(found, value) for value in there))
            progress(len(right) / (DRAWS * len(self._there)))
        return float(np.mean(right))

    def _odds(self, width: int, kept: float, cosines: Floats, log_expected: Floats) -> Floats:
        return self._among.likelihoods(cosines, width, kept) + log_expected

    def _read(self, out: Floats, odds_of: Callable[[Floats, Floats], Floats], items: int) -> Decoded:
        """Return the likeliest value for what came out; of a bag its first item, the others taken away."""
        among = self._among
        cosines = among.T @ out
        odds = odds_of(cosines, among.log_expected)
        best = int(odds.argmax())
        if among.bag and items > 1:
            alone = self._alone(out, odds, odds_of, items)
            odds = odds_of(among.T @ alone, among.log_expected)
        return with_those_beside(among, best, np.exp(odds - odds.max()), cosines, set())

    def _alone(
        self, out: Floats, odds: Floats, odds_of: Callable[[Floats, Floats], Floats], items: int
    ) -> Floats:
        """Return what came out less all items but the likeliest one, as the decoder finds them.

        Only the likeliest values are looked at, and no more items than there are.
        """
        among = self._among
        near = np.argsort(-odds, kind="stable")[:LIKELIEST]
        T, log_expected = among.T[near], among.log_expected[near]
        left, first = out, np.zeros_like(out)
        for item in range(min(items, MOST_ITEMS)):
            now = odds_of(T @ left, log_expected)
            best = int(now.argmax())
            if item and np.logaddexp.reduce(now) < among.log_none:
                break
            row = T[[best]].toarray()[0]
            part = max(float(row @ left), 0.0) * row
            left = left - part
            if not item:
                first = part
        return left + first
