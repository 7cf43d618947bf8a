"""Numbers from symbols: fair, independent, and the same everywhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsaviz.schemes.keyed import Keyed

symbols = st.lists(st.text(max_size=4) | st.integers() | st.floats(allow_nan=False), max_size=3).map(tuple)


def words(n):
    return [("word", f"w{i}") for i in range(n)]


@given(symbols, symbols)
def test_two_symbols_have_the_same_numbers_only_if_they_print_the_same(a, b):
    drawn = Keyed(0, "atom").bytes([a, b], 16)
    assert (drawn[0] == drawn[1]).all() == (ascii(a) == ascii(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("key", "1"), ("key", 1)),
        (("a", "b"), ("a', 'b",)),
        (("a", "b"), ("ab",)),
        (("key", "e\u0301"), ("key", "\u00e9")),
        (("array",), ("key", "array")),
    ],
)
def test_symbols_that_look_alike_differ(a, b):
    drawn = Keyed(0, "atom").bytes([a, b], 16)
    assert (drawn[0] != drawn[1]).any()


def test_known_bytes():
    # Whatever changes these changes every vector that anybody has stored.
    assert Keyed(0, "atom").bytes([("word", "red")], 8).tobytes().hex() == "c2b57bcc1b8cb19b"
    assert Keyed(7, "role").bytes([("at", 3)], 8).tobytes().hex() == "915ea3c173f1834f"


@pytest.mark.parametrize("other", [Keyed(1, "atom"), Keyed(0, "role"), Keyed(-1, "atom")])
def test_seed_and_purpose_set_streams_apart(other):
    here, there = Keyed(0, "atom").signs(words(4), 4096), other.signs(words(4), 4096)
    assert np.abs((here * there).mean(axis=1)).max() < 5 / 64


def test_a_shorter_row_is_the_beginning_of_a_longer_one():
    keyed = Keyed(3, "atom")
    for draw in (keyed.bytes, keyed.signs, keyed.normals):
        np.testing.assert_array_equal(draw(words(3), 100), draw(words(3), 257)[:, :100])


@pytest.mark.parametrize("dimensions", [1, 7, 8, 9, 257])
def test_signs_are_fair_and_independent(dimensions):
    signs = Keyed(0, "atom").signs(words(2000), dimensions)
    assert signs.shape == (2000, dimensions)
    assert signs.dtype == np.float32
    assert set(np.unique(signs)) == {-1, 1}
    correlation = signs.T @ signs / 2000
    np.testing.assert_allclose(correlation, np.eye(dimensions), atol=6 / np.sqrt(2000))
    assert np.abs(signs.mean(axis=0)).max() < 5 / np.sqrt(2000)


def test_normals_are_standard_and_independent():
    normals = Keyed(0, "atom").normals(words(500), 512)
    assert normals.dtype == np.float32
    assert abs(normals.mean()) < 0.01
    assert normals.var() == pytest.approx(1, abs=0.01)
    assert (normals**4).mean() == pytest.approx(3, abs=0.06)
    assert (np.abs(normals) < 1).mean() == pytest.approx(0.6827, abs=0.005)
    assert np.abs(np.corrcoef(normals[:40]) - np.eye(40)).max() < 5 / np.sqrt(512)


@pytest.mark.parametrize("dimensions", [1, 16, 31, 1000])
def test_permutations_hold_each_place_once(dimensions):
    order = Keyed(0, "role").permutation(("key", "a"), dimensions)
    np.testing.assert_array_equal(np.sort(order), np.arange(dimensions))


def test_permutations_are_uniform():
    # Where 0 lands among 4 places, for 2,000 symbols: 500 each, with a deviation of 19.
    first = [Keyed(0, "role").permutation(word, 4)[0] for word in words(2000)]
    assert np.abs(np.bincount(first, minlength=4) - 500).max() < 100


def test_no_symbols_give_no_rows():
    assert Keyed(0, "atom").signs([], 16).shape == (0, 16)
    assert Keyed(0, "atom").normals([], 16).shape == (0, 16)
