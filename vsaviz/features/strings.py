"""Strings as weighted atoms: words, and the character trigrams that make misspellings near."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from vsaviz.features.atoms import AtomTable, Ints, Symbol, Triplets
from vsaviz.features.words import words_of_all

NGRAM_SHARE = 0.6
"""What trigrams have of a string's squared norm."""

MASK = (1 << 21) - 1
"""A character has at most 21 bits."""

EMPTY = ("empty string",)


def exact(values: Sequence[str], atoms: AtomTable) -> Triplets:
    """Return one atom for each string, neither folded nor split."""
    return Triplets.one_each([atoms.index(_whole(value)) for value in values])


def _whole(value: str) -> Symbol:
    return ("text", value) if value else EMPTY


@dataclass(frozen=True)
class Split:
    """Strings by their words and, with a share of the squared norm, the trigrams of these.

    A word that a string has n times weighs n^``power``.
    """

    ngram_share: float
    power: float = 1.0

    def __call__(self, values: Sequence[str], atoms: AtomTable) -> Triplets:
        """Return the words and trigrams of each string."""
        rows, found = words_of_all(values)
        wordless = np.flatnonzero(np.bincount(rows, minlength=len(values)) == 0).tolist()
        counts, vocabulary = _counts(rows, found, len(values))
        counts.data **= self.power
        numbers = atoms.named("word", vocabulary)
        parts = [
            exact([values[row] for row in wordless], atoms).placed(wordless),
            _unit_rows(counts, numbers, 1 - self.ngram_share),
        ]
        if self.ngram_share:
            grams, names = _trigram_counts(vocabulary)
            numbers = atoms.named("gram", names)
            parts.append(_unit_rows(counts @ grams, numbers, self.ngram_share))
        return Triplets.joined(parts)

    def for_long(self) -> "Split":
        """Return the way of long texts, where another word tells more than the same again."""
        return Split(0.0, power=0.5)


def _counts(rows: Ints, found: Sequence[str], n: int) -> tuple[sparse.csr_array, list[str]]:
    """Return how often each of n rows has each name (rows × names), given the row of each, and the names."""
    index = {name: column for column, name in enumerate(dict.fromkeys(found))}
    columns = np.fromiter(map(index.__getitem__, found), dtype=np.int64, count=len(found))
    return sparse.csr_array((np.ones(len(found)), (rows, columns)), shape=(n, len(index))), list(index)


def _trigram_counts(vocabulary: Sequence[str]) -> tuple[sparse.csr_array, list[str]]:
    """Return how often each word has each of its trigrams (words × trigrams), and the trigrams.

    They are the runs of three characters in a word whose ends are marked: ``<re``, ``red``, ``ed>``. All
    characters of all words are taken in one array.
    """
    lengths = np.array([len(word) for word in vocabulary], dtype=np.int64)
    marked = "".join([f"<{word}>" for word in vocabulary])
    characters = np.frombuffer(marked.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    starts = np.cumsum(lengths + 2) - lengths - 2
    first = np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    codes = characters[first] << 42 | characters[first + 1] << 21 | characters[first + 2]
    distinct, columns = np.unique(codes, return_inverse=True)
    names = ["".join((chr(c >> 42), chr(c >> 21 & MASK), chr(c & MASK))) for c in distinct.tolist()]
    rows = np.repeat(np.arange(len(vocabulary)), lengths)
    shape = (len(vocabulary), len(names))
    return sparse.csr_array((np.ones(len(columns)), (rows, columns)), shape=shape), names


def _unit_rows(counts: sparse.csr_array, atoms: Sequence[int], share: float) -> Triplets:
    """Return the rows with their squared length made ``share``."""
    entries = counts.tocoo()
    squares = np.bincount(entries.row, entries.data**2, minlength=counts.shape[0])
    weights = entries.data * np.sqrt(share / squares[entries.row])
    return Triplets(entries.row.astype(np.int64), np.asarray(atoms, dtype=np.int64)[entries.col], weights)


STRINGS: dict[str, Callable[[Sequence[str], AtomTable], Triplets]] = {
    "words+ngrams": Split(NGRAM_SHARE),
    "words": Split(0.0),
    "exact": exact,
}
