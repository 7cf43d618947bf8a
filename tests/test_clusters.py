"""Clusters: what is apart is told apart, whatever the order, the size and the sample; and named so."""

import numpy as np
import pytest

from vsaviz import shipped
from vsaviz.clusters import find_clusters, finding, name_clusters, usual_size
from vsaviz.clusters.naming import labels_of
from vsaviz.clusters.words import short_fields
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.groups import Difference
from vsaviz.schemes import create

KINDS = ("cat", "dog", "bird")


def blobs(n_each, n_groups=3, width=80, noise=0.35, seed=0):
    """Unit rows around well separated directions, group by group."""
    draw = np.random.default_rng(seed)
    middles = np.linalg.qr(draw.normal(size=(width, n_groups)))[0].T
    rows = np.repeat(middles, n_each, axis=0) + noise / width**0.5 * draw.normal(
        size=(n_each * n_groups, width)
    )
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def pets():
    documents = [
        {
            "kind": KINDS[i % 3],
            "legs": [4, 4, 2][i % 3],
            "sound": ["meow", "bark", "sing"][i % 3],
            "food": ["fish", "bone", "seed"][i % 3],
            "wild": i % 7 == 0,
        }
        for i in range(120)
    ]
    _, features = fit(documents, FeatureSettings())
    return documents, encode(features, create("mbat", 512, 0))


def test_groups_that_lie_apart_are_found_each():
    found = find_clusters(blobs(40))
    assert found.sizes.tolist() == [40, 40, 40]
    for group in range(3):
        assert len(set(found.labels[40 * group : 40 * group + 40].tolist())) == 1
    assert (found.strength > 0).all()
    assert (found.smallest, found.sampled) == (usual_size(120), 120)


def test_clusters_are_numbered_from_the_largest_and_sizes_are_counts():
    rows = np.concatenate([blobs(60)[:20], blobs(60)[60:]])
    found = find_clusters(rows)
    assert found.sizes.tolist() == [60, 60, 20]
    np.testing.assert_array_equal(np.bincount(found.labels[found.labels >= 0]), found.sizes)
    np.testing.assert_array_equal(found.rows(2), np.arange(20))


def test_the_order_of_documents_does_not_matter():
    rows = np.concatenate([blobs(60)[:20], blobs(60)[60:]])
    order = np.random.default_rng(3).permutation(len(rows))
    straight, mixed = find_clusters(rows), find_clusters(rows[order])
    pairs = set(zip(straight.labels[order].tolist(), mixed.labels.tolist(), strict=True))
    assert len(pairs) == len(straight.sizes) == 3


def test_no_cluster_is_smaller_than_asked_for():
    rows = np.concatenate([blobs(40), blobs(40, seed=9)[:6]])
    assert find_clusters(rows, smallest=5).sizes.min() == 6
    assert find_clusters(rows, smallest=12).sizes.min() >= 12
    assert find_clusters(rows, smallest=200).sizes.size == 0


def test_documents_beyond_the_sample_join_their_nearest(monkeypatch):
    monkeypatch.setattr(finding, "SAMPLED", 90)
    rows, told = blobs(100), []
    found = find_clusters(rows, smallest=40, progress=told.append)
    assert found.sampled == 90
    assert sorted(found.sizes.tolist()) == [100, 100, 100]
    assert told == sorted(told)
    np.testing.assert_array_equal(found.labels, find_clusters(rows, smallest=40).labels)


@pytest.mark.parametrize("n", [0, 1, 4, 30])
def test_few_or_equal_documents_are_no_error(n):
    found = find_clusters(np.tile(np.float32([0.6, 0.8, 0]), (n, 1)))
    assert found.labels.tolist() == [-1] * n
    assert found.strength.tolist() == [0] * n


def test_copies_of_documents_are_clusters_too():
    found = find_clusters(np.repeat(np.eye(8, 64, dtype=np.float32), 10, axis=0))
    assert found.sizes.tolist() == [10] * 8
    assert np.isfinite(found.strength).all()


def test_what_cannot_be_asked_for():
    with pytest.raises(ValueError, match="got 1"):
        find_clusters(blobs(5), smallest=1)
    with pytest.raises(ValueError, match="vectors"):
        find_clusters([[np.nan, 1.0]])


def test_clusters_agree_with_the_kinds_of_documents(pets):
    documents, vectors = pets
    found = find_clusters(vectors, smallest=30)
    for cluster in range(len(found.sizes)):
        assert len({documents[row]["kind"] for row in found.rows(cluster)}) == 1
    assert found.sizes.sum() >= 100


def test_names_say_what_sets_each_apart(pets):
    documents, vectors = pets
    found = find_clusters(vectors, smallest=30)
    named = name_clusters(documents, vectors, found)
    assert sorted(one.label for one in named) == ["food = bone", "food = fish", "food = seed"]
    for number, one in enumerate(named):
        food = one.label.split()[-1]
        assert documents[one.typical]["food"] == food
        assert one.typical in found.rows(number)
        assert f'food = "{food}": 100 % against 0 %' in one.full
        assert len(one.words) == len(one.differences)


def difference(field, value, effect=0.9, kind="value", **more):
    return Difference(field, kind, value, 0.9, 0.1, effect, effect - 0.1, effect + 0.1, 0.001, **more)


def test_labels_are_short_and_each_another():
    same = difference("type", "alert")
    labels, _ = labels_of(
        [[same, difference("a.size", None, kind="level")], [same, difference("level", "low")], [same]]
    )
    assert labels == ["type = alert · size higher", "type = alert · level = low", "type = alert"]
    shared = difference("zone", "eu")
    one, other = ([same, shared, difference("port", number)] for number in (80, 443))
    assert labels_of([one, other])[0] == ["type = alert · port = 80", "type = alert · port = 443"]
    assert labels_of([[same], [same], []])[0] == ["type = alert", "type = alert (2)", "alike"]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (difference("a", None), "a = null"),
        (difference("a", ""), "a = empty"),
        (difference("a", "x" * 99), f"a = {'x' * 23}…"),
        (difference("a", f"https://host/{'x' * 99}/end"), f"a = …{'x' * 19}/end"),
        (difference("a", True, effect=-0.5), "a not true"),
        (difference("a", "fever", kind="word"), "a has fever"),
        (difference("a.b", None, kind="presence"), "has b"),
        (difference("a.b", None, kind="presence", effect=-0.5), "no b"),
        (difference("at", None, kind="level", effect=-0.5, dated=True), "at earlier"),
        (difference("tags[]", "new\nline"), "tags = new line"),
    ],
)
def test_a_difference_in_a_few_words(one, words):
    assert labels_of([[one]]) == ([words], [[words]])


def test_fields_keep_what_tells_them_apart():
    names = ["a.name", "b.name", "box.size[0]", "box.size[1]", "tags", "tags[]", '["x y"]']
    assert list(short_fields(names).values()) == [
        "a.name",
        "b.name",
        "size[0]",
        "size[1]",
        "tags",
        "tags",
        "x y",
    ]


def test_real_documents_fall_into_clusters_that_agree_with_their_labels():
    from sklearn.metrics import adjusted_mutual_info_score

    collection = shipped.load("molecules")
    _, features = fit(collection.documents, FeatureSettings())
    vectors = encode(features, create("mbat", 1024, 0))
    found = find_clusters(vectors)
    assert adjusted_mutual_info_score(collection.labels, found.labels) > 0.4
    named = name_clusters(collection.documents, vectors, found)
    assert len({one.label for one in named}) == len(named) == len(found.sizes)
    assert max(len(one.label) for one in named) < 90
