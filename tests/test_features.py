"""Documents → S = L T: what differs, what is the same, and what a feature weighs."""

from dataclasses import replace
from itertools import product
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import collections, values

from vsaviz.errors import InputError
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.constants import PRESENT
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.paths import ARRAY, ITEM, at, key
from vsaviz.features.readings import ARRAYS
from vsaviz.features.settings import WEIGHTS
from vsaviz.features.strings import STRINGS

EVERY = [
    FeatureSettings(arrays=a, numbers=n, strings=s, weights=w)
    for a, n, s, w in product(ARRAYS, NUMBERS, STRINGS, WEIGHTS)
]
PLAIN = {
    "numbers": "exact",
    "strings": "exact",
    "structure": 0.0,
    "idf": 0.0,
    "elsewhere": 0.0,
    "balance": 0.0,
}
"""Every leaf one feature of weight 1."""

every_setting = st.sampled_from(EVERY)


def rows(features):
    """For each document its features (path, atom) and their weights in S."""
    path, atom = features.feature_path, features.feature_atom
    found = []
    for i in range(features.n_documents):
        row = features.matrix(slice(i, i + 1)).tocoo()
        entries = zip(row.col, row.data, strict=True)
        found.append({(features.paths[path[c]], features.atoms[atom[c]]): w for c, w in entries if w})
    return found


def kernel(documents, **settings):
    """The exact similarities of documents, fitted on themselves."""
    S = fit(documents, FeatureSettings(**settings))[1].matrix()
    return (S @ S.T).toarray()


def same(found, expected):
    return found == [pytest.approx(row) for row in expected]


# Laws of all settings


@settings(max_examples=150)
@given(collections, every_setting)
def test_every_leaf_has_a_feature_and_every_document_a_unit_row(documents, chosen):
    _, features = fit(documents, chosen)
    features.T.eliminate_zeros()
    assert (np.diff(features.T.indptr) > 0).all()
    assert (features.T.data > 0).all()
    np.testing.assert_allclose(features.matrix().power(2).sum(axis=1), 1)


@given(collections, every_setting)
def test_fitted_features_are_those_of_the_same_documents_later(documents, chosen):
    vocabulary, features = fit(documents, chosen)
    assert same(rows(vocabulary.features(documents)), rows(features))


@given(collections, collections, every_setting)
def test_order_and_splits_of_documents_do_not_matter(fitted, documents, chosen):
    vocabulary, _ = fit(fitted, chosen)
    expected = rows(vocabulary.features(documents))
    assert same(rows(vocabulary.features(documents[::-1]))[::-1], expected)
    assert same([rows(vocabulary.features([document]))[0] for document in documents], expected)


@given(collections, every_setting)
def test_the_order_of_the_collection_teaches_nothing(documents, chosen):
    # A sequence under an id could count up in one order only; 5 documents have no identifiers.
    one, other = fit(documents, chosen)[0], fit(documents[::-1], chosen)[0]
    assert same(rows(one.features(documents)), rows(other.features(documents)))


def reordered(value):
    if isinstance(value, dict):
        return {name: reordered(child) for name, child in reversed(value.items())}
    return [reordered(child) for child in value] if isinstance(value, list) else value


@given(collections, every_setting)
def test_the_order_of_keys_does_not_matter(documents, chosen):
    expected = fit(documents, chosen)[1]
    found = fit([reordered(document) for document in documents], chosen)[1]
    assert same(rows(found), rows(expected))


def shuffled(value, draw):
    if isinstance(value, dict):
        return {name: shuffled(child, draw) for name, child in value.items()}
    return draw(st.permutations([shuffled(v, draw) for v in value])) if isinstance(value, list) else value


@given(st.data(), values)
def test_bags_ignore_the_order_of_arrays(data, value):
    other = shuffled(value, data.draw)
    assert kernel([value, other], arrays="bag")[0, 1] == pytest.approx(1)


