"""Encoders saved as plain JSON: the same vectors again, and a message for whatever is no encoder."""

import gzip
import json

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError
from test_kinds import FIELDS

from vsaviz import InputError, JSONVectorizer, schemes

SETTINGS = [
    {"field_weights": {"name": 0.5, "tags[]": 0}, "field_settings": {"n": {"idf": 0, "structure": 0.5}}},
    {"numbers": "thermometer", "strings": "exact", "arrays": "sequence"},
    {"weights": "record", "structure": 0, "idf": 1, "seed": 3},
]


@pytest.fixture
def documents():
    kinds = ["bird", "fish", "tree"]
    return [
        {
            "name": f"{kinds[i % 3]} {i}",
            "n": i * 1.25,
            "tags": kinds[: i % 3],
            "at": {"0": i, "k.l": None},
            "é": "日本",
        }
        for i in range(60)
    ]


def reloaded(vectorizer, tmp_path, name="encoder.json"):
    vectorizer.save(tmp_path / name)
    return JSONVectorizer.load(tmp_path / name)


def test_every_scheme_gives_the_same_vectors_again(name, documents, tmp_path):
    dimensions = schemes.scheme_type(name).dimensions_near(64)[0]
    vectorizer = JSONVectorizer(name, dimensions).fit(documents[:50])
    again = reloaded(vectorizer, tmp_path)
    np.testing.assert_array_equal(again.transform(documents), vectorizer.transform(documents))


@pytest.mark.parametrize("settings", SETTINGS)
def test_settings_and_fields_come_back(settings, documents, tmp_path):
    vectorizer = JSONVectorizer(dimensions=64, **settings).fit(documents)
    again = reloaded(vectorizer, tmp_path, "encoder.json.gz")
    assert again.get_params() == vectorizer.get_params()
    assert again.fields_ == vectorizer.fields_
    np.testing.assert_array_equal(again.transform(documents), vectorizer.transform(documents))
    assert list(again.get_feature_names_out()) == list(vectorizer.get_feature_names_out())


def test_a_file_is_json_with_a_version_and_without_documents(documents, tmp_path):
    vectorizer = JSONVectorizer(dimensions=64).fit(documents)
    for name, read in (("a.json", lambda data: data), ("a.json.gz", gzip.decompress)):
        vectorizer.save(tmp_path / name)
        content = json.loads(read((tmp_path / name).read_bytes()))
        assert (content["format"], content["version"]) == ("vsaviz encoder", 5)
    assert "bird 0" in (tmp_path / "a.json").read_text()  # the values of fields are there,
    bare = JSONVectorizer(dimensions=64, keep_values=False).fit(documents)
    bare.save(tmp_path / "bare.json")
    assert "bird 0" not in (tmp_path / "bare.json").read_text()  # but for those who do not want them
    again = (tmp_path / "b.json.gz", tmp_path / "c.json.gz")
    for path in again:
        vectorizer.save(path)
    assert again[0].read_bytes() == again[1].read_bytes()


@pytest.mark.parametrize("keep_values", [True, False])
def test_what_is_read_out_of_vectors_is_the_same_again(keep_values, documents, tmp_path):
    documents = [
        {**document, "huge": 10**40 + i % 2, "": [True, {}, []]} for i, document in enumerate(documents)
    ]
    vectorizer = JSONVectorizer(dimensions=256, weights="record", keep_values=keep_values).fit(documents)
    again = reloaded(vectorizer, tmp_path)
    vectors = vectorizer.transform(documents[:3])
    for field in vectorizer.fields_:
        if field.kind != "array":
            for vector in vectors:
                assert again.decode(vector, field.name) == vectorizer.decode(vector, field.name)


def test_every_kind_of_leaf_goes_to_a_file_and_back(tmp_path):
    n = max(map(len, FIELDS.values()))
    documents = [
        {name: values[row] for name, values in FIELDS.items() if row < len(values)}
        | {"place": [row, row % 7], "deep": {"text": row}, "tags": ["a", "b", "c"][row % 2 :]}
        for row in range(n)
    ]
    vectorizer = JSONVectorizer(dimensions=64).fit(documents)
    kinds = {field.kind for field in vectorizer.fields_}
    assert kinds >= FIELDS.keys()
    path = tmp_path / "encoder.json"
    vectorizer.save(path)
    loaded = JSONVectorizer.load(path)
    assert loaded.vocabulary_.fixed
    assert loaded.vocabulary_.sets
    assert loaded.fields_ == vectorizer.fields_
    np.testing.assert_array_equal(loaded.transform(documents), vectorizer.transform(documents))


