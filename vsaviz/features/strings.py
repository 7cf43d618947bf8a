"""Strings as weighted atoms: words, and the character trigrams that make misspellings near."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from vsaviz.features.atoms import AtomTable, Symbol, Triplets

NGRAM_SHARE = 0.6
"""What trigrams have of a string's squared norm."""

MASK = (1 << 21) - 1
"""A character has at most 21 bits."""

EMPTY = ("empty string",)

# Han, the kana, and the scripts of Southeast Asia that are written without spaces.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)


class _Separations(dict[int, str]):
    """For each character what stands in its place before words are split at spaces."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        match unicodedata.category(character):
            case "So" | "Sm" | "Sc" | "Sk":
                replaced = f" {character} "  # a symbol is a word of its own
            case "Cf" | "Me":
                replaced = ""  # joiners and enclosing marks
            case category if category[0] in "PZC":
                replaced = " "
            case _:
                replaced = character
        self[code] = replaced
        return replaced


_SEPARATIONS = _Separations({ord("'"): "", 0x2019: ""})
_SEPARATIONS.update(dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)), ""))

# The same for ASCII, a byte for a byte, ten times faster; where a symbol stands it is not enough.
_SYMBOL = b"\0"
_OF_ASCII = [_SEPARATIONS[code].lower() for code in range(128)]
_ASCII = b"".join(_SYMBOL if len(one) > 1 else one.encode() or b" " for one in _OF_ASCII) + bytes(128)
_GONE = bytes(code for code, one in enumerate(_OF_ASCII) if not one)


def words(text: str) -> list[str]:
    """Return the words of a text, folded: letters and digits, single symbols, bigrams of spaceless scripts.

    >>> words("Don't panic: 3 cafés, 5 €, 東京都")
    ['dont', 'panic', '3', 'cafés', '5', '€', '東京', '京都']
    """
    if text.isascii():
        folded = text.encode().translate(_ASCII, _GONE)
        if _SYMBOL not in folded:
            return folded.decode().split()
    else:
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    split = text.casefold().translate(_SEPARATIONS).split()
    if not _SPACELESS.search(text):
        return split
    return [part for word in split for part in _without_spaces(word)]


def _without_spaces(word: str) -> list[str]:
    """Return a word with each of its runs in a spaceless script as bigrams."""
    parts: list[str] = []
    end = 0
    for run in _SPACELESS.finditer(word):
        parts.append(word[end : run.start()])
        parts += [run[0][i : i + 2] for i in range(max(1, len(run[0]) - 1))]
        end = run.end()
    return [part for part in (*parts, word[end:]) if part]


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
        found = [words(value) for value in values]
        wordless = [row for row, one in enumerate(found) if not one]
        counts, vocabulary = _counts(found)
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


def _counts(found: Sequence[Sequence[str]]) -> tuple[sparse.csr_array, list[str]]:
    """Return how often each row has each name (rows × names), and the names."""
    every = list(chain.from_iterable(found))
    index = {name: column for column, name in enumerate(dict.fromkeys(every))}
    columns = np.fromiter(map(index.__getitem__, every), dtype=np.int64, count=len(every))
    rows = np.repeat(np.arange(len(found)), list(map(len, found)))
    shape = (len(found), len(index))
    return sparse.csr_array((np.ones(len(every)), (rows, columns)), shape=shape), list(index)


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
