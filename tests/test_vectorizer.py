"""``JSONVectorizer`` as a scikit-learn transformer, and golden vectors.

After a change of vectors that is meant, ``python tests/test_vectorizer.py`` writes the golden ones anew.
"""

import copy
import json
import pickle
import sys
from pathlib import Path

import numpy as np
import orjson
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

from vsaviz import InputError, JSONVectorizer, schemes, shipped
from vsaviz.features import Lines
from vsaviz.features.blocks import in_blocks
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.readings import ARRAYS
from vsaviz.features.strings import STRINGS

GOLDEN = Path(__file__).parent / "golden" / "vectors.json"


def near(name, dimensions):
    return schemes.scheme_type(name).dimensions_near(dimensions)[0]


# A transformer


def test_nothing_is_computed_or_checked_before_fitting():
    vectorizer = JSONVectorizer("no such scheme", dimensions=-1, arrays="?", field_weights={"a": -1})
    assert vars(vectorizer) == vectorizer.get_params()
    with pytest.raises(ValueError, match="unknown scheme 'no such scheme'"):
        vectorizer.fit([{"a": 1}])


def test_parameters_go_in_and_out():
    given = {
        "scheme": "hrr",
        "dimensions": 64,
        "seed": 3,
        "arrays": "bag",
        "numbers": "exact",
        "strings": "words",
        "structure": 0.1,
        "idf": 0.5,
        "elsewhere": 0.1,
        "balance": 0.0,
        "field_weights": {"a": 2.0},
        "field_settings": {"a": {"idf": 0.5}},
        "weights": "record",
        "keep_values": False,
        "n_jobs": 2,
    }
    vectorizer = JSONVectorizer(**given)
    assert vectorizer.get_params() == given
    assert JSONVectorizer().set_params(**given).get_params() == given
    copied = clone(vectorizer)
    assert copied is not vectorizer
    assert copied.get_params() == given


@pytest.mark.parametrize(
    "change",
    [
        {"scheme": "permutation"},
        {"seed": 1},
        {"arrays": "bag"},
        {"arrays": "sequence"},
        {"numbers": "thermometer"},
        {"numbers": "exact"},
        {"strings": "words"},
        {"strings": "exact"},
        {"structure": 0.0},
        {"idf": 0.0},
        {"balance": 1.0},
        {"weights": "record"},
        {"field_weights": {"price": 5.0}},
    ],
    ids=str,
)
def test_every_setting_changes_the_vectors(change, orders):
    plain = JSONVectorizer(dimensions=64).fit_transform(orders)
    other = JSONVectorizer(**{"dimensions": 64} | change).fit_transform(orders)
    assert np.abs(plain - other).max() > 0.01


@pytest.mark.parametrize(
    "use", [lambda v: v.transform([{}]), lambda v: v.get_feature_names_out(), lambda v: v.fields_]
)
def test_using_before_fitting_is_refused(use):
    with pytest.raises(NotFittedError, match="JSONVectorizer"):
        use(JSONVectorizer())


def test_fit_returns_the_vectorizer_and_transform_the_rows_of_fit_transform(name, orders):
    vectorizer = JSONVectorizer(name, near(name, 64))
    assert vectorizer.fit(orders) is vectorizer
    rows = vectorizer.transform(orders)
    assert rows.dtype == np.float32
    assert rows.shape == (len(orders), vectorizer.n_features_out_)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    fresh = JSONVectorizer(name, near(name, 64)).fit_transform(orders)
    np.testing.assert_allclose(fresh, rows, rtol=0, atol=1e-6)


def test_refit_forgets(orders):
    other = [{"x": i, "y": "text"} for i in range(20)]
    again = JSONVectorizer(dimensions=64).fit(other).fit(orders)
    once = JSONVectorizer(dimensions=64).fit(orders)
    assert again.fields_ == once.fields_
    seen = [*orders, *other]
    np.testing.assert_array_equal(again.transform(seen), once.transform(seen))
    resized = again.set_params(dimensions=97).fit(other)
    assert resized.transform(other).shape == (20, 97)
    assert {field.name for field in resized.fields_} == {"x", "y"}