def test_saving_needs_a_fitted_encoder(tmp_path):
    with pytest.raises(NotFittedError):
        JSONVectorizer().save(tmp_path / "encoder.json")


def number(fine, coarse, cycles=()):
    return {"kind": "number", "scales": [{"fine": fine, "coarse": coarse, "cycles": list(cycles)}]}


def change(content, place, value):
    """Put a value at a place such as ``fields/0/path/0``."""
    *above, last = place.split("/")
    for step in above:
        content = content[int(step) if isinstance(content, list) else step]
    content[int(last) if isinstance(content, list) else last] = value


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("format", "something else", "is no saved encoder"),
        ("kept", [{"path": [], "values": [1], "counts": [], "sizes": [], "others": 0}], "a count for each"),
        (
            "kept",
            [
                {
                    "path": [],
                    "values": [[1]],
                    "counts": [1],
                    "sizes": [0, 1, 0, 1],
                    "others": 0,
                    "atoms": False,
                }
            ],
            "/kept/0/values/0: must be a leaf",
        ),
        ("version", 1, "has version 1 of the format, and this vsaviz reads 5"),
        ("version", None, "has version None"),
        ("settings", [], "at /settings: must be of type dict"),
        ("settings/scheme", "mbatt", "at /settings: unknown scheme 'mbatt'"),
        ("settings/dimensions", 3, "at /settings: dimensions of mbat must be at least 16, got 3"),
        ("settings/nonsense", 1, "at /settings: .*nonsense"),
        ("settings/idf", -1, "at /settings: idf must be between 0 and 4, got -1"),
        ("documents", "60", "at /documents: must be of type int, got '60'"),
        ("fields/0", 3, "at /fields/0/path: must be of type list"),
        ("fields/0/path/0", ["key"], "at /fields/0/path/0: must be a step"),
        ("fields/0/path/0", ["at", True], "at /fields/0/path/0: must be a step"),
        ("fields/0/path/0", "key", "at /fields/0/path/0: must be a step"),
        ("fields/0/path/0", ["knob", "x"], "at /fields/0/path/0: must be a step"),
        ("fields/0/weight", -1, "at /fields/0/weight: must be a number, 0 or more"),
        ("fields/0/structure", -1, "at /fields/0/structure: must be a number, 0 or more"),
        ("fields/0/idf", "much", "at /fields/0/idf: must be a number"),
        ("fields/0/weight", True, "at /fields/0/weight: must be a number"),
        ("codings/0/path", 3, "at /codings/0/path: must be of type list"),
        ("codings/0/text", {"kind": "poem", "scales": []}, "at /codings/0/text/kind: must be one of date, "),
        ("codings/0/text", {"kind": "text"}, "at /codings/0/text/scales: must be of type list"),
        ("codings/0/number", number([2, 1], [1]), "scales/0/fine: must be numbers that ascend"),
        ("codings/0/number", number(["1"], [1]), "at /codings/0/number/scales/0/fine/0: must be a number"),
        ("codings/0/number", number([], [1]), "scales/0/fine: must be numbers that ascend"),
        ("codings/0/number", number([1], 3), "at /codings/0/number/scales/0/coarse: must be of type list"),
        ("codings/0/number", number([1], [1], ["age"]), "scales/0/cycles: must be of day, week, year"),
        ("fixed arrays", [3], "at /fixed arrays/0: must be a list of steps"),
        ("sets", [["at", "x"]], "at /sets/0/0: must be a step"),
        ("fixed arrays", [["key"]], "at /fixed arrays/0/0: must be a step"),
        ("features/0", 1.5, "at /features/0: must be a whole number"),
        ("features/0", 2**64, "at /features/0: must be a whole number"),
        ("features/0", 2**64 - 1, "features must ascend"),
        ("frequencies", [1], "features must ascend, with a frequency each"),
        ("frequencies/0", -1, "at /frequencies/0: must be a whole number"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(place, value, message, documents, tmp_path):
    path = tmp_path / "encoder.json"
    JSONVectorizer(dimensions=64).fit(documents).save(path)
    content = json.loads(path.read_text())
    change(content, place, value)
    path.write_text(json.dumps(content))
    with pytest.raises(InputError, match=message) as refused:
        JSONVectorizer.load(path)
    assert "encoder.json" in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "3", "{", '{"format": "vsaviz encoder"', "\x80"])
def test_what_is_no_json_object_is_refused(text, tmp_path):
    path = tmp_path / "encoder.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"encoder\.json"):
        JSONVectorizer.load(path)
