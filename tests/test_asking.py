"""What the page Ask is made of: pieces of JSON from fields and back, examples, and a place on the map."""

import json
from collections import Counter

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests import strategies
from vsaviz import FeatureSettings, Index, InputError, JSONVectorizer, project, shipped
from vsaviz.features import fit
from vsaviz.features.paths import collapsed, field_path
from vsaviz.figures import map_figure, with_question
from vsaviz.jsontext import scalar
from vsaviz.project import METHODS, Projection, place_others, projection
from vsaviz.search.asking import CHOICE, NUMBER, TEXT, askable_fields
from vsaviz.search.compose import composed, leaves
from vsaviz.search.examples import example_filters, first_change, first_question
from vsaviz.search.written import read_json, read_where, read_without

PEOPLE = [
    {"name": f"Ann {i}", "born": 1950 + i, "left": i % 2 == 0, "home": {"city": ["Lyon", "Bern"][i % 2]}}
    for i in range(30)
]


# Pieces of JSON


def told(piece):
    """The values of a piece by their fields, as a bag."""
    return Counter((collapsed(path), scalar(value)) for path, value in leaves(piece) if is_scalar(value))


def is_scalar(value):
    return not isinstance(value, dict | list)


@given(strategies.values)
def test_what_is_composed_has_just_the_values_it_is_composed_of(document):
    values = [(collapsed(path), value) for path, value in leaves(document) if is_scalar(value)]
    assume(values)
    assert told(composed(values)) == told(document)


@pytest.mark.parametrize(
    "piece",
    [
        {"a": 1, "b": {"c": [{"d": "x", "e": None}]}},
        {"a.b": [[1]], "": False},
        {"tags": ["red", "new"], "at": [3, 4]},
        "text",
        [5],
    ],
)
def test_a_piece_comes_back_from_its_values(piece):
    assert composed(leaves(piece)) == piece


def test_values_of_one_item_stand_in_one_item_and_a_second_value_begins_another():
    name, price = field_path("goods[].name"), field_path("goods[].price")
    values = [(name, "saw"), (price, 3), (name, "axe")]
    assert composed(values) == {"goods": [{"name": "saw", "price": 3}, {"name": "axe"}]}
    assert composed([(field_path("a"), 1), (field_path("a"), 2)]) == {"a": 2}
    assert composed([]) is None


def test_what_is_written_by_hand_is_read_or_named_with_its_place():
    assert read_where(" a > 1 \n\n b exists") == ["a > 1", "b exists"]
    assert read_where('\n {"type": "object"}') == [{"type": "object"}]
    assert read_without('{"a": 1}\n\n"x"') == [{"a": 1}, "x"]
    with pytest.raises(InputError, match="without, line 3, column 7: "):
        read_without('{"a": 1}\n\n{"a": }')
    with pytest.raises(InputError, match="JSON, line 2, column 1: "):
        read_json(b"[1,\nx]", "JSON")


# Fields


@pytest.fixture(scope="module")
def people():
    return askable_fields(fit(PEOPLE, FeatureSettings())[0])


def test_each_value_is_entered_by_its_kind(people):
    by_name = {field.name: field for field in people.values()}
    assert set(by_name) == {"name", "born", "left", "home.city"}
    assert by_name["home.city"].control("Lyon") == by_name["left"].control(True) == CHOICE
    assert by_name["name"].control("Ann 3") == TEXT
    assert (by_name["born"].control(1960), by_name["born"].span) == (NUMBER, (1950, 1979))
    assert by_name["born"].control("then") == TEXT
    assert by_name["name"].control(3) == by_name["born"].control(None) == CHOICE
    assert by_name["born"].control(10**20) == CHOICE


def test_the_most_frequent_values_come_first_and_ones_own_is_among_them():
    documents = [{"a": value} for value in ("y", "x", "x", 1, True, None)]
    (field,) = askable_fields(fit(documents, FeatureSettings())[0]).values()
    assert field.frequent[0] == "x"
    assert [scalar(value) for value in field.choices(1.0)] == ["1.0", '"x"', '"y"', "1", "true", "null"]
    assert field.choices("y") == field.frequent


@pytest.mark.parametrize(
    ("numbers", "decimals"), [([1, 2], 0), ([1.5, 2], 1), ([0.907, 1.0], 3), ([1e-9, 1.0], 6)]
)
def test_numbers_have_the_decimals_that_were_seen(numbers, decimals):
    (field,) = askable_fields(fit([{"a": n} for n in numbers], FeatureSettings())[0]).values()
    assert field.decimals == decimals


@given(strategies.collections)
def test_any_documents_give_a_first_question_of_their_own_values(documents):
    fields = askable_fields(fit(documents, FeatureSettings())[0])
    asked = first_question(documents, fields)
    assert set(dict(asked)) <= set(fields)
    for path, value in first_change(documents[0], fields):
        assert value in fields[path].frequent
    where, without = example_filters(fields)
    if where or without:
        Index(documents, JSONVectorizer(dimensions=16)).search(
            documents[0], where=read_where(where), without=read_without(without)
        )


