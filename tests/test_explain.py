"""Explanations: what fields add to a cosine sums to it, exactly where encodings are sums."""

import numpy as np
import pytest

from vsaviz import JSONVectorizer, schemes, shipped
from vsaviz.encoding import encode, sums
from vsaviz.explain import explain_parts
from vsaviz.features import FeatureSettings, fit

EVERY = schemes.names()
DOCUMENTS = [
    {"name": "red shirt", "ship": {"city": "Rome"}, "bill": {"city": "Rome"}, "tags": ["a", "b"], "n": 3},
    {"name": "red skirt", "ship": {"city": "Oslo"}, "bill": {"city": "Rome"}, "tags": ["b", "a"], "n": 4},
    {"name": "green hat", "bill": {"city": "Oslo"}, "tags": [], "n": 40},
    {"name": None, "ship": {"city": "Rome"}, "n": 3},
    {"tags": ["c", "c", "a"], "other": {"deep": [[1, 2], [3]]}},
]


def near(name, dimensions=128):
    kind = schemes.scheme_type(name)
    return schemes.create(name, kind.dimensions_near(dimensions)[0])


@pytest.mark.parametrize("weights", ["similarity", "record"])
@pytest.mark.parametrize("name", EVERY)
def test_contributions_sum_to_the_cosine(name, weights):
    _, features = fit(DOCUMENTS, FeatureSettings(weights=weights))
    scheme = near(name)
    vectors = encode(features, scheme).astype(float)
    for one in range(len(DOCUMENTS)):
        for other in range(one, len(DOCUMENTS)):
            parts = explain_parts(features, one, other, scheme)
            total = sum(part.contribution for part in parts)
            assert total == pytest.approx(vectors[one] @ vectors[other], abs=2e-6)
            kept = [part for part in parts if not part.remainder]
            sizes = [abs(part.contribution) for part in kept]
            assert sizes == sorted(sizes, reverse=True)
            assert (len(kept) == len(parts)) == (scheme.linear and not scheme.whole)


@pytest.mark.parametrize("collection", shipped.names())
def test_contributions_sum_to_the_cosine_in_every_collection(collection):
    documents = shipped.load(collection).documents[:200]
    _, features = fit(documents, FeatureSettings())
    scheme = schemes.create("mbat", 512)
    vectors = encode(features, scheme).astype(float)
    for one, other in np.random.default_rng(0).integers(len(documents), size=(10, 2)):
        total = sum(part.contribution for part in explain_parts(features, one, other, scheme))
        assert total == pytest.approx(vectors[one] @ vectors[other], abs=2e-6)


def test_signals_sum_to_the_exact_kernel_and_name_the_fields_in_common():
    _, features = fit(DOCUMENTS, FeatureSettings())
    S = features.matrix()
    for one, other in ((0, 1), (0, 3), (1, 2)):
        parts = explain_parts(features, one, other, near("mbat", 4096))
        assert sum(part.signal for part in parts) == pytest.approx(
            (S[[one]] @ S[[other]].T).toarray()[0, 0], abs=1e-6
        )
        assert all(part.crosstalk == pytest.approx(part.contribution - part.signal) for part in parts)
        assert max(abs(part.crosstalk) for part in parts) < 0.05
    signals = {part.field: part.signal for part in explain_parts(features, 0, 3, near("mbat"))}
    assert signals["n"] > 0.1
    assert signals["tags[]"] == pytest.approx(0.0, abs=1e-9)


def test_the_split_is_that_of_the_definition():
    """½ [V_f(d)·V(e) + V_f(e)·V(d)] over the lengths, from vectors of documents with one field each."""
    documents = [{"a": "x y", "b": 1, "c": "p"}, {"a": "x z", "b": 2, "d": "p"}]
    vocabulary, features = fit(documents, FeatureSettings(structure=0.0, balance=0.0))
    scheme = near("mbat", 256)
    one, other = sums(features, scheme).astype(float)
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    for part in explain_parts(features, 0, 1, scheme):
        alone = [
            sums(vocabulary.features([{part.field: document[part.field]}]), scheme)[0]
            if part.field in document
            else np.zeros_like(one)
            for document in documents
        ]
        expected = (alone[0] @ other + alone[1] @ one) / (2 * lengths)
        assert part.contribution == pytest.approx(expected, abs=1e-6)


def test_explaining_is_symmetric():
    vectorizer = JSONVectorizer(dimensions=128).fit(DOCUMENTS)
    forth, back = (dict(vectorizer.explain(*pair)) for pair in (DOCUMENTS[:2], [DOCUMENTS[1], DOCUMENTS[0]]))
    assert forth.keys() == back.keys()
    assert all(forth[field] == pytest.approx(back[field], abs=1e-6) for field in forth)


def test_a_moved_subtree_is_counted_to_the_field_where_it_lies():
    documents = [{"ship": {"city": f"town {i}"}, "k": i} for i in range(6)]
    documents += [{"bill": {"city": f"town {i}"}, "k": i} for i in range(6)]
    _, features = fit(documents, FeatureSettings(structure=0.0))
    parts = explain_parts(features, 0, 6, near("mbat", 2048))
    signals = {part.field: part.signal for part in parts}
    assert signals.keys() == {"ship.city", "bill.city", "k"}
    assert signals["ship.city"] == pytest.approx(signals["bill.city"])
    assert signals["ship.city"] > 0.01


def test_what_finishing_adds_is_named_and_stands_last():
    _, features = fit(DOCUMENTS, FeatureSettings())
    names = {name: explain_parts(features, 0, 1, near(name))[-1] for name in ("bsc", "map-i")}
    assert names["bsc"].field == "(bundling)"
    assert names["map-i"].field == "(rounding)"
    assert abs(names["map-i"].contribution) < 0.01
    assert names["bsc"].signal == 0


def test_a_field_may_be_called_like_a_remainder():
    documents = [{"(bundling)": i % 3, "b": i} for i in range(9)]
    _, features = fit(documents, FeatureSettings())
    parts = explain_parts(features, 0, 3, near("bsc"))
    assert [part.remainder for part in parts if part.field == "(bundling)"] == [False, True]


def test_a_document_without_weight_has_no_contributions():
    vectorizer = JSONVectorizer(dimensions=64, structure=0.0, field_weights={"a": 0.0}).fit(
        [{"a": 1}, {"a": 2}]
    )
    assert sum(share for _, share in vectorizer.explain({"a": 1}, {"a": 2})) == 0


@pytest.mark.parametrize("name", EVERY)
def test_sums_of_linear_schemes_are_their_vectors_before_length_is_made_1(name):
    _, features = fit(DOCUMENTS, FeatureSettings())
    scheme = near(name)
    rows = sums(features, scheme).astype(float)
    vectors = encode(features, scheme)
    cosines = np.einsum("ij,ij->i", rows[:, : vectors.shape[1]], vectors) / np.linalg.norm(rows, axis=1)
    assert (cosines > (0.999 if scheme.linear else 0.5)).all()


@pytest.mark.parametrize("name", EVERY)
def test_native_vectors_come_back_from_embedded_rows(name):
    scheme = near(name)
    rows = scheme.embed(scheme.atoms([("word", "a"), ("word", "b")]))
    native = scheme.native(rows)
    np.testing.assert_allclose(scheme.embed(native), rows, atol=1e-6)
    there_and_back = scheme.unbind("color", scheme.bind("color", native))
    expected = 0.999 if scheme.exact_inverse else 0.8 * scheme.returned(1)
    assert np.diag(scheme.similarity(there_and_back, native)).min() > expected
