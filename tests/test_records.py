import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsaviz.errors import InputError
from vsaviz.ingest import RecordPath, parse, read_json, record_paths, records

POINT = {"type": "Point", "coordinates": [[1, 2], [3, 4], [5, 6]]}
FEATURES = [{"type": "Feature", "geometry": POINT, "properties": {"n": n}} for n in range(3)]
GEOJSON = {"type": "FeatureCollection", "bbox": [0, 0, 9, 9], "features": FEATURES}
ENTRIES = [{"resource": {"resourceType": "Patient", "name": [{}, {}, {}]}}, {"resource": {}}]
FHIR = {"resourceType": "Bundle", "link": [{"relation": "self"}], "entry": ENTRIES}
ITEMS = [{"id": 1}, {"id": 2}]
API = {"status": "ok", "data": {"count": 2, "items": ITEMS, "errors": []}, "links": ["a", "b", "c"]}


def parsed(value):
    return parse(json.dumps(value).encode())


def best(value):
    return record_paths(parsed(value))[0].pointer


@pytest.mark.parametrize(
    ("value", "pointer", "documents"),
    [
        (GEOJSON, "/features", FEATURES),
        (FHIR, "/entry", ENTRIES),
        (API, "/data/items", ITEMS),
        (ITEMS, "", ITEMS),
        ([], "", []),
        ([[{}], 2], "", [[{}], 2]),
        ({}, "", [{}]),
        ({"a": 1}, "", [{"a": 1}]),
        ({"a": [1, 2]}, "", [{"a": [1, 2]}]),
        ({"a": [{}, None]}, "", [{"a": [{}, None]}]),
        ({"a": []}, "", [{"a": []}]),
        ({"a": [{}]}, "/a", [{}]),
        ("text", "", ["text"]),
        (None, "", [None]),
    ],
)
def test_default(value, pointer, documents):
    assert best(value) == pointer
    assert records(parsed(value)) == documents
    assert read_json(json.dumps(value).encode()) == documents


def test_candidates_of_an_api_answer():
    assert record_paths(parsed(API)) == [
        RecordPath("/data/items", 2, objects=True),
        RecordPath("", 1, objects=False),
        RecordPath("/links", 3, objects=False),
        RecordPath("/data/errors", 0, objects=False),
    ]


def test_other_candidates_are_read_when_named():
    assert read_json(json.dumps(API).encode(), "/links") == ["a", "b", "c"]
    assert read_json(json.dumps(API).encode(), "/data/errors") == []
    assert read_json(json.dumps(API).encode(), "") == [API]
    assert records(parsed(FHIR), "/link") == [{"relation": "self"}]


def test_an_array_is_its_items_and_nothing_else():
    assert record_paths(parsed([GEOJSON])) == [RecordPath("", 1, objects=True)]
    assert record_paths(parsed([GEOJSON, 1])) == [RecordPath("", 2, objects=False)]


def test_each_line_is_a_document():
    lines = parse(b'{"items": [{}, {}]}\n\n[{}, {}, {}]\n')
    assert record_paths(lines) == [RecordPath("", 2, objects=False)]
    assert records(lines) == [{"items": [{}, {}]}, [{}, {}, {}]]


def test_the_largest_wins_and_of_equals_the_shallowest_first():
    one, two = [{}], [{}, {}]
    assert best({"a": one, "b": two}) == "/b"
    assert best({"a": {"x": two}, "b": one}) == "/a/x"
    assert best({"a": {"x": two}, "b": two}) == "/b"
    assert best({"b": two, "a": two}) == "/b"
    assert best({"a": {"x": two}, "b": {"x": two}}) == "/a/x"
    assert best({"a": {"x": {"y": two}}, "b": {"z": two}}) == "/b/z"


def test_pointers_are_escaped_as_rfc_6901_says():
    value = {"a/b": {"m~n": [{}], "": [1]}, "~1": [2]}
    pointers = [path.pointer for path in record_paths(parsed(value))]
    assert pointers == ["/a~1b/m~0n", "", "/~01", "/a~1b/"]
    assert records(parsed(value), "/a~1b/") == [1]


@pytest.mark.parametrize("pointer", ["/nothing", "data/items", "/data", "/features/0", "/", "#"])
def test_unknown_pointer(pointer):
    expected = f"input: no documents at {pointer!r}; known: '/features', '', '/bbox'"
    with pytest.raises(InputError) as caught:
        records(parsed(GEOJSON), pointer)
    assert str(caught.value) == expected


def test_unknown_pointer_among_many_names_a_few():
    many = {f"key{n}": [{}] for n in range(1000)}
    with pytest.raises(InputError, match="'/key0', ") as caught:
        records(parsed(many), "/nothing")
    assert len(str(caught.value)) < 300


def test_objects_nested_to_the_limit():
    value = [{}]
    for _ in range(498):
        value = {"a": value}
    assert best(value) == "/a" * 498


KEYS = st.text("ab/~", max_size=3)
TREES = st.recursive(
    st.integers(0, 3) | st.lists(st.just({})) | st.lists(st.integers()),
    lambda children: st.dictionaries(KEYS, children, max_size=4),
)


def step_by_step(value, pointer):
    """Follow a JSON Pointer the plain way."""
    for step in pointer.split("/")[1:]:
        value = value[step.replace("~1", "/").replace("~0", "~")]
    return value


@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_every_candidate_says_what_is_there(value):
    paths = record_paths(parsed(value))
    assert len({path.pointer for path in paths}) == len(paths)
    assert RecordPath("", 1, objects=False) in paths
    for path in paths:
        documents = records(parsed(value), path.pointer)
        assert len(documents) == path.n
        if path.pointer:
            assert documents == step_by_step(value, path.pointer)
            assert path.objects == (documents != [] and documents[0] == {})
    assert paths[0].n == max([path.n for path in paths if path.objects], default=1)
