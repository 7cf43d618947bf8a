"""The fast encoder against the plain sum over features, and against a recursion that knows no features."""

import json
import os
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import collections

from vsaviz import atom_rows, encoding, schemes, shipped
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import ARRAY, ITEM, at, key
from vsaviz.features.readings import ARRAYS
from vsaviz.schemes import SCHEMES

LINEAR = [name for name, scheme in SCHEMES.items() if scheme.linear]
TELL_SWAPPED_PATHS_APART = [
    name for name, scheme in SCHEMES.items() if not scheme.commutative and not scheme.swapped
]
COMMUTATIVE = [name for name, scheme in SCHEMES.items() if scheme.commutative]


def near(name, dimensions, seed=0):
    return schemes.create(name, schemes.scheme_type(name).dimensions_near(dimensions)[0], seed)


def tolerance(name):
    """Whole weights are rounded."""
    return 5e-3 if SCHEMES[name].whole else 1e-5


def same(found, expected, scheme):
    """To the bit for whole numbers, else to 1e-6."""
    np.testing.assert_allclose(found, expected, rtol=0, atol=0 if scheme.whole else 1e-6)


def encoded(documents, name, dimensions=64, **chosen):
    return encode(fit(documents, FeatureSettings(**chosen))[1], near(name, dimensions))


# Oracles


@pytest.mark.parametrize("arrays", ARRAYS)
def test_rows_are_the_plain_sums_over_features(name, arrays, orders):
    _, features = fit(orders[:6], FeatureSettings(arrays=arrays))
    scheme = near(name, 31)
    if scheme.whole:
        features = features.rounded
    S = (features.L.astype(float) @ features.T).toarray()
    if scheme.scaled:
        S /= np.array([[np.sqrt(np.mean(row[row != 0] ** 2))] for row in S])
    total = np.zeros((len(S), scheme.sum_width))
    for column, (path, atom) in enumerate(zip(features.feature_path, features.feature_atom, strict=True)):
        vector = scheme.atoms([features.atoms[atom]])
        for role in reversed(features.paths[path]):
            vector = scheme.bind(role, vector)
        total += S[:, [column]] * scheme.lift(vector)
    expected = scheme.embed(scheme.finish(total))
    np.testing.assert_allclose(encode(features, scheme), expected, atol=1e-5)


def in_full(inside):
    return 1.0


class Recursion:
    """V(value) = Σ_key M_key V(child), with dense matrices, one document at a time."""

    def __init__(self, scheme, structure, balance):
        self.scheme = scheme
        self.structure = structure
        self.balance = balance
        self.matrices = {}

    def matrix(self, role):
        if role not in self.matrices:
            identity = np.eye(self.scheme.sum_width, dtype=np.float32)
            self.matrices[role] = self.scheme.bind_lifted(role, identity).T.astype(float)
        return self.matrices[role]

    def atom(self, *symbol):
        return self.scheme.lift(self.scheme.atoms([symbol]))[0].astype(float)

    def __call__(self, value, reading, weigh, keyed=False, inside=False):
        """``weigh(inside)`` weighs a leaf by whether it lies in an array."""
        if isinstance(value, dict) and value:
            below = sum(
                self.matrix(key(name)) @ self(child, reading, weigh, keyed=True, inside=inside)
                for name, child in value.items()
            )
            return below * len(value) ** -self.balance
        bare = weigh(inside) * np.sqrt(self.structure) * self.atom("present") if keyed else 0
        if isinstance(value, list) and value:
            below = sum(
                self.matrix(at(i) if reading == "sequence" else ITEM)
                @ self(child, reading, weigh, inside=True)
                for i, child in enumerate(value)
            )
            return bare + self.matrix(ARRAY) @ below * len(value) ** -self.balance
        return bare + weigh(inside) * np.sqrt(1 - self.structure) * self.leaf(value)

    def leaf(self, value):
        match value:
            case None:
                return self.atom("null")
            case bool():
                return self.atom("true" if value else "false")
            case dict():
                return self.atom("empty object")
            case list():
                return self.atom("empty array")
            case str():
                return self.atom("text", value) if value else self.atom("empty string")
            case _:
                return self.atom("number", int(value) if value == int(value) else value)

    def soft(self, document):
        """What lies in no array once; what does twice, with half of the squared norm each."""
        outside = self(document, "bag", lambda inside: float(not inside))
        readings = [self(document, reading, float) for reading in ("bag", "sequence")]
        return outside + np.sqrt(0.5) * sum(readings)


AS_WRITTEN = {"numbers": "exact", "strings": "exact", "weights": "record", "structure": 0.3, "balance": 0.25}


