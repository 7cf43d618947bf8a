"""What rules choose for a field beside its weight, why, and that a person can overrule them."""

import pickle
from dataclasses import replace
from math import log

import numpy as np
import pytest

from vsaviz import JSONVectorizer
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.constants import PRESENT
from vsaviz.features.paths import ARRAY, ITEM, key
from vsaviz.features.rules import MEASURED, SHARED, TELLING, Lengths, Signals, division, presence, rarity

COLORS = [f"colour {i}" for i in range(12)]


def documents(n=120, *, name="color", texts=COLORS, every=1):
    """n documents with a number, and every so many of them with one of the texts."""
    return [
        {"n": i / 7} | ({name: texts[i // every % len(texts)]} if i % every == 0 else {}) for i in range(n)
    ]


def fields(given, **settings):
    return {field.name: field for field in fit(given, FeatureSettings(**settings))[0].fields.values()}


def weights_of(features, name):
    """The weight in T of each atom of a field at the root of documents."""
    at = features.paths.index((key(name),))
    return {
        features.atoms[features.feature_atom[column]]: float(weight)
        for column, weight in zip(features.T.indices, features.T.data, strict=True)
        if features.feature_path[column] == at
    }


def share(structure, lacking):
    """What presence has where such a share of documents lacks the field."""
    return structure * lacking / (structure * lacking + 1 - structure)


# The share of presence


def test_the_presence_of_a_key_has_less_where_more_documents_have_it():
    everywhere, half, rare = (fields(documents(every=every))["color"] for every in (1, 2, 40))
    assert everywhere.structure == pytest.approx(share(0.15, 1 - 120 / 130))
    assert half.structure == pytest.approx(share(0.15, 1 - 60 / 130))
    assert rare.structure == pytest.approx(share(0.15, 1 - 3 / 130))
    assert "in 60 of 120 documents → structure 0.087" in half.why


def test_a_handful_of_documents_say_little_of_what_all_have():
    assert presence(Signals("text", 2, 2, 2, 2), 0.2)[0] == pytest.approx(share(0.2, 10 / 12))
    assert presence(Signals("text", 990, 990, 3, 3), 0.2)[0] == pytest.approx(share(0.2, 0.01))


def test_all_or_nothing_stays_what_it_is():
    for documents_ in (1, 50, 100):
        signals = Signals("text", 100, documents_, 5, 100)
        assert [presence(signals, structure)[0] for structure in (0.0, 1.0)] == [0.0, 1.0]


def test_the_share_is_that_of_presence_and_the_rest_that_of_the_value():
    given = [{"a": True} if i % 2 else {"b": True} for i in range(40)]
    settings = {"structure": 0.5, "idf": 0.0, "elsewhere": 0.0}
    found = weights_of(fit(given, FeatureSettings(**settings))[1], "a")
    of_key = share(0.5, 1 - 20 / 50)
    assert found == pytest.approx({PRESENT: of_key**0.5, ("true",): (1 - of_key) ** 0.5})


# The power of rarity


@pytest.mark.parametrize(
    ("signals", "times"),
    [
        (Signals("text", 100, 100, 20, 100), TELLING),
        (Signals("text", 100, 51, 20, 100), TELLING),
        (Signals("text", 100, 50, 20, 100), 1),
        (Signals("text", 300, 300, 99, 300), TELLING),
        (Signals("text", 300, 300, 100, 300), 1),
        (Signals("enumeration", 100, 100, 5, 100), 1),
        (Signals("long text", 100, 100, 20, 100), 1),
        (Signals("boolean", 100, 100, 2, 100), 1),
        (Signals("mixed", 100, 100, 2, 100), 1),
        (Signals("number", 100, 51, 5, 100), MEASURED),
        (Signals("number", 100, 50, 5, 100), 1),
        (Signals("date", 100, 100, 100, 100), MEASURED),
        (Signals("coordinates", 100, 100, 100, 100), MEASURED),
        (Signals("number as text", 100, 100, 100, 100), MEASURED),
    ],
)
def test_in_most_documents_texts_that_repeat_count_more_and_what_is_measured_less(signals, times):
    chosen, why = rarity(signals, 0.8)
    assert chosen == pytest.approx(0.8 * times)
    assert bool(why) == (times != 1)


def test_the_reason_has_what_was_measured_and_the_thresholds():
    field = fields(documents())["color"]
    assert (field.kind, field.idf) == ("enumeration", 0.8)
    field = fields(documents(110))["color"]
    assert field.kind == "text"
    assert field.idf == pytest.approx(0.9)
    assert field.why == (
        "in 110 of 110 documents → structure 0.014; 12 of 110 texts distinct (below a third), in 100 % of "
        "documents (above 50 %) → idf 0.9"
    )
    assert fields(documents(110))["n"].why.endswith(
        "on a scale, in 100 % of documents (above 50 %) → idf 0.7"
    )


def test_the_power_is_that_of_the_values_of_the_field_and_not_of_its_key():
    n = 110
    settings = FeatureSettings(strings="exact", structure=0.5)
    _, features = fit(documents(n, texts=COLORS[:-1]), settings)  # ten of each
    found, evidence = weights_of(features, "color"), n / (n + 10)
    of_key = share(0.5, 1 - n / (n + 10))
    assert found[("text", COLORS[0])] == pytest.approx(
        (1 - of_key) ** 0.5 * log(111 / 10) ** (0.8 * evidence)
    )
    _, features = fit(documents(n, texts=COLORS), settings)  # too few of each for an enumeration
    found = weights_of(features, "color")
    assert found[("text", COLORS[0])] == pytest.approx(
        (1 - of_key) ** 0.5 * log(111 / 10) ** (0.9 * evidence)
    )
    assert found[PRESENT] == pytest.approx(of_key**0.5 * log(111 / 110) ** evidence)


# All rules


def test_no_rule_looks_at_a_name():
    names = ("color", "id", "x", "description")
    assert len({fields(documents(110, name=name))[name].why for name in names}) == 1


def test_records_are_not_weighed_and_no_rule_chooses_there():
    for field in fields(documents(110), weights="record").values():
        assert (field.structure, field.idf) == (0.15, 0.8)
        assert "→" not in field.why


def test_fields_chosen_for_similarity_are_full_where_their_documents_are_read_as_records():
    vocabulary, _ = fit(documents(110), FeatureSettings())
    records = replace(vocabulary, settings=FeatureSettings(weights="record"))
    row = weights_of(records.features(documents(110)), "color")
    assert row[PRESENT] == pytest.approx(0.15**0.5)


def test_what_the_collection_has_is_where_rules_start():
    field = fields(documents(110), structure=0.5, idf=0.4)["color"]
    assert field.structure == pytest.approx(share(0.5, 1 - 110 / 120))
    assert field.idf == pytest.approx(0.45)


# By hand


def test_a_person_can_decide_otherwise():
    given = documents(110)
    plain, chosen = (
        fit(given, FeatureSettings(field_settings=triples))
        for triples in ((), (("color", "idf", 0.0), ("color", "structure", 0.4)))
    )
    field = chosen[0].fields[(key("color"),)]
    assert (field.structure, field.idf) == (0.4, 0.0)
    assert field.why.endswith("; idf set by hand; structure set by hand")
    assert chosen[0].fields[(key("n"),)] == plain[0].fields[(key("n"),)]
    assert weights_of(chosen[1], "n") == weights_of(plain[1], "n")
    found = weights_of(chosen[1], "color")
    presence_alone = log(111 / 110) ** (110 / 120)
    assert found[PRESENT] == pytest.approx(0.4**0.5 * presence_alone)
    # Words and trigrams in full, with rarity of power 0: what is left is the value's share.
    leaf = chosen[1].leaf_path.tolist().index(chosen[1].paths.index((key("color"),)))
    row = chosen[1].T[[leaf]].toarray()[0]
    assert row @ row - (0.4**0.5 * presence_alone) ** 2 == pytest.approx(0.6)


def test_an_unknown_field_is_refused_with_near_names():
    with pytest.raises(ValueError, match="field_settings: no field 'colour' in these documents; near: color"):
        fit(documents(), FeatureSettings(field_settings=(("colour", "idf", 1.0),)))


def test_weights_by_hand_leave_the_rest_as_it_was_chosen():
    vocabulary, features = fit(documents(110), FeatureSettings(field_settings=(("n", "idf", 0.3),)))
    changed, _ = vocabulary.weighing(features, {"color": 2.0})
    before, after = vocabulary.fields[(key("color"),)], changed.fields[(key("color"),)]
    assert (after.structure, after.idf, after.weight) == (before.structure, before.idf, 2.0)
    assert after.why == f"{before.why}; weight set by hand"
    assert changed.fields[(key("n"),)].idf == 0.3


def test_documents_and_values_alone_are_written_as_those_that_were_fitted():
    given = documents(110)
    settings = FeatureSettings(field_settings=(("n", "structure", 0.6), ("n", "idf", 0.2)))
    vocabulary, fitted = fit(given, settings)
    for name in ("color", "n"):
        expected = weights_of(fitted, name)
        assert weights_of(vocabulary.features(given), name) == pytest.approx(expected)
        values = list(dict.fromkeys(document[name] for document in given))
        assert weights_of(vocabulary.written((key(name),), values), name) == pytest.approx(expected)


def test_an_encoder_with_settings_of_fields_is_copied_and_pickled():
    by_hand = {"color": {"idf": 0.2}, "n": {"structure": 0.5, "idf": 1}}
    vectorizer = JSONVectorizer(dimensions=64, field_settings=by_hand).fit(documents())
    assert vectorizer.get_params()["field_settings"] == by_hand
    again = pickle.loads(pickle.dumps(vectorizer))  # noqa: S301 - our own
    of = JSONVectorizer.of(vectorizer.vocabulary_, dimensions=64)
    assert of.field_settings == by_hand
    plain = JSONVectorizer(dimensions=64).fit_transform(documents())
    rows = vectorizer.transform(documents())
    assert abs(rows - plain).max() > 0.01
    for other in (again, of):
        np.testing.assert_array_equal(other.transform(documents()), rows)
        assert other.fields_ == vectorizer.fields_


# Balance


def bags(lengths):
    """A document for each length, with so many tags and one name."""
    return [
        {"name": f"n{i % 7}", "tags": [f"t{(i + j) % 31}" for j in range(n)]} for i, n in enumerate(lengths)
    ]


UNEVEN = [1] * 45 + [60] * 5


def test_arrays_whose_lengths_vary_much_divide_their_weight_more_evenly():
    even, uneven = (fields(bags(lengths))["tags"] for lengths in ([3] * 50, UNEVEN))
    assert (even.balance, uneven.balance) == (0.33, pytest.approx(0.33 * SHARED))
    assert uneven.why.endswith("lengths vary by 2.6 times their mean (above 1) → balance 0.49")
    assert "balance" not in even.why


@pytest.mark.parametrize(
    ("lengths", "chosen"),
    [
        (Lengths(10, 2.0, 2.1), 0.6),
        (Lengths(10, 2.0, 2.0), 0.4),
        (Lengths(9, 2.0, 9.0), 0.4),
        (None, 0.4),
    ],
)
def test_the_balance_follows_from_how_lengths_vary(lengths, chosen):
    assert division(Signals("array", 50, 50, 1, 50, lengths), 0.4)[0] == pytest.approx(chosen)
    assert division(Signals("array", 50, 50, 1, 50, lengths), 1.0)[0] == 1.0


def test_the_balance_is_how_items_share_the_weight_of_their_array():
    given = {"structure": 0.0, "elsewhere": 0.0, "arrays": "bag", "idf": 0.0, "strings": "exact"}
    vocabulary, features = fit(bags(UNEVEN), FeatureSettings(**given))
    again = vocabulary.features(bags(UNEVEN))
    for found in (features, again):
        L, place = found.L.tocsr(), found.leaf_path
        of_item = np.unique(
            L[[49]].data[place[L[[49]].indices] == found.paths.index((key("tags"), ARRAY, ITEM))]
        )
        # Sixty items over 31 values: one or two of each.
        assert of_item / 2**-0.33 == pytest.approx(np.array([1, 2]) * 60 ** -(0.33 * SHARED))


def test_a_person_decides_how_arrays_divide_their_weight():
    by_hand = {"field_settings": (("tags", "balance", 0.0),)}
    assert fields(bags(UNEVEN), **by_hand)["tags"].balance == 0.0
    with pytest.raises(ValueError, match="field 'name' holds no arrays"):
        fields(bags(UNEVEN), field_settings=(("name", "balance", 0.5),))
    with pytest.raises(ValueError, match="balance of field 'tags' must be between 0 and 1, got 2"):
        FeatureSettings(field_settings=(("tags", "balance", 2),))


def test_documents_that_can_be_read_once_only_are_read_as_others():
    one, other = (fit(given, FeatureSettings())[1].L for given in (bags(UNEVEN), iter(bags(UNEVEN))))
    assert abs(one - other).max() == 0