def test_inputs_are_not_changed(orders):
    weights = {"price": 2.0}
    before = copy.deepcopy((orders, weights))
    vectorizer = JSONVectorizer(dimensions=64, field_weights=weights)
    vectorizer.fit(orders)
    vectorizer.transform(orders)
    assert (orders, weights) == before
    assert vectorizer.field_weights is weights


def test_documents_may_come_from_anything_that_yields_them(orders):
    vectorizer = JSONVectorizer(dimensions=64).fit(document for document in orders)
    expected = vectorizer.transform(orders)
    for given in (iter(orders), tuple(orders), np.array(orders, dtype=object)):
        np.testing.assert_array_equal(vectorizer.transform(given), expected)
    one_pass = JSONVectorizer(dimensions=64).fit_transform(iter(orders))
    np.testing.assert_allclose(one_pass, expected, rtol=0, atol=1e-6)


def test_unseen_fields_and_values_have_vectors(name, orders):
    vectorizer = JSONVectorizer(name, near(name, 100)).fit(orders[:10])
    strange = [
        {"new": {"field": [1, "x"]}},
        {"price": 10**400},
        "a string",
        5,
        None,
        [],
        [[[]]],
        {"title": "zzz"},
    ]
    rows = vectorizer.transform([*strange, *orders[:5]])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.abs(rows[0] @ rows[len(strange) :].T).max() < 0.5
    np.testing.assert_allclose(rows[0] @ vectorizer.transform(strange[:1])[0], 1, atol=1e-4)


def test_columns_have_names(orders):
    vectorizer = JSONVectorizer("hrr", dimensions=16).fit(orders)
    assert vectorizer.get_feature_names_out().tolist() == [f"hrr{i}" for i in range(16)]


def test_output_as_a_table_of_pandas(orders):
    plain = JSONVectorizer(dimensions=16).fit_transform(orders)
    vectorizer = JSONVectorizer(dimensions=16).set_output(transform="pandas")
    for table in (vectorizer.fit_transform(orders), vectorizer.transform(orders)):
        assert list(table.columns) == [f"mbat{i}" for i in range(16)]
        np.testing.assert_allclose(table.to_numpy(), plain, rtol=0, atol=1e-6)


def test_a_pickled_vectorizer_gives_the_same_rows(name, orders):
    vectorizer = JSONVectorizer(name, near(name, 64), field_weights={"price": 2.0}).fit(orders)
    restored = pickle.loads(pickle.dumps(vectorizer))  # noqa: S301 - made here
    np.testing.assert_array_equal(restored.transform(orders), vectorizer.transform(orders))
    assert restored.fields_ == vectorizer.fields_


def test_grid_search_over_schemes_and_dimensions(orders):
    documents = [order | {"size": "large" if i % 2 else "small"} for i, order in enumerate(orders)]
    labels = [document["size"] for document in documents]
    search = GridSearchCV(
        make_pipeline(JSONVectorizer(field_weights={"size": 10.0}), KNeighborsClassifier(3)),
        {"jsonvectorizer__scheme": ["mbat", "map-i"], "jsonvectorizer__dimensions": [16, 512]},
        cv=3,
        n_jobs=2,
        error_score="raise",
    )
    search.fit(documents, labels)
    assert len(search.cv_results_["params"]) == 4
    best = search.best_estimator_[0]
    assert best.scheme == search.best_params_["jsonvectorizer__scheme"]
    assert best.n_features_out_ == search.best_params_["jsonvectorizer__dimensions"]
    assert search.best_score_ > 0.9
    assert search.predict(documents[:4]).tolist() == labels[:4]


# What is refused


