"""The benchmarks: their documents, and the plain recursion as an oracle for the encoder."""

import json

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from benchmarks import capacity, changes, explaining, ratios, searching, strokes
from benchmarks.claims import near_numbers, nested_arrays, values_apart
from benchmarks.encode import PlainRecursion, agreement, compare
from benchmarks.made import LEAVES, leaves, made
from vsaviz import features, schemes, shipped
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings

TRICKY = [
    {"a": {"b": 1, "a": [1, "1", True, None, {}, [], ""]}, "c": [[1, 2], [{"b": 2.5}, {"b": "red shirt"}]]},
    {"a": {"b": 2, "a": []}, "c": [[2, 1], []], "d": {"0": False, "1": [True, "true"]}},
    [1, [2, {"b": "red skirt"}]],
    "red",
    {"a": {"b": 1.0}, "c": None},
]


def test_made_documents_have_60_leaves():
    documents = made(700)
    assert {leaves(document) for document in documents} == {LEAVES} == {60}


@pytest.mark.parametrize(
    ("value", "n"), [(1, 1), ([], 1), ({}, 1), ([[], {}], 2), ({"a": [1, {"b": None}], "c": ""}, 3)]
)
def test_leaves_are_scalars_and_empty_containers(value, n):
    assert leaves(value) == n


def test_made_documents_follow_from_the_seed():
    assert made(20) == made(20)
    assert made(20, seed=1) != made(20)
    assert made(520)[:20] == made(20)


def test_made_documents_are_json_of_the_right_size():
    documents = made(500)
    texts = [json.dumps(document) for document in documents]
    assert [json.loads(text) for text in texts] == documents
    assert 1_700 < np.mean([len(text) for text in texts]) < 1_900
    assert len(set(texts)) == 500


def test_made_documents_fall_into_groups():
    """The group is drawn first, so that documents of one share their first number."""
    vectors = encode(*fitted(made(300)))
    group = (np.random.default_rng(0).random((512, 160))[:300, 0] * 6).astype(int)
    same = group[:, None] == group
    np.fill_diagonal(same, val=False)
    cosines = vectors @ vectors.T
    assert cosines[same].mean() > 1.5 * cosines[group[:, None] != group].mean()


def fitted(documents, dimensions=64, **settings):
    _, found = features.fit(documents, FeatureSettings(**settings))
    return found, schemes.create("mbat", dimensions)


@pytest.mark.parametrize("arrays", ["soft", "bag", "sequence"])
@pytest.mark.parametrize("documents", [made(20), TRICKY], ids=["made", "tricky"])
def test_the_encoder_equals_the_plain_recursion(documents, arrays):
    vocabulary, found = features.fit(documents, FeatureSettings(arrays=arrays, elsewhere=0.0))
    scheme = schemes.create("mbat", 64)
    recursion = PlainRecursion(scheme, vocabulary, documents)
    plain = np.array([recursion(document) for document in documents])
    np.testing.assert_allclose(encode(found, scheme), plain, atol=1e-4)


def test_another_order_of_the_steps_would_be_seen():
    documents = made(20)
    vocabulary, found = features.fit(documents, FeatureSettings(elsewhere=0.0))
    scheme = schemes.create("mbat", 64)
    recursion = PlainRecursion(scheme, vocabulary, documents)
    recursion.matrices = {role: matrix.T for role, matrix in recursion.matrices.items()}
    plain = np.array([recursion(document) for document in documents])
    cosine, difference = agreement(plain, encode(found, scheme))
    assert cosine < 0.9
    assert difference > 1e-2


def test_a_comparison_counts_what_it_says():
    found = compare(n=60, sample=6, dimensions=64)
    assert (found.n, found.sample, found.dimensions) == (60, 6, 64)
    assert found.least_cosine > 0.9999
    assert found.largest_difference < 1e-4
    assert 60 < found.products < 200
    assert found.ratio == pytest.approx(found.recursion * 60 / found.encode)
    assert found.ratio_of_transform < found.ratio


@pytest.mark.parametrize("claims", [nested_arrays, near_numbers, values_apart])
def test_claims_are_met(claims):
    assert [claim for claim in claims() if not claim.met] == []


# Capacity


@pytest.mark.parametrize("name", schemes.names())
def test_few_vectors_are_read_back_from_many_dimensions_and_many_not_from_few(name):
    large, small = capacity.Run.drawn(name, 900, 0), capacity.Run.drawn(name, 25, 0)
    assert large.read_items(4) == large.read_pairs(4) == 1
    assert small.read_items(30) < 0.8
    assert small.read_pairs(30) < 0.8


def test_the_dimension_for_15_lies_on_the_line_through_what_was_reached(monkeypatch):
    monkeypatch.setattr(capacity.Run, "read_items", lambda run, k: float(run.scheme.dimensions >= 40 * k))
    found = capacity.dimension_for("map-i", "read_items", range(1), 40)
    assert found == pytest.approx(40 * 15, rel=0.06)  # D goes in steps of squares


def test_the_tables_name_every_scheme_beside_its_published_figures():
    found = capacity.Found("hrr", (500.0, 480.0, 520.0), (515.0,), (0.7, 0.2), 30)
    lines = list(capacity.report([found]))
    assert "| hrr | 500 (480 to 520) | 514 | -3% | 515 | 515 | +0% | 3 × 30 |" in lines
    assert "| hrr | 0.70 | 0.71 | 0.71 | 0.20 | 0.21 | 0.18 |" in lines


# Changes and strokes: what the figures of the documentation say, on less