@given(st.permutations([1, "two", None, [], {"a": 1}, True]))
def test_sequences_do_not(items):
    plain = [1, "two", None, [], {"a": 1}, True]
    in_place = sum(ascii(a) == ascii(b) for a, b in zip(items, plain, strict=True))
    assert kernel([plain, items], arrays="sequence", **PLAIN)[0, 1] == pytest.approx(in_place / 6)


# What differs


def distinct_values():
    documents = [{"k": value} for value in (1, "1", True, "true", None, "null", {}, [], "")]
    return [*documents, {}]  # the key is missing


@pytest.mark.parametrize("chosen", EVERY, ids=lambda c: f"{c.arrays}, {c.numbers}, {c.strings}, {c.weights}")
def test_values_that_look_alike_differ(chosen):
    S = fit(distinct_values(), chosen)[1].matrix()
    off_diagonal = (S @ S.T).toarray()[~np.eye(10, dtype=bool)]
    assert off_diagonal.max() < 0.5


def test_one_number_however_it_is_written_and_true_is_none():
    similarities = kernel([{"a": 1}, {"a": 1.0}, {"a": True}], **PLAIN)
    np.testing.assert_allclose(similarities, [[1, 1, 0], [1, 1, 0], [0, 0, 1]])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"a.b": 1}, {"a": {"b": 1}}),
        ({"a": {"0": 1}}, {"a": [1]}),
        ({"a": {"b": 1}}, {"b": {"a": 1}}),
        ({"a": {"a": 1}}, {"a": 1}),
        ({"a": [1]}, {"a": 1}),
        ({"a": [[1]]}, {"a": [1]}),
        ({"a": {"array": {"0": 1}}}, {"a": [1]}),
        ({"a": {"array": {"item": 1}}}, {"a": [1]}),
        ({"a": {"": 1}}, {"a": 1}),
        ([{"a": 1}], {"a": 1}),
    ],
)
@pytest.mark.parametrize("arrays", ARRAYS)
def test_places_that_look_alike_differ(a, b, arrays):
    assert kernel([a, b], arrays=arrays, **PLAIN)[0, 1] == 0


def test_nested_sequences_do_not_collide():
    similarities = kernel([[[1, 2], [3, 4]], [[1, 3], [2, 4]]], arrays="sequence", **PLAIN)
    assert similarities[0, 1] == pytest.approx(0.5)


def test_long_integers_stay_apart():
    long = [2**53, 2**53 + 1, 10**400, 10**400 + 1, -(10**400)]
    np.testing.assert_allclose(kernel([{"n": n} for n in long], **PLAIN), np.eye(5))


# Readings of arrays, presence, balance: by hand


def test_soft_arrays_are_both_readings_with_their_shares():
    _, features = fit([{"a": [5, 5], "b": 5}], FeatureSettings(arrays="soft", **PLAIN))
    five, a = ("number", 5), key("a")
    # b: 1; each position √½; the bag holds 5 twice, so 2 √½. The squared norm is 1 + ½ + ½ + 2.
    whole = 2.0
    assert same(
        rows(features),
        [
            {
                ((key("b"),), five): 1 / whole,
                ((a, ARRAY, at(0)), five): 0.5**0.5 / whole,
                ((a, ARRAY, at(1)), five): 0.5**0.5 / whole,
                ((a, ARRAY, ITEM), five): 2 * 0.5**0.5 / whole,
            }
        ],
    )


def test_presence_has_its_share_of_a_leaf_under_a_key():
    settings = FeatureSettings(arrays="bag", weights="record", **PLAIN | {"structure": 0.3})
    _, features = fit([{"a": "x", "l": [True]}], settings)
    present, x, true = ("present",), ("text", "x"), ("true",)
    # The array's own presence is a leaf; its item has no key, and no presence.
    norm = (1 + 0.3 + 0.7) ** 0.5
    assert same(
        rows(features),
        [
            {
                ((key("a"),), x): 0.7**0.5 / norm,
                ((key("a"),), present): 0.3**0.5 / norm,
                ((key("l"),), present): 0.3**0.5 / norm,
                ((key("l"), ARRAY, ITEM), true): 0.7**0.5 / norm,
            }
        ],
    )


