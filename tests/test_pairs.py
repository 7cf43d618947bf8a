"""What fields contribute to a vector, and one pair of documents under every scheme."""

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import collections

from vsaviz import features, schemes
from vsaviz.features import FeatureSettings
from vsaviz.pairs import DENSE_AT_MOST, cosines_under_every_scheme, field_shares, mean_shares

PLAIN = FeatureSettings(arrays="bag", numbers="exact", strings="exact", structure=0, idf=0, balance=0)
COMMUTATIVE = {name for name, kind in schemes.SCHEMES.items() if kind.commutative}


def fitted(documents, settings=PLAIN):
    return features.fit(documents, settings)[1]


def ignored(share):
    """Take a report of progress."""


def compared(one, other, dimensions=512, progress=ignored):
    table = cosines_under_every_scheme(fitted([one, other]), dimensions, 0, progress)
    return {name: cosine for name, _, cosine in table}


@settings(max_examples=25)
@given(collections)
def test_shares_are_positive_sum_to_one_and_fall(documents):
    extracted = fitted(documents, FeatureSettings())
    for row in range(len(documents)):
        shares = [share for _, share in field_shares(extracted, row)]
        assert sum(shares) == pytest.approx(1)
        assert min(shares) > 0
        assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(
    ("document", "shares"),
    [
        ({"a": True, "b": False}, {"a": 0.5, "b": 0.5}),
        ({"a": True, "b": {"c": None, "d": 3}}, {"a": 1 / 3, "b.c": 1 / 3, "b.d": 1 / 3}),
        ({"a": True, "b": [1, 2]}, {"a": 1 / 3, "b[]": 2 / 3}),
        ({"a": True, "b": [1, 1]}, {"a": 1 / 5, "b[]": 4 / 5}),
        (7, {"$": 1.0}),
    ],
)
def test_shares_by_hand(document, shares):
    assert dict(field_shares(fitted([document]), 0)) == pytest.approx(shares)


def test_shares_are_those_of_the_asked_document():
    extracted = fitted([{"a": 1}, {"b": 1, "c": 1}])
    assert [name for name, _ in field_shares(extracted, 0)] == ["a"]
    assert sorted(name for name, _ in field_shares(extracted, 1)) == ["b", "c"]


def test_a_document_of_no_weight_has_no_shares_that_count():
    settings = FeatureSettings(field_weights=(("a", 0.0),))
    assert sum(share for _, share in field_shares(fitted([{"a": 1}, {"b": 1}], settings), 0)) == 0


def test_mean_shares_are_those_of_single_documents_where_fields_have_nothing_in_common():
    documents = [{"a": "x", "b": [1, 2, 3]}, {"a": "y"}, {"c": {"d": None}, "a": "z z"}]
    extracted = fitted(documents)
    found = mean_shares(extracted)
    assert sum(found.values()) == pytest.approx(1)
    each = [dict(field_shares(extracted, row)) for row in range(3)]
    for name, share in found.items():
        assert share == pytest.approx(np.mean([one.get(name, 0.0) for one in each]))


def test_every_scheme_is_compared_after_the_exact_kernel_at_a_size_that_it_has():
    table = cosines_under_every_scheme(fitted([{"a": 1}, {"a": 2}]), 1024, 0, ignored)
    assert [name for name, _, _ in table] == ["exact", *schemes.names()]
    sizes = {name: D for name, D, _ in table}
    assert sizes.pop("exact") is None
    for name, D in sizes.items():
        dense = schemes.SCHEMES[name].largest is not None
        assert D in schemes.SCHEMES[name].dimensions_near(DENSE_AT_MOST if dense else 1024)


def test_equal_documents_are_equal_under_every_scheme():
    cosines = compared({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "x"}]})
    assert list(cosines.values()) == pytest.approx([1.0] * len(cosines), abs=1e-5)


def test_documents_without_anything_in_common_are_far_apart_under_every_scheme():
    cosines = compared({"a": "one", "b": "two"}, {"c": "three", "d": "four"})
    assert cosines.pop("exact") == 0
    assert max(map(abs, cosines.values())) < 0.3


def test_swapped_keys_are_told_apart_by_schemes_that_do_not_commute():
    cosines = compared({"a": {"b": 1}}, {"b": {"a": 1}})
    assert cosines.pop("exact") == 0
    assert {"map-i", "hrr"} <= COMMUTATIVE
    for name, cosine in cosines.items():
        if name in COMMUTATIVE:
            assert cosine == pytest.approx(1, abs=1e-5), name
        else:
            assert cosine == pytest.approx(schemes.SCHEMES[name].swapped, abs=0.25), name


def test_isometric_schemes_come_near_the_exact_cosine():
    draw = np.random.default_rng(3)
    one, other = (
        {"abc"[i % 3]: n.tolist() for i, n in enumerate(draw.integers(0, 3, (3, 12)))} for _ in "12"
    )
    cosines = compared(one, other, dimensions=4096)
    assert cosines["mbat"] == pytest.approx(cosines["exact"], abs=0.06)
    assert cosines["map-i"] == pytest.approx(cosines["exact"], abs=0.06)


def test_progress_rises_from_0_and_stays_below_1():
    reported = []
    compared({"a": 1}, {"a": 2}, 64, reported.append)
    assert reported[0] == 0
    assert reported == sorted(reported)
    assert len(set(reported)) == len(schemes.names())
    assert reported[-1] < 1
