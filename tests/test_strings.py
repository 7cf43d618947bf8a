"""Strings as weighted atoms: what a word is, in many scripts, and laws over the table of codes."""

import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from strategies import texts

from vsaviz.features.atoms import AtomTable
from vsaviz.features.strings import STRINGS, _trigram_counts
from vsaviz.features.words import FEW, words, words_of_all


def trigrams(word):
    """The runs of three characters in a word, whose ends are marked, plainly."""
    marked = f"<{word}>"
    return [marked[i : i + 3] for i in range(len(marked) - 2)]


@given(st.lists(texts.filter(bool), unique=True))
def test_trigrams_of_many_words_are_those_of_each(found):
    counts, names = _trigram_counts(found)
    assert len(set(names)) == len(names)
    for word, row in zip(found, counts.toarray(), strict=True):
        assert {name: n for name, n in zip(names, row, strict=True) if n} == Counter(trigrams(word))


SPLIT = [name for name in STRINGS if name != "exact"]


def coded(name, values):
    atoms = AtomTable()
    found = STRINGS[name](list(values), atoms)
    shape = (len(values), max(1, len(atoms)))
    return sparse.csr_array((found.weight, (found.row, found.atom)), shape=shape).toarray(), atoms.symbols()


def similar(name, a, b):
    rows, _ = coded(name, [a, b])
    return float(rows[0] @ rows[1])


@pytest.mark.parametrize("name", STRINGS)
@given(values=st.lists(texts, min_size=1, max_size=6))
def test_every_string_gives_a_row_of_length_one(name, values):
    rows, _ = coded(name, values)
    np.testing.assert_allclose((rows**2).sum(axis=1), 1)
    assert (rows >= 0).all()


@pytest.mark.parametrize("name", STRINGS)
@given(values=st.lists(texts, min_size=2, max_size=6))
def test_the_company_of_a_string_does_not_matter(name, values):
    together, atoms = coded(name, values)
    for value, row in zip(values, together, strict=True):
        alone, its_atoms = coded(name, [value])
        weights = {symbol: weight for symbol, weight in zip(atoms, row, strict=True) if weight}
        assert weights == pytest.approx(dict(zip(its_atoms, alone[0], strict=True)))


@pytest.mark.parametrize("name", STRINGS)
@pytest.mark.parametrize("other", [" ", "...", "empty string", "text", "a", "\u200b"])
def test_the_empty_string_is_like_no_other(name, other):
    assert similar(name, "", other) == 0
    assert similar(name, "", "") == 1


@pytest.mark.parametrize("name", STRINGS)
def test_strings_without_words_are_their_exact_text(name):
    assert similar(name, "...", "...") == 1
    assert similar(name, "...", "!?") == similar(name, " ", "  ") == similar(name, "\n", "\t") == 0


@given(texts, texts)
def test_exact_strings_are_neither_folded_nor_split(a, b):
    assert similar("exact", a, b) == (a == b)
    assert similar("exact", "Red", "red") == similar("exact", "e\u0301", "\u00e9") == 0


@pytest.mark.parametrize("name", SPLIT)
@given(text=st.text(max_size=12))
def test_composed_and_decomposed_text_are_the_same(name, text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert similar(name, composed, decomposed) == pytest.approx(1) or not words(text)


@pytest.mark.parametrize("name", SPLIT)
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Red SHIRT", "red shirt"),
        ("STRASSE", "straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("don't", "don\u2019t"),
        ("red  shirt", "shirt, red!"),
        ("snake_case", "snake case"),
        ("\u2764\ufe0f", "\u2764"),
        ("co\u00adoperate", "cooperate"),
        ("ﬁne", "fine"),
    ],
)
def test_equal_but_for_writing(name, a, b):
    assert similar(name, a, b) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n\t", []),
        ("Hello, World!", ["hello", "world"]),
        ("don't can\u2019t", ["dont", "cant"]),
        ("first_name-last.name", ["first", "name", "last", "name"]),
        ("3.14 x86", ["3", "14", "x86"]),
        ("5€ +1", ["5", "€", "+", "1"]),
        ("I ❤️ 🍕🍕", ["i", "❤", "🍕", "🍕"]),
        ("👩\u200d🔬", ["👩", "🔬"]),
        ("e\u0301cole", ["école"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
        ("東京都", ["東京", "京都"]),
        ("京", ["京"]),
        ("すし2個", ["すし", "2", "個"]),
        ("iPhone東京X", ["iphone", "東京", "x"]),
        ("ไทย", ["ไท", "ทย"]),
        ("한국어 말", ["한국어", "말"]),
        ("日本。語", ["日本", "語"]),
        ("\U00020000\U00020001\U00020002", ["\U00020000\U00020001", "\U00020001\U00020002"]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@given(texts, texts)
def test_words_of_two_texts_are_the_words_of_both(a, b):
    assert words(f"{a} {b}") == words(a) + words(b)


@given(st.lists(texts | st.text("ab \n\0'+€", max_size=5), max_size=40))
def test_words_of_many_texts_are_those_of_each(several):
    several = [*several, *["two words"] * FEW]
    rows, found = words_of_all(several)
    of_each = [[] for _ in several]
    for row, word in zip(rows.tolist(), found, strict=True):
        of_each[row].append(word)
    assert of_each == list(map(words, several))


@given(st.text(max_size=12))
def test_words_are_folded_already(text):
    for word in words(text):
        assert word
        assert not any(character.isspace() for character in word)
        assert unicodedata.is_normalized("NFC", word)


@pytest.mark.parametrize(
    ("word", "expected"), [("a", ["<a>"]), ("red", ["<re", "red", "ed>"]), ("京都", ["<京都", "京都>"])]
)
def test_trigrams(word, expected):
    assert sorted(_trigram_counts([word])[1]) == sorted(expected)


@pytest.mark.parametrize("name", SPLIT)
def test_common_words_make_similar(name):
    # Two of three words in common; what trigrams they share too changes little.
    assert similar(name, "large red shirt", "large red saw") == pytest.approx(2 / 3, abs=0.06)
    assert similar(name, "red red red", "red") == pytest.approx(1)
    assert similar(name, "red", "bluff") == 0


def test_a_misspelling_is_near_by_its_trigrams():
    # <mi mis spe pel elt lt> are common: 6 of 8 and of 7 trigrams, with 0.6 of the squared norm.
    assert similar("words+ngrams", "misspelt", "mispelt") == pytest.approx(0.6 * 6 / np.sqrt(8 * 7))
    assert similar("words+ngrams", "misspelt", "quote") == 0
    assert similar("words", "misspelt", "mispelt") == 0


def test_words_and_trigrams_share_the_squared_norm_by_hand():
    rows, atoms = coded("words+ngrams", ["ab cd"])
    weights = dict(zip(atoms, rows[0], strict=True))
    word, gram = 0.2**0.5, 0.15**0.5
    assert weights == pytest.approx(
        {("word", "ab"): word, ("word", "cd"): word}
        | {("gram", g): gram for g in ("<ab", "ab>", "<cd", "cd>")}
    )


def test_the_atoms_say_their_kind():
    _, atoms = coded("words", ["red", "", "?"])
    assert set(atoms) == {("word", "red"), ("empty string",), ("text", "?")}