def test_containers_divide_their_weight():
    _, features = fit([{"a": 1, "o": {"x": 2, "y": 3}}], FeatureSettings(**PLAIN | {"balance": 0.5}))
    weights = {path[-1][1]: weight for (path, _), weight in rows(features)[0].items()}
    assert weights == pytest.approx({"a": 0.5**0.5, "x": 0.5, "y": 0.5})


# Weights


def flags(n):
    """n documents: "all" everywhere, "half" in every second, "two" and "one" in so many."""
    had = {"all": range(n), "half": range(0, n, 2), "two": range(2), "one": range(1)}
    return [{name: True for name, rows in had.items() if i in rows} for i in range(n)]


def column_weights(documents, seen=None, **settings):
    vocabulary, features = fit(documents, FeatureSettings(**PLAIN | settings))
    if seen is not None:
        features = vocabulary.features(seen)
    return {features.paths[p][-1][1]: w for p, w in zip(features.feature_path, features.T.data, strict=True)}


def test_rare_features_weigh_more_and_lonely_ones_are_held_down():
    n = 40
    evidence = n / (n + 10)
    assert column_weights(flags(n), idf=1.0) == pytest.approx(
        {
            "all": log(41 / 40) ** evidence,
            "half": log(41 / 20) ** evidence,
            "two": log(41 / 2) ** evidence,
            "one": (0.3 * log(41)) ** evidence,
        }
    )


@pytest.mark.parametrize(
    ("idf", "presence", "value"), [(0.5, 1, 0.5), (1, 1, 1), (0.25, 0.5, 0.25), (2, 1, 2)]
)
def test_the_presence_of_keys_counts_with_twice_the_power_of_values_at_most_one(idf, presence, value):
    documents = [{"a": True} for _ in range(20)] + [{"b": i} for i in range(20)]
    _, features = fit(documents, FeatureSettings(**PLAIN | {"idf": idf, "structure": 0.5}))
    due = log(41 / 20)
    share = 0.5 * 0.6 / (0.5 * 0.6 + 0.5)  # twenty of forty documents have the key: 1 - 20 / 50 = 0.6
    for column, weight in zip(features.T.indices, features.T.data, strict=True):
        if features.paths[features.feature_path[column]][-1] == ("key", "a"):
            is_present = features.atoms[features.feature_atom[column]] == PRESENT
            power, part = (presence, share) if is_present else (value, 1 - share)
            assert weight == pytest.approx(part**0.5 * due ** (power * 0.8))


def test_unseen_features_weigh_as_lonely_ones():
    weights = column_weights(flags(40), seen=[{"one": True, "new": True, "all": False}], idf=1.0)
    assert weights["new"] == weights["all"] == weights["one"] == pytest.approx((0.3 * log(41)) ** 0.8)


def test_a_power_of_zero_weighs_all_alike():
    assert set(column_weights(flags(40), idf=0.0).values()) == {1.0}


def test_records_are_weighed_in_full():
    assert set(column_weights(flags(40), idf=1.0, weights="record").values()) == {1.0}


def test_frequencies_count_documents_not_occurrences():
    many = [{"a": [1, 1, 1]}, {"b": 2}, {"b": 2}]
    similarities = kernel([*many, {"a": [1]}, {"b": 2}], arrays="bag", **PLAIN | {"idf": 1.0})
    assert similarities[0, 3] == pytest.approx(1, abs=0.1)
    _, features = fit(many, FeatureSettings(**PLAIN | {"idf": 1.0, "arrays": "bag"}))
    weights = {
        features.atoms[a]: features.T.data[i] for i, a in enumerate(features.feature_atom[features.T.indices])
    }
    assert weights[("number", 1)] == pytest.approx((0.3 * log(4)) ** (3 / 13))


