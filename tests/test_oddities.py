"""Near-duplicates and outliers: the fast ways equal the plain loop."""

import numpy as np
import pytest

from vsaviz import oddities
from vsaviz.oddities import near_duplicates, outliers


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def rows():
    """Groups of several densities, in more dimensions than the first look has."""
    draw = np.random.default_rng(0)
    spread = draw.choice([0.2, 0.5, 1.5], 300)[:, None]
    return unit(np.repeat(draw.normal(size=(30, 200)), 10, axis=0) + spread * draw.normal(size=(300, 200)))


def plain_pairs(rows, threshold):
    cosines = rows.astype(np.float64) @ rows.astype(np.float64).T
    one, other = np.nonzero(np.triu(cosines, 1) >= threshold)
    return {(int(a), int(b)): cosines[a, b] for a, b in zip(one, other, strict=True)}


@pytest.mark.parametrize("threshold", [0.6, 0.9, 0.99])
@pytest.mark.parametrize("block", [64, 1024])
def test_no_pair_is_missed_and_none_invented(rows, threshold, block, monkeypatch):
    monkeypatch.setattr(oddities, "ROWS_AT_ONCE", block)
    expected = plain_pairs(rows, threshold)
    found = near_duplicates(rows, threshold)
    assert {tuple(pair) for pair in found.pairs.tolist()} == expected.keys()
    assert found.n_pairs == len(expected)
    assert found.n_documents == len({row for pair in expected for row in pair})
    np.testing.assert_allclose(found.similarities, sorted(expected.values(), reverse=True), atol=1e-6)


def test_the_first_look_only_overrates(rows):
    bounds = oddities._bounding(rows, 0)
    assert bounds.shape[1] < rows.shape[1] / 2
    assert (bounds @ bounds.T >= rows @ rows.T - 1e-5).all()


def test_the_same_vectors_are_counted_as_such(rows):
    found = near_duplicates(np.concatenate([rows, rows[[5, 5, 9]]]), 0.9999)
    assert found.n_same == 4  # three pairs of one, and one of the other
    assert found.n_documents == 5
    assert {tuple(pair) for pair in found.pairs[:4].tolist()} >= {(5, 300), (5, 301), (9, 302), (300, 301)}


def test_of_very_many_pairs_the_best_are_listed_and_all_counted(monkeypatch, rows):
    monkeypatch.setattr(oddities, "LISTED", 5)
    expected = sorted(plain_pairs(rows, 0.5).values(), reverse=True)
    found = near_duplicates(rows, 0.5)
    assert found.n_pairs == len(expected) > 100
    np.testing.assert_allclose(found.similarities, expected[:5], atol=1e-6)


def test_where_none_are_alike_the_two_most_alike_are_named(rows):
    found = near_duplicates(np.eye(6, 8) + 0.01 * np.eye(6, 8, 1))
    assert found.n_pairs == len(found.pairs) == 0
    assert near_duplicates(rows, 0.9999).closest[2] == pytest.approx(
        max(plain_pairs(rows, 0.1).values()), abs=1e-6
    )
    assert near_duplicates(rows[:1]).closest is None
    with pytest.raises(ValueError, match="got 0"):
        near_duplicates(rows, 0)


def plain_scores(rows):
    cosines = rows.astype(np.float64) @ rows.astype(np.float64).T
    np.fill_diagonal(cosines, -np.inf)
    return np.sort(cosines, axis=1)[:, -5:].mean(axis=1)


@pytest.mark.parametrize("many", [False, True])
def test_the_oddest_are_those_of_the_plain_loop(rows, many, monkeypatch):
    if many:
        monkeypatch.setattr(oddities, "LOOKED_INTO", 299)
        monkeypatch.setattr(oddities, "SEEN_IN_FULL", 299)
        monkeypatch.setattr(oddities, "REFERENCES", 100)
    expected = plain_scores(rows)
    told = []
    found = outliers(rows, 12, progress=told.append)
    assert found.exact
    assert found.rows.tolist() == np.argsort(expected, kind="stable")[:12].tolist()
    np.testing.assert_allclose(found.scores, np.sort(expected)[:12], atol=1e-5)
    assert (found.k, found.of) == (5, 300)
    assert found.usual == pytest.approx(np.median(expected), abs=0.1)
    assert told == sorted(told)


def test_when_not_all_could_be_ruled_out_it_says_so(rows, monkeypatch):
    monkeypatch.setattr(oddities, "LOOKED_INTO", 128)
    monkeypatch.setattr(oddities, "SEEN_IN_FULL", 128)
    monkeypatch.setattr(oddities, "REFERENCES", 8)
    assert not outliers(rows, 100).exact


def test_a_stranger_is_the_oddest_and_few_documents_are_no_error(rows):
    stranger = np.zeros((1, 200), np.float32)
    stranger[0, 0] = 1
    assert outliers(np.concatenate([rows, -rows[:1] * 0 + stranger])).rows[0] == 300
    assert outliers(rows[:1]).rows.size == 0
    assert outliers(rows[:3]).k == 2
    with pytest.raises(ValueError, match="got 0"):
        outliers(rows, 0)