@pytest.mark.parametrize("name", LINEAR)
@pytest.mark.parametrize("arrays", ARRAYS)
def test_rows_are_those_of_the_plain_recursion(name, arrays, orders):
    irregular = {"place": {"grid": [[1]]}}  # arrays of one length would keep their positions in bags
    documents = [
        *orders[:5],
        irregular,
        [[1, 2], [3, [4, {}]]],
        {"a": {"a": {"b": [[], "", None]}}},
        "x",
        3.5,
    ]
    scheme = near(name, 31)
    recursion = Recursion(scheme, AS_WRITTEN["structure"], AS_WRITTEN["balance"])
    if arrays == "soft":
        expected = [recursion.soft(document) for document in documents]
    else:
        expected = [recursion(document, arrays, weigh=in_full) for document in documents]
    found = encoded(documents, name, 31, arrays=arrays, **AS_WRITTEN)
    rows = scheme.embed(scheme.finish(np.stack(expected)))
    np.testing.assert_allclose(found, rows, atol=tolerance(name))


# Laws over any JSON


@settings(max_examples=12)
@given(documents=collections)
def test_every_document_has_a_unit_row(name, documents):
    rows = encoded(documents, name, 31)
    assert rows.dtype == np.float32
    assert rows.shape == (len(documents), near(name, 31).width)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


@settings(max_examples=12)
@given(documents=collections)
def test_the_order_of_documents_does_not_matter(name, documents):
    vocabulary, _ = fit(documents, FeatureSettings())
    scheme = near(name, 31)
    one, other = (encode(vocabulary.features(given), scheme) for given in (documents, documents[::-1]))
    same(other[::-1], one, scheme)


# Blocks and splits


def test_blocks_of_any_size_give_the_same_rows(name, orders, monkeypatch):
    scheme = near(name, 31)
    # A dense matrix is made anew for each block: a few documents tell the same.
    _, features = fit(orders[:12] if scheme.largest is None else orders[:6], FeatureSettings())
    expected = encode(features, scheme)
    for block, kept, at_once, shared in (
        (1, 1 << 20, 1, 0.0),
        (1, 0, 3, 0.3),
        (31 * 4 * 40, 31 * 4 * 25, 7, 0.1),
        (1 << 30, 0, 1 << 20, 1.0),
    ):
        monkeypatch.setattr(encoding, "BLOCK_BYTES", block)
        monkeypatch.setattr(atom_rows, "ALL_BYTES", kept)
        monkeypatch.setattr(atom_rows, "KEPT_BYTES", kept)
        monkeypatch.setattr(encoding, "BIND_AT_ONCE", at_once)
        monkeypatch.setattr(encoding, "SHARED", shared)
        # One row of a dense matrix at a time is another order of additions.
        same(encode(features, scheme), expected, scheme)