def identified(n=60):
    return [{"id": i, "color": ["red", "blue"][i % 2]} for i in range(n)]


def test_identifiers_get_little_weight_and_a_person_can_reverse_it():
    def weight(**settings):
        vocabulary, _ = fit(identified(), FeatureSettings(**PLAIN | settings))
        row = rows(vocabulary.features([identified()[3]]))[0]
        return {path[-1][1]: w for (path, _), w in row.items()}, vocabulary

    little, vocabulary = weight()
    assert little["id"] / little["color"] == pytest.approx(0.1)
    assert vocabulary.fields[(key("id"),)].weight == 0.1
    reversed_, vocabulary = weight(field_weights=(("id", 1.0),))
    assert reversed_["id"] == pytest.approx(reversed_["color"])
    assert vocabulary.fields[(key("id"),)].weight == 1.0
    assert vocabulary.fields[(key("id"),)].why.endswith("; weight set by hand")
    record, _ = weight(weights="record")
    assert record["id"] == pytest.approx(record["color"])
    chosen, _ = weight(weights="record", field_weights=(("id", 0.5),))
    assert chosen["id"] / chosen["color"] == pytest.approx(0.5)


def test_hashes_are_not_split_and_codes_are():
    documents = [{"hash": f"{i:032x}", "code": f"ORD-{i:05}"} for i in range(60)]
    vocabulary, features = fit(documents, FeatureSettings(structure=0.0))
    kinds = {
        name: {features.atoms[a][0] for p, a in pairs if features.paths[p] == (key(name),)}
        for name in ("hash", "code")
        for pairs in [list(zip(features.feature_path, features.feature_atom, strict=True))]
    }
    assert kinds == {"hash": {"text", "form"}, "code": {"word", "gram", "form"}}
    weights = {field.name: field.weight for field in vocabulary.fields.values()}
    assert weights == {"hash": 0.1, "code": 0.5}


def test_a_field_of_weight_zero_does_not_count():
    similarities = kernel(
        [{"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": 2}], field_weights=(("b", 0.0),), **PLAIN
    )
    np.testing.assert_allclose(similarities, [[1, 1, 0], [1, 1, 0], [0, 0, 0]], atol=1e-12)


def test_weights_of_items_are_those_of_their_field():
    documents = [{"a": [{"b": 1}, {"b": 2}], "c": 3}]
    for arrays in ARRAYS:
        chosen = FeatureSettings(arrays=arrays, field_weights=(("a[].b", 0.0), ("a", 0.0)), **PLAIN)
        assert {path for path, _ in rows(fit(documents, chosen)[1])[0]} == {(key("c"),)}


@pytest.mark.parametrize(
    ("name", "near"), [("colour", "color"), ("items.sku", r"items\[\]\.sku"), ("zzz", "color, items, items")]
)
def test_an_unknown_field_is_refused_with_near_names(name, near):
    documents = [{"color": "red", "items": [{"sku": "A"}]}]
    with pytest.raises(ValueError, match=rf"no field '{name}' in these documents; near: .*{near}"):
        fit(documents, FeatureSettings(field_weights=((name, 1.0),)))


