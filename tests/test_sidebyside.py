"""Two documents side by side: marks mirror the documents, agree with each other, and say what is so."""

from collections import Counter
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import values

from vsaviz import features
from vsaviz.features import FeatureSettings
from vsaviz.features.paths import ARRAY, ITEM, key
from vsaviz.jsontext import indented
from vsaviz.sidebyside import DIFFERENT, EQUAL, NEAR, ONLY, side_by_side, similarities
from vsaviz.sidebyside.alike import Two
from vsaviz.sidebyside.nodes import ALIGNED_AT_MOST


def vocabulary_of(documents, **settings):
    return features.fit(documents, FeatureSettings(**settings))[0]


def marked(one, other, documents=(), **settings):
    return side_by_side(one, other, vocabulary_of(documents or [one, other], **settings))


def leaves(document, marks, path=()):
    """Every leaf with its mark, by the plain way down."""
    below = (
        []
        if not isinstance(document, dict | list)
        else (list(document.items()) if isinstance(document, dict) else list(enumerate(document)))
    )
    if not below:
        assert isinstance(marks, str)
        yield path, document, marks
    for step, child in below:
        yield from leaves(child, marks if isinstance(marks, str) else marks[step], (*path, step))


def counted(document, marks, wanted):
    """How often each value has a mark; 1 and 1.0 are one number, 1 and true are not."""
    return Counter(
        ("number", value) if type(value) in (int, float) else indented(value)
        for _, value, mark in leaves(document, marks)
        if mark == wanted
    )


# Laws


@given(values, values)
def test_marks_have_the_shape_of_their_documents(one, other):
    for document, marks in zip((one, other), marked(one, other), strict=True):
        stack = [(document, marks)]
        while stack:
            value, mark = stack.pop()
            if isinstance(mark, str):
                assert mark in (EQUAL, NEAR, DIFFERENT, ONLY)
            elif isinstance(mark, dict):
                assert mark
                assert list(mark) == list(value)
                stack += [(value[name], mark[name]) for name in mark]
            else:
                assert mark
                stack += list(zip(value, mark, strict=True))


@given(values, values)
def test_both_documents_have_the_same_equal_leaves_and_as_many_near_ones(one, other):
    left, right = marked(one, other)
    assert counted(one, left, EQUAL) == counted(other, right, EQUAL)
    assert counted(one, left, NEAR).total() == counted(other, right, NEAR).total()


@given(values)
def test_a_document_beside_itself_is_equal(document):
    assert marked(document, deepcopy(document)) == (EQUAL, EQUAL)


# Cases


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, EQUAL),
        ({"a": 1}, {"a": True}, {"a": DIFFERENT}),
        ({"a": 1}, {"a": "1"}, {"a": DIFFERENT}),
        ({"a": None}, {"a": "null"}, {"a": DIFFERENT}),
        ({"a": None}, {}, {"a": ONLY}),
        ({"a": {"b": 1}}, {"a": [1]}, {"a": DIFFERENT}),
        ({"a": {"b": 1}}, {"c": 0}, {"a": ONLY}),
        ({"a": []}, {"a": [1]}, {"a": DIFFERENT}),
        ({"a": [1]}, {"a": []}, {"a": [ONLY]}),
        ({"a": {}}, {"a": []}, {"a": DIFFERENT}),
        ([1, 2, 3], [3, 1, 2], [EQUAL] * 3),
        (["x", "x", "y"], ["y", "x"], [EQUAL, ONLY, EQUAL]),
        (1, 1, EQUAL),
        ("", "a", DIFFERENT),
    ],
)
def test_known_pairs(one, other, expected):
    assert marked(one, other)[0] == expected


