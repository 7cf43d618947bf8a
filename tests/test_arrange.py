"""An order of rows in which similar ones stand together."""

import numpy as np
import pytest

from vsaviz.arrange import by_cluster


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 40])
def test_the_order_names_every_row_once(n):
    vectors = unit(np.random.default_rng(n).normal(size=(n, 8)))
    assert sorted(by_cluster(vectors @ vectors.T).tolist()) == list(range(n))


@pytest.mark.parametrize("seed", range(5))
def test_groups_stand_together_however_they_were_mixed(seed):
    draw = np.random.default_rng(seed)
    group = draw.permutation(np.repeat(np.arange(4), 6))
    vectors = unit(np.eye(4)[group] @ draw.normal(size=(4, 32)) + 0.1 * draw.normal(size=(24, 32)))
    ordered = group[by_cluster(vectors @ vectors.T)]
    assert np.count_nonzero(np.diff(ordered)) == 3


def test_the_nearest_ends_of_groups_meet():
    points = np.array([0.0, 9.0, 1.0, 8.0, 5.0])
    similarities = 1 - np.abs(points[:, None] - points[None, :]) / 10
    order = points[by_cluster(similarities)].tolist()
    assert order in ([0, 1, 5, 8, 9], [9, 8, 5, 1, 0])


@pytest.mark.parametrize("similarities", [np.ones((4, 4)), np.zeros((4, 4))], ids=["identical", "zero"])
def test_rows_without_differences_are_ordered_all_the_same(similarities):
    assert sorted(by_cluster(similarities.astype(np.float32)).tolist()) == [0, 1, 2, 3]


def test_the_given_similarities_are_left_alone():
    similarities = np.array([[0.99, 0.2, 0.1], [0.2, 1.0, 0.3], [0.1, 0.3, 1.01]], np.float32)
    before = similarities.copy()
    by_cluster(similarities)
    np.testing.assert_array_equal(similarities, before)
