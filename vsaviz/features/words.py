"""Texts → words, folded; of many texts at once, since most are plain ASCII."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain, compress

import numpy as np

from vsaviz.features.atoms import Ints

FEW = 16
"""So many texts are split one by one sooner than all at once."""

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
_SYMBOL = 0
_OF_ASCII = [_SEPARATIONS[code].lower() for code in range(128)]
_ASCII = b"".join(bytes([_SYMBOL]) if len(one) > 1 else one.encode() or b" " for one in _OF_ASCII) + bytes(
    128
)
_GONE = bytes(code for code, one in enumerate(_OF_ASCII) if not one)

# Many texts are joined by NUL, which becomes the one line feed that is left.
_BETWEEN, _LINE_FEED, _SPACE = "\0", 10, 32
_JOINED = bytes([_LINE_FEED]) + _ASCII[1:]


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


def words_of_all(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """Return the words of all texts in one list, and for each word the number of its text.

    >>> rows, found = words_of_all(["Red shirt", "", "5 €"] * 6)
    >>> rows[:5].tolist(), found[:5]
    ([0, 0, 3, 3, 6], ['red', 'shirt', 'red', 'shirt', 'red'])
    """
    if len(texts) < FEW:
        return _one_by_one(texts, np.arange(len(texts)))
    plain = np.fromiter(map(_is_plain, texts), bool, len(texts))
    numbers = np.flatnonzero(plain)
    joined = _BETWEEN.join([texts[number] for number in numbers.tolist()])
    folded = joined.encode().translate(_JOINED, _GONE)
    data = np.frombuffer(folded, np.uint8)
    ends = np.flatnonzero(data == _LINE_FEED)
    plain[numbers[np.searchsorted(ends, np.flatnonzero(data == _SYMBOL))]] = False
    begins = (data != _SPACE) & (data != _LINE_FEED)
    begins[1:] &= ~begins[:-1]  # not in place: the right side is a copy
    rows, found = numbers[np.searchsorted(ends, np.flatnonzero(begins))], folded.decode().split()
    if plain.all():
        return rows, found
    kept = plain[rows]
    others, of_others = _one_by_one(texts, np.flatnonzero(~plain))
    return np.concatenate([rows[kept], others]), list(compress(found, kept.tolist())) + of_others


def _is_plain(text: str) -> bool:
    return text.isascii() and _BETWEEN not in text


def _one_by_one(texts: Sequence[str], numbers: Ints) -> tuple[Ints, list[str]]:
    found = [words(texts[number]) for number in numbers.tolist()]
    return np.repeat(numbers, list(map(len, found))), list(chain.from_iterable(found))