@pytest.mark.parametrize("strings", ["words+ngrams", "exact"])
def test_splits_and_order_give_the_same_rows(name, orders, strings):
    documents = orders[:12]
    vocabulary, features = fit(orders, FeatureSettings(strings=strings))
    scheme = near(name, 31)
    expected = encode(features, scheme)[:12]
    for cuts in ([12], [1, 12], [5, 7, 12], range(1, 13)):
        parts = [documents[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]
        same(np.concatenate([encode(vocabulary.features(part), scheme) for part in parts]), expected, scheme)
    same(encode(vocabulary.features(documents[::-1]), scheme)[::-1], expected, scheme)


def test_progress_ends_with_one(orders, monkeypatch):
    monkeypatch.setattr(encoding, "BLOCK_BYTES", 1)
    monkeypatch.setattr(encoding, "BIND_AT_ONCE", 7)
    told = []
    encode(fit(orders, FeatureSettings())[1], schemes.create("mbat", 64), told.append)
    assert told == sorted(told)
    assert len(told) > 5
    assert told[-1] == 1


# Against the exact kernel


@pytest.mark.parametrize("name", TELL_SWAPPED_PATHS_APART)
def test_dot_products_tend_to_the_exact_kernel(name, orders):
    _, features = fit(orders[:15], FeatureSettings(arrays="bag"))
    S = features.matrix()
    exact = (S @ S.T).toarray()
    off = ~np.eye(len(exact), dtype=bool)
    errors = []
    for dimensions in (36, 324):
        V = encode(features, near(name, dimensions))
        errors.append(np.sqrt(np.mean(((V @ V.T) - exact)[off] ** 2)) * np.sqrt(dimensions))
    assert max(errors) < 2
    assert errors[1] == pytest.approx(errors[0], rel=0.5)


@pytest.mark.parametrize("name", COMMUTATIVE)
def test_commuting_schemes_have_another_limit(name):
    documents = [{"a": {"b": 1}}, {"b": {"a": 1}}]
    rows = encoded(documents, name, 1024, structure=0.0)
    assert rows[0] @ rows[1] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("name", TELL_SWAPPED_PATHS_APART)
def test_swapped_paths_stay_apart_where_binding_does_not_commute(name):
    documents = [{"a": {"b": 1}}, {"b": {"a": 1}}]
    rows = encoded(documents, name, 400 if SCHEMES[name].largest else 1024, structure=0.0)
    assert abs(rows[0] @ rows[1]) < 0.15


def test_nested_sequences_by_the_default_scheme():
    documents = [[[1, 2], [3, 4]], [[1, 3], [2, 4]]]
    rows = encoded(documents, "mbat", 1024, arrays="sequence", numbers="exact", structure=0.0)
    assert rows[0] @ rows[1] == pytest.approx(0.5, abs=0.1)


def test_nine_values_that_look_alike_by_the_default_scheme():
    documents = [{"k": value} for value in (1, "1", True, "true", None, "null", {}, [], "")]
    rows = encoded(documents, "mbat", 1024, strings="exact")
    assert (rows @ rows.T)[~np.eye(9, dtype=bool)].max() < 0.5


@pytest.mark.parametrize("name", LINEAR)
def test_near_numbers_are_nearer_than_far_ones(name):
    rows = encoded([{"x": x} for x in range(100)], name, 400)
    assert rows[20] @ rows[21] - rows[20] @ rows[90] >= 0.3


# Whole weights


WHOLE = [name for name, scheme in SCHEMES.items() if scheme.whole]


def test_whole_weights_lose_no_feature_and_move_cosines_little(orders):
    _, features = fit(orders, FeatureSettings())
    rounded = features.rounded
    for before, after in ((features.L, rounded.L), (features.T, rounded.T)):
        np.testing.assert_array_equal(after.data, np.rint(after.data))
        np.testing.assert_array_equal(after.toarray() > 0, before.toarray() > 0)
    exact, kernel = ((S @ S.T).toarray() for S in (features.matrix(), rounded.matrix()))
    np.testing.assert_allclose(kernel, exact, atol=5e-3)


def test_no_component_of_a_sum_is_larger_than_the_sum_of_weights(orders):
    _, features = fit(orders, FeatureSettings())
    rounded = features.rounded
    assert rounded.largest_sum == (rounded.L @ rounded.T).sum(axis=1).max()
    assert rounded.largest_sum < encoding.EXACT_BELOW


@pytest.mark.parametrize("name", WHOLE)
def test_whole_sums_are_the_same_bits_in_either_precision(name, orders, monkeypatch):
    precisions = []
    drawn = atom_rows.AtomRows.__init__
    monkeypatch.setattr(
        atom_rows.AtomRows,
        "__init__",
        lambda rows, *given: precisions.append(given[3]) or drawn(rows, *given),
    )
    single = encoded(orders, name)
    monkeypatch.setattr(encoding, "EXACT_BELOW", 0)
    np.testing.assert_array_equal(encoded(orders, name), single)
    assert precisions == [np.float32, np.float64]


# The shipped collections


@cache
def sampled(collection):
    """200 documents of a shipped collection, and the first of them once more at the end."""
    documents = shipped.load(collection).documents
    chosen = documents[:: -(-len(documents) // 200)][:200]
    return fit([*chosen, chosen[0]], FeatureSettings())[1]


@pytest.mark.parametrize("collection", shipped.names())
def test_a_duplicate_is_nearest_in_every_collection_under_every_scheme(name, collection):
    rows = encode(
        sampled(collection), schemes.create(name, schemes.scheme_type(name).dimensions_near(128)[-1])
    )
    similarities = rows @ rows[0]
    assert similarities[-1] == pytest.approx(1, abs=1e-6)
    assert similarities[1:].max() <= similarities[-1] + 1e-6


# Rows of nothing


def test_only_weights_of_zero_give_a_row_of_zeros(name):
    documents = [{"a": 1}, {"b": 2}, {"a": 1, "b": 2}]
    rows = encoded(documents, name, 31, field_weights=(("b", 0.0),))
    np.testing.assert_array_equal(rows[1], 0)
    np.testing.assert_allclose(np.linalg.norm(rows[[0, 2]], axis=1), 1, atol=1e-5)


def test_no_documents_give_no_rows(name):
    vocabulary, _ = fit([{"a": 1}], FeatureSettings())
    scheme = near(name, 31)
    assert encode(vocabulary.features([]), scheme).shape == (0, scheme.width)


PROBE = """
import json, sys
from vsaviz import JSONVectorizer, schemes
documents, found = json.load(sys.stdin), {}
for name in schemes.names():
    dimensions = schemes.scheme_type(name).dimensions_near(50)[0]
    found[name] = JSONVectorizer(name, dimensions).fit_transform(documents).tolist()
print(json.dumps(found))
"""


def test_another_process_gives_the_same_rows(orders):
    run = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        input=json.dumps(orders).encode(),
        capture_output=True,
        check=True,
    )
    elsewhere = json.loads(run.stdout)
    for name in schemes.names():
        same(elsewhere[name], encoded(orders, name, 50), SCHEMES[name])


def test_features_that_all_documents_have_are_never_rounded_away(name):
    # With the fourth power of log(51 / 50), a weight is some 10^−6.
    rows = encoded([{"a": "x"}] * 50, name, 31, idf=4.0)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