# Settings


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"arrays": "set"}, "arrays must be one of soft, sequence, bag, got 'set'"),
        ({"numbers": "fuzzy"}, "numbers must be one of quantile, thermometer, exact, got 'fuzzy'"),
        ({"strings": None}, "strings must be one of .*, got None"),
        ({"strings": ["words"]}, r"strings must be one of .*, got \['words'\]"),
        ({"weights": "full"}, "weights must be one of similarity, record, got 'full'"),
        ({"structure": 1.5}, "structure must be between 0 and 1, got 1.5"),
        ({"structure": -0.1}, "structure must be between 0 and 1, got -0.1"),
        ({"balance": float("nan")}, "balance must be between 0 and 1, got nan"),
        ({"idf": -1}, "idf must be between 0 and 4, got -1"),
        ({"field_settings": (("a", "idf", 5.0),)}, "idf of field 'a' must be between 0 and 4, got 5.0"),
        (
            {"field_settings": (("a", "weight", 5.0),)},
            "settings of a field are structure, idf, balance, got 'weight'",
        ),
        ({"field_weights": (("a", -1.0),)}, "the weight of field 'a' must be 0 or more, got -1.0"),
        ({"field_weights": (("a", float("inf")),)}, "the weight of field 'a' must be 0 or more, got inf"),
    ],
)
def test_impossible_settings_are_refused(setting, message):
    with pytest.raises(ValueError, match=message):
        FeatureSettings(**setting)


def test_no_documents_teach_nothing():
    with pytest.raises(InputError, match="no documents to learn from; give at least one"):
        fit([], FeatureSettings())


def test_no_documents_have_no_features():
    vocabulary, _ = fit([{"a": 1}], FeatureSettings())
    assert vocabulary.features([]).matrix().shape == (0, 0)


@given(collections)
def test_keys_of_features_are_those_of_path_and_atom(documents):
    _, features = fit(documents, FeatureSettings())
    _, other = fit([*documents[::-1], {"new": "first"}], FeatureSettings())

    def keyed(found):
        named = zip(found.feature_path, found.feature_atom, strict=True)
        pairs = [(found.paths[path], found.atoms[atom]) for path, atom in named]
        return dict(zip(map(repr, pairs), found.keys.tolist(), strict=True))

    here, there = keyed(features), keyed(other)
    assert len(set(here.values())) == len(here)
    assert all(there[pair] == number for pair, number in here.items() if pair in there)


# Numbers at fixed places, and subtrees wherever they hang


def test_the_positions_of_arrays_of_one_length_are_names():
    documents = [{"at": [i, -i], "all": list(range(i % 3))} for i in range(12)]
    vocabulary, _ = fit(documents, FeatureSettings())
    assert {"at[0]", "at[1]", "all[]"} <= {field.name for field in vocabulary.fields.values()}
    assert vocabulary.fields[(key("at"),)].why.startswith("always 2 numbers: positions are names; ")
    S = vocabulary.features([{"at": [3, -7]}, {"at": [7, -3]}]).matrix()
    assert float((S @ S.T).toarray()[0, 1]) < 0.8


@pytest.mark.parametrize("arrays", [[[1, 2]] * 9, [[1, 2]] * 9 + [[1]], [["a", "b"]] * 12, [[1, "b"]] * 12])
def test_positions_of_few_or_ragged_arrays_or_of_texts_are_not(arrays):
    vocabulary, _ = fit([{"at": array} for array in arrays], FeatureSettings())
    assert "at[0]" not in {field.name for field in vocabulary.fields.values()}


@pytest.mark.parametrize(
    ("arrays", "are_sets"),
    [
        ([["a", "b"], ["a", "b", "b", "c"]] * 5, True),
        ([[1, 2.5], [-3, 7, 7]] * 5, True),
        ([["a", "b"]] * 10 + [[], ["z"]], True),
        ([["a", "b"]] * 9, False),
        ([["a", "b"]] * 10 + [["b", "a"]], False),
        ([["a"]] * 12, False),
        ([["a", 1], [1, "a"]] * 6, False),
        ([[["a"], ["b"]]] * 12, False),
    ],
)
def test_arrays_that_always_ascend_are_bags(arrays, are_sets):
    documents = [{"tags": array, "n": i} for i, array in enumerate(arrays)]
    vocabulary, features = fit(documents, FeatureSettings())
    assert ((key("tags"), ARRAY) in vocabulary.sets) == are_sets
    in_tags = {path for path in features.paths if path[:2] == (key("tags"), ARRAY) and len(path) == 3}
    assert (in_tags == {(key("tags"), ARRAY, ITEM)}) == are_sets
    why = vocabulary.fields[(key("tags"),)].why
    assert ("ascend (at least 10): a bag" in why) == are_sets
    assert same(rows(vocabulary.features(documents)), rows(features))


