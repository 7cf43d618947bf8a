"""How far a map can be trusted: scikit-learn's figure is the mean of ours, and a swap is found."""

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from vsaviz import trust as trusting
from vsaviz.project import projection
from vsaviz.trust import trust


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors():
    draw = np.random.default_rng(0)
    return unit(np.repeat(draw.normal(size=(6, 40)), 25, axis=0) + 0.7 * draw.normal(size=(150, 40)))


@pytest.mark.parametrize("n", [20, 23, 150])
def test_the_mean_is_the_trustworthiness_of_scikit_learn(vectors, n):
    points = projection(vectors[:n]).points
    found = trust(vectors[:n], points)
    k = min(10, (n - 1) // 2)
    assert found.k == k
    assert found.overall == pytest.approx(trustworthiness(vectors[:n], points, n_neighbors=k), abs=1e-6)


def test_a_map_that_keeps_all_neighbours_is_trusted_in_full():
    turns = np.linspace(0, 1.2, 80)
    circle = np.column_stack([np.cos(turns), np.sin(turns)])
    found = trust(circle, circle)
    assert found.overall == pytest.approx(1, abs=1e-3)
    assert len(found.misplaced) == 0 == found.share_misplaced


def test_what_stands_in_the_wrong_place_is_found(vectors):
    points = np.repeat(100.0 * np.arange(6), 25)[:, None] + np.random.default_rng(1).normal(size=(150, 2))
    assert len(trust(vectors, points).misplaced) == 0
    points[[3, 140]] = points[[140, 3]]
    found = trust(vectors, points)
    assert found.misplaced.tolist() == [3, 140]
    assert found.share_misplaced == 2 / 150
    assert set(np.argsort(found.scores)[:2]) == {3, 140}


def test_of_many_a_sample_is_seen_or_every_one_judged_by_it(vectors, monkeypatch):
    points = projection(vectors).points
    whole = trust(vectors, points)
    monkeypatch.setattr(trusting, "SEEN", 90)
    told = []
    sampled, every = trust(vectors, points), trust(vectors, points, every=True, progress=told.append)
    assert sampled.seen == every.seen == len(sampled.rows) == 90
    assert every.rows.tolist() == list(range(150))
    np.testing.assert_array_equal(every.scores[sampled.rows], sampled.scores)
    for row in np.setdiff1d(every.rows, sampled.rows):
        cosines, far = (
            vectors[sampled.rows] @ vectors[row],
            ((points[sampled.rows] - points[row]) ** 2).sum(axis=1),
        )
        ranks = 1 + (cosines > cosines[np.argsort(far)[:10], None] + 1e-6).sum(axis=1)
        assert every.strangers[row] == pytest.approx((ranks > every.among).mean())
    assert every.overall == pytest.approx(whole.overall, abs=0.05)
    assert told[-1] == 1
    assert trust(vectors, points, seed=1).rows.tolist() != sampled.rows.tolist()


def test_equal_documents_are_no_strangers():
    found = trust(np.tile(np.float32([0.6, 0.8]), (40, 1)), np.zeros((40, 2)))
    assert found.overall == 1
    assert len(found.misplaced) == 0


def test_few_documents_and_wrong_shapes(vectors):
    assert trust(vectors[:3], np.zeros((3, 2))) is None
    with pytest.raises(ValueError, match=r"\(5, 2\), got \(4, 2\)"):
        trust(vectors[:5], np.zeros((4, 2)))