def test_a_change_changes_one_place_and_leaves_the_document():
    document = {"a": [{"b": 1}, 2], "c": 3}
    assert changes.put(document, ("a", 0, "b"), 9) == {"a": [{"b": 9}, 2], "c": 3}
    assert changes.without(document, ("a", 0)) == {"a": [2], "c": 3}
    assert changes.without(document, ("c",)) == {"a": [{"b": 1}, 2]}
    assert document == {"a": [{"b": 1}, 2], "c": 3}


@pytest.fixture(scope="module")
def halves():
    """Half of three collections, each with what is learnt from it."""
    found = [shipped.load(name).documents[::2] for name in ("products", "events", "clinical")]
    return [(documents, features.fit(documents, FeatureSettings())[0]) for documents in found]


@pytest.mark.parametrize("change", changes.CHANGES)
def test_a_small_change_costs_less_than_a_large_one(change, halves):
    enough = 0
    for documents, vocabulary in halves:
        exact, vectors = changes.held(vocabulary, changes.trials(documents, change, 60, seed=1))
        enough += len(exact)
        if exact:
            assert np.mean(exact) >= 0.9
            assert np.mean(vectors) >= 0.85
    assert enough >= 30


@pytest.mark.parametrize("form", strokes.FORMS)
def test_order_tells_strokes_apart_and_a_bag_does_not(form, monkeypatch):
    monkeypatch.setattr(strokes, "EACH", 12)
    assert strokes.accuracy(form, "as made", "soft") >= 0.9
    assert strokes.accuracy(form, "10 % of points dropped or doubled", "soft") >= 0.8
    assert strokes.accuracy(form, "as made", "bag") <= 0.2


# searching


def test_a_piece_has_the_leaves_that_it_is_made_of():
    for document in [*TRICKY, *made(3)]:
        every = searching.leaves(document)
        assert searching._held(searching.leaves(searching.piece(every))) == searching._held(every)
        assert len(searching.leaves(searching.piece(every[:3]))) == min(3, len(every))


def test_noise_is_of_2_percent_and_of_one_letter_a_word():
    draw = np.random.default_rng(0)
    for _ in range(50):
        assert searching.noisy(50, draw) in (49, 51)
        one, other = searching.noisy("letter 3 aa", draw).split(" 3 ")
        assert one != "letter"
        assert other != "aa"
        assert 5 <= len(one) <= 6
    assert [searching.noisy(value, draw) for value in (True, None, {}, "a 7")] == [True, None, {}, "a 7"]


def test_known_items_are_found(monkeypatch):
    monkeypatch.setattr(searching, "TRIALS", 10)
    found = searching.known_items(shipped.load("products").documents[:150])
    assert found.clean == found.clean_wide == 1
    assert found.noisy > 0.5
    assert found.by_vectors > 0.5
    assert len(list(searching.report({"products": found}))) == 4
    assert set(searching.seconds(200, 2)) == {"3 leaves", "10 leaves", "a whole document"}


# explaining


def test_few_outcomes_are_calibrated_by_hand():
    sure = [(0.95, True, 0.1)] * 9 + [(0.95, False, 0.1)]
    assert explaining.calibration(sure) == pytest.approx(0.05)
    both = [(0.95, True, 0.1)] * 10 + [(0.25, False, 0.1)] * 10
    assert explaining.calibration(both) == pytest.approx((0.05 + 0.25) / 2)


def test_explaining_is_measured_on_a_part(monkeypatch):
    parts = [(name, shipped.load(name).documents[:120]) for name in ("products", "events")]

    def few(weights):
        for name, documents in parts:
            yield name, documents, *features.fit(documents, features.FeatureSettings(weights=weights))

    monkeypatch.setattr(explaining, "collections", few)
    monkeypatch.setattr(schemes, "names", lambda: ["mbat", "bsc"])
    assert max(explaining.largest_error(6).values()) < 1e-5
    found, tried = explaining.changed_fields(20)
    assert 18 <= found <= tried == 20
    outcomes = explaining.decoded("record", 2048, 200)
    assert np.mean([right for _, right, share in outcomes if share >= 0.01]) > 0.85
    assert all(0 <= said <= 1 + 1e-9 and 0 <= share <= 1 for said, _, share in outcomes)
    large, every, more, _ = explaining.reconstructed("products", 1024, 2)
    assert min(large, every) > 0.8
    assert more < 0.2


@threadpool_limits.wrap(limits=1)  # threads of several processes would wait for each other
def test_ratios_name_the_rival_and_say_where_the_time_goes(monkeypatch):
    monkeypatch.setattr("benchmarks.rivals.gc.collect", lambda: 0)  # half a second here, and forty times
    lines = [json.dumps(document).encode() for document in made(30)]
    found = list(ratios.against_parsers(lines, 64))
    assert [one.asked for one in found if one.asked] == [0.5, 0.5, 0.15, 0.15]
    assert found[0].ratio == pytest.approx(found[0].theirs.wall / found[0].ours.wall)
    shares = list(ratios.stages(lines, 64))
    assert sum(part.share for part in shares) == pytest.approx(len(ratios.SETTINGS))
    sizes = list(ratios.growth(made(30), [20, 40], 64))
    found += ratios.neighbors(40, 3, 64)
    assert found[-1].documents == 3
    placed = list(ratios.projections(made(20), 64))
    table = "\n".join(ratios.report(ratios.Measured(1.0, found, shares, sizes, placed)))
    assert f"| bag, words, fitted | json.loads | 30 | {found[4].ours.wall:.3g}" in table
    assert "| defaults | 40 |" in table
    assert "| pca | 20 |" in table
