"""Exact filters: predicates on paths, JSON Schemas, and pieces that documents must not hold."""

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from vsaviz import InputError
from vsaviz.features.paths import ARRAY, ITEM, at, field_name, field_path, key
from vsaviz.search.filters import filtered, told
from vsaviz.search.holding import equal, holds, without_filters
from vsaviz.search.known_fields import KnownFields
from vsaviz.search.predicates import values_at
from vsaviz.search.where import where_filters

DOCUMENTS = [
    {"age": 45, "tags": ["red", "Blue"], "a=b": 1, "day": "2024-01-02", "name": "Ann Smith", "email": None},
    {"age": 45.0, "tags": [], "not": 3, "on": True, "name": "smithy & CAFÉ"},
    {"age": True, "orders": [{"sku": "A", "n": 1}, {"sku": "B", "n": 2}]},
    {"age": "45", "orders": {"sku": "A"}, "two words": {"x.y": [[1, 2], [3]]}},
    [1, 2],
]


def kept(where, documents=DOCUMENTS):
    """The rows that a single filter keeps."""
    (one,) = where_filters(where)
    return [row for row, document in enumerate(documents) if one.keeps(document)]


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("age >= 45", [0, 1]),
        ("age>=45", [0, 1]),
        ("age >=45", [0, 1]),
        ("age<46", [0, 1]),
        ("age > 45", []),
        ("age = 45", [0, 1]),
        ("age == 45.0", [0, 1]),
        ("age = true", [2]),
        ('age = "45"', [3]),
        ('age > "4"', [3]),
        ("age != 45", [2, 3]),
        ("not age = 45", [2, 3, 4]),
        ("on = 1", []),
        ('tags[] = "red"', [0]),
        ('tags[1] = "Blue"', [0]),
        ('tags[0] = "Blue"', []),
        ("tags = []", [1]),
        ("tags exists", [0, 1]),
        ("a=b = 1", [0]),
        ('["a=b"] = 1', [0]),
        ('day >= "2023-12-31"', [0]),
        ('name ~ "SMITH"', [0, 1]),
        ('name ~ "café"', [1]),
        ('name~"cafe\u0301"', [1]),
        ('tags[] ~ "b"', [0]),
        ('age in [45, "45"]', [0, 1, 3]),
        ("not age in [45, true]", [3, 4]),
        ('tags[] in ["red", "green"]', [0]),
        ("not in [3]", [1]),
        ("email in [null]", [0]),
        ("email exists", [0]),
        ("email = null", [0]),
        ("not email exists", [1, 2, 3, 4]),
        ("not = 3", [1]),
        ("not not exists", [0, 2, 3, 4]),
        ('orders[].sku = "B"', [2]),
        ('orders[0].sku = "B"', []),
        ('orders[1] = {"n": 2, "sku": "B"}', [2]),
        ('orders.sku = "A"', [3]),
        ('["two words"]["x.y"][][] = 3', [3]),
        ('["two words"]["x.y"][0][1] = 2', [3]),
        ("$ = [1, 2]", [4]),
        ("[] = 2", [4]),
        ("[5] exists", []),
    ],
)
def test_a_predicate_keeps_what_it_says(where, rows):
    assert kept(where) == rows


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("age = Paris", "got Paris.*double quotes"),
        ("age >=", "got nothing"),
        ("age", "write PATH = VALUE"),
        ("", "write PATH = VALUE"),
        ("a b = 3", "write PATH = VALUE"),
        ("a..b = 3", "'a..b', from character 2"),
        ("age > true", "only numbers and texts have an order"),
        ("name ~ 3", 'in quotes: ~ "3"'),
        ("age in 45", r"write in \[45\]"),
        ("margin 3", "write PATH = VALUE"),
        (7, "neither a predicate nor a JSON Schema"),
        ({"age": 45}, "no keyword of JSON Schema"),
        ({"type": "thing"}, r"at \$.type: 'thing'"),
        ({"properties": {"age": {"minimum": "a"}}}, r"at \$.properties.age.minimum"),
        ({"pattern": "("}, "regex"),
        ({"$schema": "http://example.org/mine"}, "not known"),
    ],
)
def test_what_is_no_filter_is_refused_with_the_way_to_write_it(where, message):
    with pytest.raises(InputError, match=message):
        where_filters(where)


@pytest.mark.parametrize("schema", [{"$ref": "http://example.org/x"}, {"$ref": "#/$defs/x"}, {"$ref": "#"}])
def test_a_schema_that_leads_nowhere_is_refused_when_it_is_used(schema):
    (one,) = where_filters(schema)
    with pytest.raises(InputError, match="refers to"):
        one.keeps({"a": 1})


def test_a_schema_keeps_what_is_valid():
    schema = {"properties": {"age": {"const": 1}}, "required": ["age"], "type": "object"}
    assert kept(schema, [{"age": 1.0}, {"age": True}, {"age": 2}, {}, 1]) == [0]


def test_without_the_library_a_schema_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonschema.validators", None)
    with pytest.raises(ImportError, match=r"vsaviz\[search\]"):
        where_filters({"type": "object"})
    assert len(where_filters("age = 1")) == 1