def test_the_order_of_sets_counts_where_a_person_wants_sequences():
    documents = [{"tags": ["a", "b"]} for _ in range(12)]
    vocabulary, _ = fit(documents, FeatureSettings(arrays="sequence", **PLAIN))
    S = vocabulary.features([{"tags": ["a", "b"]}, {"tags": ["b", "a"]}]).matrix()
    assert float((S @ S.T).toarray()[0, 1]) == pytest.approx(0)


MOVED = [{"ship": {"to": {"city": "Oslo", "zip": "0150"}}}, {"bill": {"to": {"city": "Oslo", "zip": "0150"}}}]
ALIEN = {"bill": {"to": {"city": "Rome", "zip": "00100"}}}


@pytest.mark.parametrize("arrays", ARRAYS)
def test_a_subtree_that_moved_is_similar(arrays):
    similar, alien = (
        kernel([MOVED[0], other], arrays=arrays, structure=0.0)[0, 1] for other in (MOVED[1], ALIEN)
    )
    assert similar > 0.1
    assert alien < 0.02
    assert kernel(MOVED, arrays=arrays, elsewhere=0.0)[0, 1] == 0
    assert kernel(MOVED, arrays=arrays, weights="record")[0, 1] == 0


def test_more_of_it_counts_where_fewer_documents_have_the_field():
    _, features = fit([*MOVED, {}, {}], FeatureSettings(**PLAIN | {"elsewhere": 0.4}))
    # Each field is in one of four documents.
    assert features.moved.data == pytest.approx((0.4 * (1 - 1 / 5)) ** 0.5)
    path = (("anywhere",), key("city"))
    assert path in features.paths
    assert [kind for kind, *_ in (features.atoms[a] for a in features.feature_atom)].count("text") == 6


def test_weights_of_fields_can_be_changed_without_a_new_fit():
    documents = [{"a": {"x": i % 3, "y": i}, "b": {"x": i % 2}, "n": i} for i in range(60)]
    chosen = {"a.x": 0.0, "n": 2.5}
    for weights in WEIGHTS:
        settings = FeatureSettings(weights=weights)
        vocabulary, features = fit(documents, settings)
        expected = fit(documents, replace(settings, field_weights=tuple(chosen.items())))
        assert vocabulary.fields[(key("n"),)].weight == 0.1  # chosen by a rule, and replaced
        changed, weighed = vocabulary.weighing(features, chosen)
        assert changed.fields == expected[0].fields
        assert same(rows(weighed), rows(expected[1]))
        assert same(rows(changed.features(documents)), rows(expected[1]))
        with pytest.raises(ValueError, match="start from those chosen by rules"):
            changed.weighing(weighed, {})
        with pytest.raises(ValueError, match="no field 'c'"):
            vocabulary.weighing(features, {"c": 1.0})


def test_the_features_of_a_document_field_by_field_are_its_row():
    documents = [{"a": {"x": i % 3, "y": [i, "t"]}, "b": {"x": i % 2}, "x": 5} for i in range(20)]
    _, features = fit(documents, FeatureSettings())
    parts, fields = features.split(7)
    assert len(fields) == len(set(fields)) == parts.n_documents == 5
    whole = np.asarray((parts.L @ parts.T).sum(axis=0))
    expected = features.matrix(slice(7, 8)).toarray()[0]
    place = [
        np.flatnonzero((features.feature_path == path) & (features.feature_atom == atom))[0]
        for path, atom in zip(parts.feature_path, parts.feature_atom, strict=True)
    ]
    np.testing.assert_allclose(whole / np.linalg.norm(whole), expected[place], atol=1e-6)
