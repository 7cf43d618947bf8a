"""Decoding: what stands at a path comes back out of the vector, as likely as is said."""

import json

import numpy as np
import pytest

from vsaviz import InputError, JSONVectorizer, schemes, shipped
from vsaviz.decode import Decoder
from vsaviz.decode.candidates import candidates
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import field_path

COLORS = ["red", "green", "blue", "dark red", "pale blue", "black", "white", "grey"]
DOCUMENTS = [
    {
        "color": COLORS[i % 8],
        "size": 10 + 7 * i % 40,
        "flag": [True, False, None][i % 3],
        "day": f"2024-{1 + i % 12:02}-{1 + 3 * i % 28:02}",
        "box": {"width": i * 0.5, "made of": ["wood", "tin"][i % 2]},
        "tags": [COLORS[(i + 3) % 8], COLORS[i * i % 8]][: 1 + i % 2],
        "parts": [{"name": COLORS[j * i % 8], "n": j} for j in range(i % 4)],
    }
    for i in range(60)
]
RECORD = {"weights": "record"}


def decoded(documents, path, k=5, scheme="mbat", dimensions=4096, **settings):
    dimensions = schemes.scheme_type(scheme).dimensions_near(dimensions)[0]
    vectorizer = JSONVectorizer(scheme, dimensions, **(RECORD | settings)).fit(DOCUMENTS)
    return [vectorizer.decode(vector, path, k) for vector in vectorizer.transform(documents)]


@pytest.mark.parametrize("path", ["color", "flag", 'box["made of"]'])
def test_a_value_comes_back(path):
    values = [document["box"]["made of"] if "[" in path else document[path] for document in DOCUMENTS]
    for value, found in zip(values, decoded(DOCUMENTS, path), strict=True):
        assert found[0].value == value
        assert type(found[0].value) is type(value)
        assert found[0].probability > 0.95
        assert (found[0].low, found[0].high) == (None, None)


@pytest.mark.parametrize("path", ["size", "day", "box.width"])
def test_what_lies_on_a_line_comes_back_within_its_range(path):
    for document, found in zip(DOCUMENTS, decoded(DOCUMENTS, path), strict=True):
        value = document["box"]["width"] if "." in path else document[path]
        assert found[0].low <= value <= found[0].high
        assert found[0].low <= found[0].value <= found[0].high
        assert found[0].probability > 0.9


def test_all_items_of_a_bag_come_first():
    for document, found in zip(DOCUMENTS, decoded(DOCUMENTS, "tags[]"), strict=True):
        items = set(document["tags"])
        assert {one.value for one in found[: len(items)]} == items
        assert all(one.probability > 0.9 for one in found[: len(items)])
        assert all(one.probability < 0.5 for one in found[len(items) :])


def test_how_likely_a_value_is_does_not_hang_on_how_many_are_asked_for():
    for one, five in zip(decoded(DOCUMENTS, "tags[]", 1), decoded(DOCUMENTS, "tags[]"), strict=True):
        assert one == five[:1]


def test_an_item_comes_back_from_its_position():
    for document, found in zip(DOCUMENTS, decoded(DOCUMENTS, "tags[0]"), strict=True):
        assert found[0].value == document["tags"][0]
    (found,) = decoded([{"parts": [{"n": 1}, {"n": 2}]}], "parts[1].n")
    assert found[0].value == 2


def test_where_nothing_stands_nothing_is_likely():
    (found,) = decoded([{"color": "red", "size": 12}], "day")
    assert sum(one.probability for one in found) < 0.2


def test_scores_are_cosines_and_probabilities_fall():
    for found in decoded(DOCUMENTS[:20], "color", k=8):
        chances = [one.probability for one in found]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1 + 1e-9
        assert len({one.value for one in found}) == 8
        assert all(-1 <= one.score <= 1 for one in found)


@pytest.mark.parametrize("name", schemes.names())
def test_every_scheme_gives_values_back(name):
    """Short documents, so that even the noisiest scheme must read them at D = 1024."""
    documents = [{"color": color, "shape": shape} for color in "rgbwk" for shape in ("round", "flat", "long")]
    kind = schemes.scheme_type(name)
    dimensions = kind.dimensions_near(256 if kind.largest else 1024)[0]
    vectorizer = JSONVectorizer(name, dimensions, weights="record").fit(documents)
    vectors = vectorizer.transform(documents)
    decoder = Decoder(vectorizer.vocabulary_, schemes.create(name, dimensions))
    found = decoder.decode(vectors, field_path("shape"))
    right = [one[0].value == document["shape"] for one, document in zip(found, documents, strict=True)]
    assert np.mean(right) >= (1.0 if kind.exact_inverse else 0.9)


