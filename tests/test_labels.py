"""How documents are named: ids are always as many as documents, different and not empty."""

import pytest
from hypothesis import given, settings
from strategies import collections

from vsaviz import features
from vsaviz.features import FeatureSettings
from vsaviz.features.paths import ARRAY, ITEM, key
from vsaviz.labels import colorable, column, document_ids, titles

A, B = key("a"), key("b")


def fields_of(documents):
    return features.fit(documents, FeatureSettings())[0].fields


def ids_of(documents):
    return document_ids(documents, fields_of(documents))


def titles_of(documents):
    return titles(documents, fields_of(documents))


@settings(max_examples=30)
@given(collections)
def test_ids_are_different_and_never_empty(documents):
    ids = ids_of(documents)
    assert len(ids) == len(documents) == len(set(ids))
    assert all(ids)


@settings(max_examples=30)
@given(collections)
def test_every_field_can_be_read_as_a_column(documents):
    for path in fields_of(documents):
        values = column(documents, path)
        assert len(values) == len(documents)
        assert not any(isinstance(value, dict | list) for value in values)


@settings(max_examples=30)
@given(collections)
def test_titles_are_one_string_for_each_document(documents):
    lines = titles_of(documents)
    assert len(lines) == len(documents)
    assert all(isinstance(line, str) for line in lines)


@pytest.mark.parametrize(
    ("document", "path", "value"),
    [
        ({"a": 1}, (A,), 1),
        ({"a": False}, (A,), False),
        ({"a": {"b": "x"}}, (A, B), "x"),
        ({"a": {"b": "x"}}, (A,), None),
        ({"a": {}}, (A,), None),
        ({"b": 1}, (A,), None),
        ({"a": [1, 2]}, (A, ARRAY, ITEM), 1),
        ({"a": [None, 2]}, (A, ARRAY, ITEM), 2),
        ({"a": [{}, {"b": 2}]}, (A, ARRAY, ITEM, B), 2),
        ({"a": []}, (A, ARRAY, ITEM), None),
        ({"a": {"b": 1}}, (A, ARRAY, ITEM), None),
        ({"a": [[3], [4]]}, (A, ARRAY, ITEM, ARRAY, ITEM), 3),
        (7, (), 7),
    ],
)
def test_a_column_takes_the_first_value_at_a_field(document, path, value):
    assert column([document], path) == [value]


def test_an_id_of_their_own_names_the_documents():
    documents = [{"id": f"p-{i:03}", "kind": "x"} for i in range(60)]
    assert ids_of(documents) == [f"p-{i:03}" for i in range(60)]
    assert ids_of([{"name": "one"}, {"name": "two"}]) == ["one", "two"]
    assert ids_of([{"id": 7}, {"id": 9}]) == ["7", "9"]


@pytest.mark.parametrize(
    "values",
    [
        ("x", "x"),  # not different
        ("x", ""),  # empty
        ("1", 1),  # the same on the screen
        ("x", "y" * 41),  # too long
        ("x", None),  # missing
        ("x", 1.5),  # no name
        (10**5000, 3),  # more digits than Python prints
    ],
)
def test_where_ids_do_not_serve_rows_are_counted(values):
    assert ids_of([{"id": value} for value in values]) == ["#0", "#1"]


def test_what_is_merely_different_is_no_id():
    assert ids_of([{"price": 1}, {"price": 2}]) == ["#0", "#1"]


def test_a_title_is_a_telling_string_and_neither_a_class_nor_a_link():
    documents = [
        {"kind": "bird", "link": f"https://e.org/{i}", "about": f"the {word} one", "n": i}
        for i, word in enumerate(["red", "blue", "green", "old"])
    ]
    assert titles_of(documents) == ["the red one", "the blue one", "the green one", "the old one"]
    assert titles_of([{"n": 1}, {"n": 2}]) == ["", ""]


def test_a_document_without_the_telling_field_has_no_title():
    documents = [{"about": f"number {i} of them"} for i in range(9)] + [{"n": 1}]
    assert titles_of(documents)[8:] == ["number 8 of them", ""]


def test_the_first_colour_is_a_field_of_few_classes_then_numbers():
    documents = [
        {"note": f"a note {i}", "n": i, "kind": "ab"[i % 2], "tags": ["x"], "none": None} for i in range(30)
    ]
    names = [fields_of(documents)[path].name for path in colorable(fields_of(documents))]
    assert names == ["kind", "n", "note", "tags[]"]


def test_a_field_beneath_five_hundred_arrays_is_found():
    deep = 7
    for _ in range(500):
        deep = [None, deep]
    assert column([deep, [[]], None], (ARRAY, ITEM) * 500) == [7, None, None]