@pytest.mark.parametrize("name", shipped.names())
def test_some_document_holds_all_of_the_first_question(name):
    documents = shipped.load(name).documents
    index = Index(documents, JSONVectorizer(dimensions=64))
    asked = first_question(documents, askable_fields(index.vectorizer.vocabulary_))
    assert len(asked) >= 2
    (hit,) = index.search(composed(asked), k=1)
    assert hit.similarity == 1


# The index and the encoder of what has been fitted already


def test_an_encoder_of_a_fitted_vocabulary_is_the_fitted_one():
    settings = FeatureSettings(arrays="bag", idf=0.5, field_weights=(("born", 2.0),))
    vocabulary, _ = fit(PEOPLE, settings)
    plain = JSONVectorizer("map-i", 64, 3, arrays="bag", idf=0.5, field_weights={"born": 2.0}).fit(PEOPLE)
    ours = JSONVectorizer.of(vocabulary, "map-i", 64, 3)
    assert ours.get_params() == plain.get_params()
    np.testing.assert_array_equal(ours.transform(PEOPLE), plain.transform(PEOPLE))


def test_features_that_are_given_are_those_that_would_be_extracted():
    vocabulary, features = fit(PEOPLE, FeatureSettings())
    vectorizer = JSONVectorizer.of(vocabulary, dimensions=64)
    given, plain = Index(PEOPLE, vectorizer, features=features), Index(PEOPLE, vectorizer)
    for but in (None, {"home.city": "Lyon"}):
        one, other = (index.like(3, but) for index in (given, plain))
        assert [hit.row for hit in one] == [hit.row for hit in other]
        np.testing.assert_allclose(
            [hit.similarity for hit in one], [hit.similarity for hit in other], atol=1e-6
        )


def test_other_vectors_change_cosines_alone():
    vectorizer = JSONVectorizer(dimensions=64).fit(PEOPLE)
    other = JSONVectorizer("map-i", 128).fit(PEOPLE)
    index = Index(PEOPLE, vectorizer)
    query = {"home": {"city": "Lyon"}, "born": 1960}
    hits = index.with_vectors(other, other.transform(PEOPLE)).search(query)
    plain = index.search(query)
    assert [(hit.row, hit.similarity) for hit in hits] == [(hit.row, hit.similarity) for hit in plain]
    assert [hit.cosine for hit in plain] == [None] * 10
    cosines = other.transform(PEOPLE) @ other.transform([query])[0]
    np.testing.assert_allclose([hit.cosine for hit in hits], cosines[[hit.row for hit in hits]], atol=1e-6)


def test_the_fields_of_a_query_are_named_as_weights_name_them():
    index = Index(PEOPLE, JSONVectorizer(dimensions=16))
    names = index.fields_of({"home": {"city": "Lyon", "street": "x"}, "born": 1960})
    assert sorted(names) == ["born", "home.city"]
    index.search({"born": 1960}, weights=dict.fromkeys(names, 2.0))


# The question on the map


def rows(n, seed=0):
    vectors = np.random.default_rng(seed).standard_normal((n, 30)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(1, 40), st.integers(0, 3))
def test_pca_puts_a_row_that_it_has_seen_where_it_is(n, seed):
    vectors = rows(n, seed)
    on = projection(vectors)
    np.testing.assert_allclose(place_others(vectors, vectors, on, []), on.points, atol=1e-5)


def test_pca_puts_what_lies_between_two_rows_between_them():
    vectors = rows(40)
    on = projection(vectors)
    (place,) = place_others([(vectors[3] + vectors[8]) / 2], vectors, on, [])
    np.testing.assert_allclose(place, (on.points[3] + on.points[8]) / 2, atol=1e-5)


@pytest.mark.parametrize("method", sorted(METHODS.keys() - {"pca"}))
def test_elsewhere_a_row_lies_at_the_weighted_mean_of_those_near(method):
    vectors = np.eye(4, dtype=np.float32)
    on = Projection(np.array([[0, 0], [8, 0], [0, 8], [99, 99]], dtype=np.float32), method)
    (place,) = place_others([[0.6, 0.2, 0, 0.9]], vectors, on, [0, 1])
    np.testing.assert_allclose(place, [2, 0], atol=1e-5)
    (among,) = place_others([[0, 0, 0, 0]], vectors, on, [])
    np.testing.assert_allclose(among, on.points.mean(axis=0), atol=1e-4)


def test_equal_rows_put_all_in_one_place():
    vectors = np.repeat(rows(1), 5, axis=0)
    assert not place_others(rows(2), vectors, projection(vectors), []).any()


@pytest.mark.parametrize("dark", [False, True])
def test_the_question_is_a_star_above_all_that_cannot_be_chosen(dark):
    points = project(rows(9))
    figure = map_figure(points, [str(i) for i in range(9)], [None] * 9, selected=[1, 2], neighbors=[1, 2])
    before = figure.to_dict()["data"]
    marked = with_question(go.Figure(figure), np.array([0.25, -0.5], np.float32), dark=dark)
    *documents, star = marked.data
    assert len(documents) == len(before)
    assert ([*star.x], [*star.y], star.marker.symbol) == ([0.25], [-0.5], "star")
    assert star.customdata is None
    assert star.marker.size > max(trace.marker.size for trace in documents)
    assert star.marker.color != star.marker.line.color
    json.dumps(marked.to_plotly_json(), default=lambda array: array.tolist())