def test_near_values_are_near_as_their_field_is_written():
    documents = [
        {"n": i, "name": f"{word} shirt", "day": f"2024-01-{i + 1:02}"}
        for i, word in enumerate(["red", "blue", "green", "old", "new", "torn"] * 5)
    ]
    one = {"n": 10, "name": "Dark red shirts", "day": "2024-01-10"}
    near = {"n": 10.4, "name": "dark red shirt", "day": "2024-01-10T02:00"}
    far = {"n": 29, "name": "spoon", "day": "2024-01-30"}
    assert marked(one, near, documents)[0] == dict.fromkeys(one, NEAR)
    assert marked(one, far, documents)[0] == dict.fromkeys(one, DIFFERENT)
    assert marked(one, near, documents, strings="exact", numbers="exact")[0] == dict.fromkeys(one, DIFFERENT)


def test_similarities_are_the_cosines_of_the_values_written_alone():
    documents = [{"n": i * i, "t": text} for i, text in enumerate(["a b", "b c", "red shirt", "shirts"] * 6)]
    vocabulary = vocabulary_of(documents, structure=0.0, idf=0.0, weights="record")
    pairs = [(0, 1), (2, 3), (5, 6), (4, 20)]
    for name in ("n", "t"):
        found = similarities(
            [Two((key(name),), documents[i][name], documents[j][name]) for i, j in pairs], vocabulary
        )
        alone = vocabulary.features([{name: one[name]} for one in documents]).matrix()
        expected = [(alone[[i]] @ alone[[j]].T).toarray()[0, 0] for i, j in pairs]
        np.testing.assert_allclose(found, expected, atol=1e-6)


def test_items_that_have_most_in_common_stand_beside_each_other():
    one = [{"sku": "A", "n": 1}, {"sku": "B", "n": 2, "c": "x"}]
    other = [{"sku": "B", "n": 7, "c": "x"}, {"sku": "D", "n": 1}, {"sku": "E"}]
    left, right = marked({"items": one}, {"items": other})
    assert left["items"][1]["sku"] == left["items"][1]["c"] == EQUAL
    assert left["items"][0]["n"] == EQUAL
    assert right["items"][2] == ONLY


def test_positions_that_are_names_are_compared_by_them():
    documents = [{"at": [i, 90 + 3 * i]} for i in range(20)]
    assert (key("at"), ARRAY) in vocabulary_of(documents).fixed
    assert marked({"at": [5, 105]}, {"at": [105, 5]}, documents)[0] == {"at": [DIFFERENT, DIFFERENT]}


def test_fields_within_arrays_are_known_by_their_names():
    documents = [{"items": [{"n": i}, {"n": 30 + i}]} for i in range(30)]
    assert (key("items"), ARRAY, ITEM, key("n")) in vocabulary_of(documents).codings
    left, _ = marked({"items": [{"n": 20}]}, {"items": [{"n": 20.3}]}, documents)
    assert left == {"items": [{"n": NEAR}]}


def test_long_arrays_are_compared_in_their_order_once_equal_items_are_set_aside():
    n = ALIGNED_AT_MOST + 1
    one = [{"k": i, "v": 0} for i in range(n)]
    other = [{"k": i, "v": 1} for i in reversed(range(n))]
    left, _ = marked([*one, "same"], ["same", *other])
    assert left[-1] == EQUAL
    assert left[0] == {"k": DIFFERENT, "v": DIFFERENT}
    assert left[n // 2]["k"] == EQUAL
    assert marked(one[1:], other[1:])[0][0]["k"] == EQUAL


def deep(levels, bottom):
    for level in range(levels):
        bottom = [bottom] if level % 2 else {"k": bottom}
    return bottom


def test_the_deepest_documents_are_compared():
    left, right = marked(deep(480, "one two"), deep(480, "three"))
    while not isinstance(left, str):
        left, right = (
            next(iter(side.values())) if isinstance(side, dict) else side[0] for side in (left, right)
        )
    assert left == right == DIFFERENT


@given(st.lists(values, max_size=6), st.lists(values, max_size=6))
def test_of_an_array_as_many_items_are_alone_as_it_is_longer(one, other):
    left, right = marked(one, other)
    alone = [sum(mark == ONLY for mark in side) if isinstance(side, list) else 0 for side in (left, right)]
    assert alone == [max(len(one) - len(other), 0), max(len(other) - len(one), 0)]