def test_transforming_nothing_gives_no_rows(name):
    vectorizer = JSONVectorizer(name, near(name, 64)).fit([{"a": 1}])
    rows = vectorizer.transform([])
    assert rows.shape == (0, vectorizer.n_features_out_)
    assert rows.dtype == np.float32


def test_fitting_nothing_is_refused():
    for documents in ([], iter(())):
        with pytest.raises(InputError, match="no documents to learn from"):
            JSONVectorizer().fit(documents)


@pytest.mark.parametrize(("one", "kind"), [({"a": 1}, "dict"), ("text", "str"), (b"[1]", "bytes")])
@pytest.mark.parametrize("method", ["fit", "fit_transform", "transform"])
def test_one_document_instead_of_a_list_is_refused(one, kind, method):
    vectorizer = JSONVectorizer(dimensions=16).fit([1])
    with pytest.raises(
        InputError, match=f"documents must be a list of JSON values, got one {kind}; put it in a"
    ):
        getattr(vectorizer, method)(one)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"scheme": "mbatt"}, "unknown scheme 'mbatt'; known: mbat, "),
        ({"dimensions": 15}, "dimensions of mbat must be at least 16, got 15"),
        ({"scheme": "mbat-haar", "dimensions": 4096}, "at most 2048, got 4096"),
        ({"arrays": "heap"}, "arrays must be one of"),
        ({"numbers": "log"}, "numbers must be one of"),
        ({"strings": "chars"}, "strings must be one of"),
        ({"weights": "tfidf"}, "weights must be one of"),
        ({"structure": 2}, "structure must be between 0 and 1, got 2"),
        ({"balance": -1}, "balance must be between 0 and 1, got -1"),
        ({"idf": 5}, "idf must be between 0 and 4, got 5"),
        ({"field_weights": {"b": 1.0}}, "no field 'b' in these documents; near: a"),
        ({"field_weights": {"a": -1.0}}, "the weight of field 'a' must be 0 or more, got -1.0"),
    ],
)
def test_impossible_settings_are_refused_at_fitting(setting, message):
    for method in ("fit", "fit_transform"):
        with pytest.raises(ValueError, match=message):
            getattr(JSONVectorizer(**setting), method)([{"a": 1}])


def test_what_is_not_json_is_refused_with_its_place():
    vectorizer = JSONVectorizer(dimensions=16).fit([{"a": 1}])
    for method in (vectorizer.fit, vectorizer.transform):
        with pytest.raises(InputError, match="document 1, at /a/0: nan is not a JSON number"):
            method([{"a": 1}, {"a": [float("nan")]}])


# What is told


def test_fields_are_told_with_what_was_measured():
    documents = [{"id": i, "color": "red", "items": [{"n": 1}]} for i in range(60)]
    fields = JSONVectorizer(dimensions=16).fit(documents).fields_
    assert sorted(field.name for field in fields) == ["color", "id", "items", "items[].n"]
    by_name = {field.name: field for field in fields}
    assert (by_name["id"].kind, by_name["id"].weight) == ("row number", 0.1)
    assert (by_name["color"].kind, by_name["color"].documents, by_name["color"].distinct) == ("text", 60, 1)
    reversed_ = JSONVectorizer(dimensions=16, field_weights={"id": 1.0}).fit(documents).fields_
    assert {field.name: field.weight for field in reversed_}["id"] == 1.0


def test_identifiers_hardly_count_unless_a_person_says_so():
    documents = [{"id": f"ORD-{i:05}", "color": ["red", "blue"][i % 2]} for i in range(60)]
    little = JSONVectorizer(dimensions=256).fit_transform(documents)
    full = JSONVectorizer(dimensions=256, field_weights={"id": 1.0}).fit_transform(documents)
    assert little[0] @ little[2] > full[0] @ full[2] + 0.05


# Golden vectors

