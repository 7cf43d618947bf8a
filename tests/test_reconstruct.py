"""Whole documents read back out of their vectors."""

import json

import numpy as np
import pytest

from vsaviz import InputError, JSONVectorizer, schemes, shipped
from vsaviz.decode import Reconstructor
from vsaviz.decode.assemble import assembled
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import field_path

WORDS = ["red", "green", "blue", "wood", "tin", "glass", "old", "new"]
DOCUMENTS = [
    {
        "name": f"{WORDS[i % 8]} {WORDS[3 * i % 7]}",
        "flag": [True, False, None][i % 3],
        "size": {"w": i % 13, "h": i % 7},
        "tags": [WORDS[(i + j) % 8] for j in range(i % 4)],
        "parts": [{"kind": WORDS[(i * j) % 8], "sub": [[i % 5, j], []][: 1 + j]} for j in range(i % 3)],
    }
    for i in range(40)
]


def read_back(documents, rows, scheme="mbat", dimensions=4096, **settings):
    dimensions = schemes.scheme_type(scheme).dimensions_near(dimensions)[0]
    vectorizer = JSONVectorizer(scheme, dimensions, weights="record", **settings).fit(documents)
    vectors = vectorizer.transform([documents[row] for row in rows])
    reader = Reconstructor(vectorizer.vocabulary_, schemes.create(scheme, dimensions))
    return [reader.read(vector) for vector in vectors]


@pytest.mark.parametrize("arrays", ["soft", "sequence"])
def test_documents_come_back_whole(arrays):
    rows = [0, 1, 2, 5, 11, 23]
    for row, found in zip(rows, read_back(DOCUMENTS, rows, arrays=arrays), strict=True):
        assert json.dumps(found.document, sort_keys=True) == json.dumps(DOCUMENTS[row], sort_keys=True)
        assert found.explained > 0.999
        shares = [leaf.share for leaf in found.leaves]
        assert shares == sorted(shares, reverse=True)
        assert 0.3 < sum(shares) <= 1.01
        # Of two words the order is not in the vector: some names have a twin.
        assert all(
            leaf.decoded.probability > (0.45 if leaf.field == "name" else 0.9) for leaf in found.leaves
        )


def test_bags_come_back_without_their_order():
    documents = [{"tags": [WORDS[i % 8], WORDS[(i + 1) % 8]], "n": i} for i in range(24)]
    for row, found in zip([0, 5], read_back(documents, [0, 5], arrays="bag"), strict=True):
        assert sorted(found.document["tags"]) == sorted(documents[row]["tags"])


@pytest.mark.parametrize("name", [name for name in schemes.names() if schemes.scheme_type(name).linear])
def test_linear_schemes_read_short_documents(name):
    kind = schemes.scheme_type(name)
    documents = [{"a": a, "b": {"c": c}} for a in WORDS for c in WORDS[:4]]
    if kind.whole:
        with pytest.raises(InputError, match="are rounded"):
            read_back(documents, [3], name)
        return
    found = read_back(documents, [3, 17], name, 256 if kind.largest else 2048)
    right = [one.document == documents[row] for one, row in zip(found, [3, 17], strict=True)]
    assert all(right) if kind.exact_inverse else any(right)


def test_the_real_collection_comes_back():
    documents = shipped.load("products").documents
    rows = [3, 400, 1200]
    for row, found in zip(rows, read_back(documents, rows, dimensions=4096), strict=True):
        told = {leaf.field: leaf.decoded for leaf in found.leaves}
        true = dict(_leaves(documents[row]))
        right = [name for name in true if name in told and _is(told[name], true[name])]
        assert len(right) >= 0.9 * len(true)
        assert set(told) <= set(true)


def _leaves(value, name=""):
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _leaves(below, f"{name}.{key}".lstrip("."))
    elif isinstance(value, list) and value:
        for i, below in enumerate(value):
            yield from _leaves(below, f"{name}[{i}]")
    else:
        yield name, value


def _is(decoded, value):
    if isinstance(value, int | float) and not isinstance(value, bool) and decoded.low is not None:
        return decoded.low <= value <= decoded.high
    return decoded.value == value


def test_a_vector_of_nothing_known_gives_an_empty_document():
    vectorizer = JSONVectorizer(dimensions=1024, weights="record").fit(DOCUMENTS)
    noise = np.random.default_rng(0).normal(size=1024).astype(np.float32)
    found = vectorizer.reconstruct(noise / np.linalg.norm(noise))
    assert len(found.leaves) <= 2
    assert found.explained < 0.1
    assert vectorizer.reconstruct(np.zeros(1024)).document == {}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"scheme": "bsc"}, "bsc: its bundles are rounded"),
        ({"weights": "similarity"}, 'weights="record"'),
        ({"keep_values": False}, "keep_values=True"),
    ],
)
def test_what_cannot_be_read_back_is_said(settings, message):
    vectorizer = JSONVectorizer(dimensions=64, **({"weights": "record"} | settings)).fit(DOCUMENTS)
    with pytest.raises(InputError, match=message):
        vectorizer.reconstruct(np.zeros(vectorizer.n_features_out_))


@pytest.mark.parametrize(
    ("leaves", "document"),
    [
        ([("a.b", 1), ("a.c", None)], {"a": {"b": 1, "c": None}}),
        ([("$", 5)], 5),
        ([("[1]", "x"), ("[0][2]", "y")], [[None, None, "y"], "x"]),
        ([("a[].n", 1), ("a[].n", 2), ("a[].m", 3)], {"a": [{"n": 1, "m": 3}, {"n": 2}]}),
        ([("a", 1), ("a.b", 2), ("a[0]", 3)], {"a": 1}),
        ([("a.b", 2), ("a", 1), ("a[0]", 3)], {"a": {"b": 2}}),
        ([('["0"]', "key"), ('["a.b"]', "dot")], {"0": "key", "a.b": "dot"}),
        ([], {}),
    ],
)
def test_leaves_are_put_together(leaves, document):
    assert assembled([(field_path(name), value) for name, value in leaves]) == document


def test_arrays_whose_items_are_unknown_are_empty():
    assert assembled([(field_path("a[0]"), 1)], [field_path("a"), field_path("b")]) == {"a": [1], "b": []}


def test_sizes_are_learnt_for_fields_and_positions():
    vocabulary, features = fit(DOCUMENTS, FeatureSettings(weights="record"))
    kept = vocabulary.kept[field_path("tags[]")]
    S = features.matrix()
    assert S.shape[0] == 40
    assert kept.size.mean == pytest.approx(kept.placed.mean, abs=0.3)
    assert -3 < kept.placed.mean < -1
    assert 0 < kept.placed.deviation < 1


def test_sizes_are_those_of_leaves_in_their_documents():
    documents = [{"a": "x", "b": {"c": [1, 2]}} for _ in range(12)]
    vocabulary, features = fit(documents, FeatureSettings(weights="record", structure=0.0, balance=0.0))
    sizes = {vocabulary.fields[path].name: kept.size for path, kept in vocabulary.kept.items()}
    S = (features.L @ features.T).toarray()[0]
    assert sizes["a"].mean == pytest.approx(-np.log(np.linalg.norm(S)), abs=1e-6)
    assert sizes["a"].deviation == pytest.approx(0, abs=1e-3)