@pytest.mark.parametrize("weights", ["record", "similarity"])
def test_probabilities_are_as_often_right_as_they_say(weights):
    """At a low D much is uncertain, and must be said to be."""
    documents = shipped.load("products").documents
    vocabulary, features = fit(documents, FeatureSettings(weights=weights))
    scheme = schemes.create("mbat", 512)
    decoder = Decoder(vocabulary, scheme)
    vectors = encode(features, scheme)
    said, right = [], []
    for path in ("brand", "category", "price.EUR", "rating.count", "rating.mean", "specs.weight_g"):
        held = [(row, _at(document, path)) for row, document in enumerate(documents)]
        held = [(row, value) for row, value in held if value is not None]
        if not held:
            continue
        for (_, value), found in zip(
            held, decoder.decode(vectors[[row for row, _ in held]], field_path(path), 1), strict=True
        ):
            best = found[0]
            inside = best.low is not None and best.low <= value <= best.high
            said.append(best.probability)
            right.append(inside or best.value == value)
    assert len(said) > 500
    assert 0.3 < np.mean(said) < 0.99
    assert np.mean(said) == pytest.approx(np.mean(right), abs=0.06)


def _at(document, path):
    for step in path.split("."):
        document = document.get(step) if isinstance(document, dict) else None
    return document


def test_without_values_atoms_come_back():
    (found,) = decoded([{"color": "dark red"}], "color", keep_values=False)
    assert {one.value for one in found if one.value[0] == "word"} >= {("word", "dark"), ("word", "red")}
    assert "gram" in {one.value[0] for one in found}


def test_at_most_ten_thousand_values_are_kept_the_most_frequent(monkeypatch):
    monkeypatch.setattr("vsaviz.features.kept.KEPT", 3)
    monkeypatch.setattr("vsaviz.features.fields.KEPT", 3)
    documents = [{"a": value} for value in ["x", "y", "y", "z", "z", "z", "w", "w", "v"]]
    vocabulary, _ = fit(documents, FeatureSettings())
    kept = vocabulary.kept[field_path("a")]
    assert (list(kept.values), kept.counts.tolist(), kept.others) == (["z", "y", "w"], [3, 2, 2], 2)
    assert "the most frequent 3 are kept" in vocabulary.fields[field_path("a")].why


def test_values_tell_json_types_apart():
    documents = [{"a": value} for value in (1, "1", True, "true", None, "null", {}, [], "", 1.5)] * 3
    vectorizer = JSONVectorizer(dimensions=1024, weights="record").fit(documents)
    for document, vector in zip(documents, vectorizer.transform(documents), strict=True):
        value = vectorizer.decode(vector, "a", 1)[0].value
        assert json.dumps(value) == json.dumps(document["a"])


@pytest.mark.parametrize(
    ("path", "settings", "message"),
    [
        ("colour", {}, "no document has a value at colour; near: color"),
        ("box", {}, "no document has a value at box"),
        ("tags[]", {"arrays": "sequence"}, r"read as sequences here; name a position"),
        ("tags[0]", {"arrays": "bag"}, r"read as a bag; give tags\[\]"),
        ("a..b", {}, "character"),
    ],
)
def test_what_cannot_be_read_is_said(path, settings, message):
    with pytest.raises(InputError, match=message):
        decoded(DOCUMENTS[:1], path, dimensions=64, **settings)


def test_a_vector_of_another_size_is_refused():
    vectorizer = JSONVectorizer(dimensions=64).fit(DOCUMENTS)
    with pytest.raises(InputError, match="must have 64 components"):
        vectorizer.decode(np.zeros(32), "color")


def test_candidates_are_expected_as_often_as_they_occur():
    vocabulary, _ = fit(DOCUMENTS, FeatureSettings())
    of = candidates(vocabulary, field_path("color"))
    assert of.expected.sum() == pytest.approx(60 / 61)
    assert dict(zip(of.values, of.expected, strict=True))["red"] == pytest.approx(8 / 61)
    bag = candidates(vocabulary, field_path("tags[]"))
    per_document = sum(len(document["tags"]) for document in DOCUMENTS) / 61
    assert bag.expected.sum() == pytest.approx(per_document)