FIXED = [
    {
        "id": 1,
        "name": "Red shirt, large",
        "price": 19.5,
        "tags": ["new", "cotton"],
        "size": {"w": 40, "h": 70},
    },
    {"id": 2, "name": "red skirt", "price": 24, "tags": ["cotton"], "size": {"w": 38, "h": 60}, "sale": True},
    {"id": 3, "name": "Säge 東京", "price": 7, "tags": [], "size": None, "sale": False},
    {"id": 4, "name": "", "grid": [[1, 2], [3, 4]], "note": {}, "price": 19.5},
    ["a", {"b": 2**70}, None],
]
CHANGES = (
    [{}]
    + [{"arrays": arrays} for arrays in ARRAYS]
    + [{"numbers": numbers} for numbers in NUMBERS]
    + [{"strings": strings} for strings in STRINGS]
    + [{"weights": "record", "structure": 0.0, "balance": 0.0}]
)
COMPONENTS = 5


def golden():
    """The first components of each row: for every scheme as it is set, and for each setting of mbat."""
    found = {name: _rows(name, {}) for name in schemes.names()}
    return found | {json.dumps(change): _rows("mbat", change) for change in CHANGES}


def _rows(name, change):
    rows = JSONVectorizer(name, near(name, 100), seed=42, **change).fit_transform(FIXED)
    return [[float(component) for component in row[:COMPONENTS]] for row in rows]


def test_vectors_are_those_of_before():
    stored, found = json.loads(GOLDEN.read_text()), golden()
    assert stored.keys() == found.keys(), "python tests/test_vectorizer.py writes those of new variants"
    whole = {name for name in schemes.names() if schemes.scheme_type(name).whole}
    for name, rows in found.items():
        exactly = 0 if name in whole else 1e-6
        np.testing.assert_allclose(rows, stored[name], rtol=0, atol=exactly, err_msg=name)


def few_at_once(monkeypatch, n):
    monkeypatch.setattr("vsaviz.processes.in_blocks", lambda documents: in_blocks(documents, n))


@pytest.mark.parametrize("scheme", ["mbat", "map-i", "bsc"])
def test_rows_do_not_hang_on_how_many_documents_are_encoded_at_a_time(scheme, monkeypatch):
    documents = shipped.load("variants").documents[:60]
    lines = b"\n".join(map(orjson.dumps, documents)) + b"\n\n"
    vectorizer = JSONVectorizer(scheme=scheme, dimensions=256).fit(documents)
    whole = vectorizer.transform(documents)
    few_at_once(monkeypatch, 7)
    for given in (documents, iter(documents), Lines(lines)):
        rows = vectorizer.transform(given)
        assert rows.dtype == whole.dtype
        if scheme == "mbat":
            np.testing.assert_allclose(rows, whole, atol=1e-6)
        else:
            np.testing.assert_array_equal(rows, whole)


def test_what_is_wrong_in_a_later_block_is_named_by_its_place_in_the_whole(monkeypatch):
    vectorizer = JSONVectorizer(dimensions=64).fit([{"a": 1}])
    few_at_once(monkeypatch, 2)
    with pytest.raises(InputError, match="document 4, at /a"):
        vectorizer.transform([{"a": 1}] * 4 + [{"a": float("nan")}])
    with pytest.raises(InputError, match="line 6, column 6"):
        vectorizer.transform(Lines(b'{"a": 1}\n' * 5 + b'{"a":}\n'))


@pytest.mark.parametrize(
    "nothing", [[], Lines(b""), Lines(b"\n \n\n\n")], ids=["list", "text", "blank lines"]
)
def test_no_documents_have_no_rows(nothing, monkeypatch):
    few_at_once(monkeypatch, 2)
    assert JSONVectorizer(dimensions=64).fit([1]).transform(nothing).shape == (0, 64)


if __name__ == "__main__":
    lines = (f"{json.dumps(name)}: {json.dumps(rows)}" for name, rows in golden().items())
    GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    sys.stdout.write(f"{GOLDEN} written\n")