def test_filters_are_counted_one_after_the_other():
    known = KnownFields([(key("age"),), (key("tags"),), (key("tags"), ARRAY, ITEM)])
    asked = where_filters(["age = 45", 'tags[] = "red"', "agee exists"]) + without_filters({"age": 1})
    found = filtered(DOCUMENTS, asked, known)
    assert found.rows.tolist() == []
    assert [n for _, n in found.steps] == [5, 2, 1, 0, 0]
    assert told(found.steps[:3]) == '5 documents → 2 after age = 45 → 1 after tags[] = "red"'
    assert found.notes == [
        "no document has the field 'agee'; near: age, tags, tags[]",
        f"the filters leave nothing: {told(found.steps)}",
    ]


def test_no_filters_leave_everything():
    found = filtered(DOCUMENTS, where_filters(None) + without_filters(None), KnownFields([]))
    assert (found.rows.tolist(), found.steps, found.notes) == ([0, 1, 2, 3, 4], [("all documents", 5)], [])


# paths


@given(strategies.values)
def test_every_leaf_is_found_at_its_path_as_it_is_printed(document):
    def walked(value, path=()):
        yield path, value
        if isinstance(value, dict):
            for name, below in value.items():
                yield from walked(below, (*path, key(name)))
        if isinstance(value, list):
            for i, below in enumerate(value):
                yield from walked(below, (*path, ARRAY, at(i)))

    for path, value in walked(document):
        assert next(values_at(document, field_path(field_name(path)))) is value
        collapsed = tuple(ITEM if role[0] == "at" else role for role in path)
        assert any(found is value for found in values_at(document, collapsed))


@given(strategies.values, strategies.values)
def test_equal_is_equality_of_json_texts(a, b):
    def plain(value):
        if isinstance(value, dict):
            return "{", frozenset((name, plain(below)) for name, below in value.items())
        if isinstance(value, list):
            return "[", tuple(map(plain, value))
        return type(value) is bool, value

    assert equal(a, b) == (plain(a) == plain(b))
    assert equal(a, json.loads(json.dumps(a)))


# holding


@pytest.mark.parametrize(
    ("document", "piece", "is_held"),
    [
        ({"a": 1, "b": 2}, {"a": 1.0}, True),
        ({"a": True}, {"a": 1}, False),
        ({"a": None}, {"a": None}, True),
        ({}, {"a": None}, False),
        ({"a": {"b": [1, {"c": "x y"}]}}, {"a": {"b": [{"c": "Y"}]}}, True),
        ({"tags": ["dark red", "blue"]}, {"tags": ["red", "blue"]}, True),
        ({"tags": ["dark", "red"]}, {"tags": ["dark red"]}, False),
        ({"tags": "red"}, {"tags": ["red"]}, False),
        ({"tags": ["red"]}, {"tags": "red"}, False),
        ({"orders": [{"sku": "A", "n": 1}, {"sku": "B", "n": 2}]}, {"orders": [{"sku": "A", "n": 2}]}, False),
        ({"a": "redder"}, {"a": "red"}, False),
        ({"a": "x"}, {"a": ""}, False),
        ({"a": ""}, {"a": ""}, True),
        ({"a": "?"}, {"a": "!"}, False),
        ({"a": {"b": 1}}, {"a": {}}, False),
        ({"a": {}}, {"a": {}}, True),
        ({"a": [1]}, {"a": []}, False),
        ({"a": 1}, {}, False),
        ("Red shirt", "shirt red", True),
    ],
)
def test_holding(document, piece, is_held):
    assert holds(document, piece) == is_held


@given(strategies.values)
def test_a_document_holds_itself(document):
    assert holds(document, document)


@given(st.dictionaries(strategies.keys, strategies.values, min_size=1, max_size=4), strategies.keys)
def test_a_document_holds_each_of_its_keys_and_no_other_pieces(document, name):
    for present, value in document.items():
        assert holds(document, {present: value})
    if name not in document:
        assert not holds(document, {**document, name: None})


def test_a_list_is_a_list_of_pieces():
    filters = without_filters([{"a": 1}, {"b": "x"}])
    assert [one.text for one in filters] == ['without {"a": 1}', 'without {"b": "x"}']
    assert [one.keeps({"a": 1}) for one in filters] == [False, True]


def test_a_piece_that_is_no_json_is_refused():
    with pytest.raises(InputError, match="without, at /a: set is not a JSON type"):
        without_filters({"a": {1}})


def test_the_deepest_documents_are_compared():
    deep = 1
    for _ in range(240):
        deep = {"a": [deep]}
    (one,) = without_filters(deep)
    assert not one.keeps(deep)
    assert equal(deep, deep)
    with pytest.raises(InputError, match="nested deeper"):
        without_filters([[deep, {"a": [[[[[[[[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]]]]]]]}]])


def test_pieces_beneath_five_hundred_arrays_are_held():
    deep, other = 1, 2
    for _ in range(500):
        deep, other = [deep], [other]
    assert holds(deep, deep)
    assert not holds(deep, other)
