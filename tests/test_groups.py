"""What sets a group apart: effects by plain loops and published tables; nothing twice, nothing by chance."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from strategies import collections, values

from vsaviz import InputError, JSONVectorizer
from vsaviz.groups import Difference, Groups, explain_group, typical
from vsaviz.groups.levels import Ladder, of_levels
from vsaviz.groups.shares import fisher, of_shares

# Shares


@pytest.mark.parametrize(
    ("one", "n", "other", "m", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_intervals_of_shares_are_those_that_newcombe_published(one, n, other, m, low, high):
    found = of_shares(np.array([one]), np.array([one + other]), n, n + m)
    assert found.effect[0] == pytest.approx(one / n - other / m)
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), abs=6e-5)


def test_the_exact_test_equals_scipy_s_on_every_small_table():
    for n, m in [(1, 9), (4, 4), (5, 8), (12, 3)]:
        tables = [(x, x + y) for x in range(n + 1) for y in range(m + 1) if x + y]
        inside, total = np.array(tables).T
        expected = [stats.fisher_exact([[x, n - x], [k - x, m - k + x]]).pvalue for x, k in tables]
        np.testing.assert_allclose(fisher(inside, total, n, n + m), expected, rtol=1e-9)


def test_the_exact_test_equals_scipy_s_on_large_tables():
    draw = np.random.default_rng(0)
    n, every = 5_000, 50_000
    total = draw.integers(3, every, 40)
    inside = draw.hypergeometric(total, every - total, n)
    expected = [
        stats.fisher_exact([[x, n - x], [k - x, every - n - k + x]]).pvalue
        for x, k in zip(inside, total, strict=True)
    ]
    np.testing.assert_allclose(fisher(inside, total, n, every), expected, rtol=1e-6)


@pytest.mark.parametrize(("p", "q", "n", "m"), [(0.5, 0.5, 30, 60), (0.9, 0.6, 40, 40), (0.1, 0.02, 50, 500)])
def test_intervals_of_shares_hold_the_truth_as_often_as_they_say(p, q, n, m):
    draw = np.random.default_rng(1)
    inside, outside = draw.binomial(n, p, 4_000), draw.binomial(m, q, 4_000)
    found = of_shares(inside, np.maximum(inside + outside, 1), n, n + m)
    assert np.mean((found.low <= p - q) & (p - q <= found.high)) == pytest.approx(0.95, abs=0.025)


# Levels


def compared(one, other):
    """The effect of one field's levels, from a ladder with one rung for each different value."""
    rungs, which = np.unique(np.concatenate([one, other]), return_inverse=True)
    inside = np.bincount(which[: len(one)], minlength=len(rungs))
    total = np.bincount(which, minlength=len(rungs))
    return of_levels(inside, total, Ladder(rungs.astype(float), np.array([0])))


levels = st.lists(st.integers(0, 6), min_size=2, max_size=12)


@given(levels, levels)
def test_the_effect_of_levels_is_cliff_s_delta_by_the_double_loop(one, other):
    found = compared(one, other)
    delta = np.mean([np.sign(x - y) for x in one for y in other])
    assert found.effect[0] == pytest.approx(delta, abs=1e-12)
    assert -1 <= found.low[0] <= found.effect[0] + 1e-12
    assert found.effect[0] - 1e-12 <= found.high[0] <= 1
    assert found.inside[0] == sorted(one)[(len(one) - 1) // 2]
    assert found.outside[0] == sorted(other)[(len(other) - 1) // 2]


@given(levels, levels)
def test_the_probability_of_levels_is_that_of_mann_and_whitney(one, other):
    if len(set(one + other)) > 1:
        expected = stats.mannwhitneyu(one, other, method="asymptotic").pvalue
        assert compared(one, other).p[0] == pytest.approx(expected, rel=1e-9)
    else:
        assert compared(one, other).p[0] == 1


@given(levels, levels)
def test_levels_of_swapped_groups_have_the_other_sign(one, other):
    here, there = compared(one, other), compared(other, one)
    np.testing.assert_allclose(here.effect, -there.effect, atol=1e-12)
    np.testing.assert_allclose([here.low, here.high], [-there.high, -there.low], atol=1e-12)
    np.testing.assert_allclose(here.p, there.p, rtol=1e-9)


def test_several_fields_are_compared_as_each_alone():
    parts = [([1, 2, 2, 9], [3, 3, 4]), ([5, 5], [5, 6]), ([-1.5, 0], [0, 1, 2])]
    rungs, inside, total, starts = [], [], [], []
    for one, other in parts:
        values, which = np.unique(np.concatenate([one, other]), return_inverse=True)
        starts.append(len(rungs))
        rungs += values.tolist()
        inside += np.bincount(which[: len(one)], minlength=len(values)).tolist()
        total += np.bincount(which, minlength=len(values)).tolist()
    ladder = Ladder(np.array(rungs, float), np.array(starts))
    together = of_levels(np.array(inside), np.array(total), ladder)
    for row, (one, other) in enumerate(parts):
        alone = compared(one, other)
        for name in ("inside", "outside", "effect", "low", "high", "p", "n_inside", "n_outside"):
            assert getattr(together, name)[row] == pytest.approx(getattr(alone, name)[0]), name


@pytest.mark.parametrize(
    ("shift", "spread", "n", "m"),
    [(0, 1, 20, 60), (1, 1, 25, 25), (0, 6, 40, 40), (0, 6, 120, 30), (2, 1, 30, 90)],
)
def test_intervals_of_levels_hold_the_truth_as_often_as_they_say(shift, spread, n, m):
    draw = np.random.default_rng(2)
    truth = 2 * stats.norm.cdf(shift / np.hypot(1, spread)) - 1
    held = 0
    for _ in range(1_000):
        found = compared(draw.normal(shift, spread, n), draw.normal(0, 1, m))
        held += found.low[0] <= truth <= found.high[0]
    assert held / 1_000 == pytest.approx(0.95, abs=0.03)


def test_groups_that_do_not_overlap_are_not_taken_for_certain():
    few, many = (compared(list(range(n)), list(range(n, 2 * n))) for n in (4, 400))
    assert (few.effect[0], few.low[0]) == (-1, -1)
    assert -0.1 < few.high[0] < 0.1
    assert many.high[0] < -0.97


# What is told


def told(group, rest, most=20):
    return explain_group(group, rest, most)


def by_label(group, rest):
    return {one.label: one for one in told(group, rest)}


def some(n, seed=0, **fields):
    """Documents whose fields are drawn: by calls, or from lists."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    return [
        {name: make(draw) if callable(make) else draw.choice(make) for name, make in fields.items()}
        for _ in range(n)
    ]


def test_a_value_a_word_and_a_level_are_told():
    texts = ["a fine day with {0}", "why {0} or {1}", "{1} again and {0}", "{1} in full"]

    def note(word):
        return lambda draw: draw.choice(texts).format(word, draw.random())

    group = some(40, 1, kind=["x", "x", "x", "y"], note=note("fever"), age=range(50, 90))
    rest = some(80, 2, kind=["y", "z"], note=note("cough"), age=range(20, 60))
    found = by_label(group, rest)
    assert {'kind = "x"', 'note has "fever"', 'note has "cough"', "age"} <= found.keys()
    value, word, age = found['kind = "x"'], found['note has "fever"'], found["age"]
    assert (value.field, value.kind, value.value) == ("kind", "value", "x")
    assert value.inside == value.effect == np.mean([one["kind"] == "x" for one in group])
    assert value.outside == 0
    assert (word.kind, word.value, word.compared) == ("word", "fever", (40, 80))
    assert word.inside == np.mean(["fever" in one["note"] for one in group])
    assert (age.kind, age.value) == ("level", None)
    assert age.inside == sorted(one["age"] for one in group)[19]
    assert age.effect == pytest.approx(np.mean([np.sign(x["age"] - y["age"]) for x in group for y in rest]))


def test_what_the_same_documents_have_is_told_once_with_the_names_of_the_other_fields():
    group = [{"deep": {"er": i % 2 > 0}, "kind": "x", "note": f"{i} with fever", "all": 0} for i in range(20)]
    rest = [{"kind": "y", "note": f"{i} of nothing", "all": 0} for i in range(20)]
    one, *others = told(group, rest)
    assert not [other for other in others if abs(other.effect) == 1]
    assert (one.label, one.also) == ('kind = "x"', ("deep", "note", "deep.er"))


def test_a_mere_presence_is_told_where_it_differs_alone():
    group = [{"id": i, "gift": f"w{i} q{i}"} for i in range(20)]
    rest = [{"id": i} for i in range(20)]
    (one,) = told(group, rest)
    assert (one.label, one.told, one.value) == ("gift is there", "100 % against 0 %", None)
    assert told(group, [{**one, "gift": f"z{i}"} for i, one in enumerate(rest)]) == []


def test_a_value_of_some_item_is_one_of_the_array():
    group = [{"tags": ["new", "red"]}, {"tags": ["red", "old", "red"]}] * 10
    rest = [{"tags": ["old"]}, {"tags": []}, {"tags": ["new", "old"]}] * 10
    found = by_label(group, rest)
    assert found['tags[] = "red"'].told == "100 % against 0 %"
    assert found["tags[] is there"].told == "100 % against 67 %"
    assert "tags = []" not in found


def test_an_array_stands_at_the_median_of_its_items():
    group = [{"n": [i, 1_000 + i, 1_000 + i]} for i in range(30)]
    rest = [{"n": [100 + i, 200 + i]} for i in range(30)]
    (one,) = told(group, rest)
    assert (one.label, one.inside, one.outside, one.effect) == ("n[]", 1014, 114, 1)


def test_positions_that_are_names_are_fields_of_their_own():
    place = [{"at": [i % 7, 50 + i % 31]} for i in range(60)], [{"at": [i % 7, i % 31]} for i in range(60)]
    assert [one.label for one in told(*place)] == ["at[1]"]


def test_dates_are_compared_as_times():
    group = [{"born": f"19{60 + i % 20}-05-0{1 + i % 9}"} for i in range(40)]
    rest = [{"born": f"19{10 + i % 20}-01-0{1 + i % 9}"} for i in range(40)]
    (one,) = told(group, rest)
    assert (one.label, one.kind, one.dated, one.effect) == ("born", "level", True, 1)
    assert one.told.startswith("1969-05-")
    assert " against 1919-01-" in one.told


def test_constants_and_numbers_stay_what_they_are():
    kept = [None, True, False, [], {}, "1", 1]
    for value in kept:
        group = [{"v": value}] * 12
        rest = [{"v": other} for other in kept if type(other) is not type(value)] * 6
        first = told(group, rest)[0]
        assert first.kind == "value"
        assert (type(first.value), first.value) == (type(value), value)
        assert (first.inside, first.outside) == (1, 0)
        assert first.label.startswith("v = ")


def test_a_switch_is_told_once_and_numbers_as_values_or_as_a_level():
    group = [{"open": i % 10 > 0, "stars": 4 + i % 2, "code": 404} for i in range(60)]
    rest = [{"open": i % 10 == 0, "stars": 1 + i % 4, "code": [200, 500][i % 2]} for i in range(60)]
    found = told(group, rest)
    assert [one.label for one in found if one.field == "open"] == ["open = true"]
    assert [one.label for one in found if one.field == "code"] == ["code = 404", "code = 200", "code = 500"]
    assert [one.label for one in found if one.field == "stars"] == ["stars"]


def test_null_and_the_keys_that_are_then_missing_are_told_once():
    group = [{"range": None} for _ in range(20)]
    rest = [{"range": {"from": i, "to": i + 1}} for i in range(20)]
    assert [one.label for one in told(group, rest)] == ["range = null"]


def test_of_fields_within_one_another_the_presence_of_one_is_told():
    rest = [{"a": {"b": {f"k{i % 5}": f"w{i}"}}} if i % 8 else {"a": {"c": f"v{i}"}} for i in range(40)]
    found = [one for one in told([{"z": f"u{i}"} for i in range(40)], rest) if one.kind == "presence"]
    assert [(one.field, one.effect) for one in found] == [("z", 1), ("a", -1)]


def test_what_nearly_the_same_documents_have_of_one_field_is_told_once():
    group = [{"by": f"the artist {i} of old London" + " town" * (i > 1)} for i in range(40)]
    rest = [{"by": f"somebody {i} else"} for i in range(40)]
    labels = [one.label for one in told(group, rest)]
    assert 'by has "artist"' in labels
    assert 'by has "town"' not in labels


def test_what_fewer_than_three_documents_have_is_never_told():
    for n, m in [(1, 30), (2, 30), (2, 2)]:
        assert not [one for one in told([{"k": "x"}] * n, [{"k": "y"}] * m) if one.value == "x"]


def test_a_level_that_hardly_a_document_has_is_not_told():
    group = [{"n": 100 + i} if i < 9 else {} for i in range(100)]
    rest = [{"n": i} for i in range(100)]
    assert not [one for one in told(group, rest) if one.kind == "level"]
    (one,) = [one for one in told([*group[:9], *group[:2]], rest) if one.kind == "level"]
    assert one.compared == (11, 100)


@given(st.lists(values, min_size=1, max_size=8))
def test_equal_groups_differ_in_nothing(documents):
    assert told(documents, documents) == []


def test_by_chance_hardly_anything_is_told():
    fields = {f"f{i}": "abcde" for i in range(30)} | {f"n{i}": lambda draw: draw.random() for i in range(10)}
    n = sum(len(told(some(60, seed, **fields), some(200, seed + 100, **fields))) for seed in range(20))
    assert n <= 3


@pytest.fixture
def halves(orders):
    """Orders of which the first half is dearer, and one of a few more kinds."""
    group = [{**one, "price": 200 + row, "kind": "a"} for row, one in enumerate(orders[:15])]
    return group, [{**one, "kind": "bc"[row % 2]} for row, one in enumerate(orders[15:])]


def test_the_order_of_documents_and_keys_does_not_matter(halves):
    group, rest = halves
    expected = told(group, rest)
    assert len(expected) >= 2
    backwards = [dict(reversed(one.items())) for one in reversed(rest)]
    assert told(group[::-1], backwards) == expected


def test_swapped_groups_have_the_other_sign(halves):
    here, there = told(*halves), told(*halves[::-1])
    sizes = [[round(abs(one.effect), 9) for one in found] for found in (here, there)]
    assert sizes[0] == sizes[1]
    mirrored = {one.label: one for one in there}
    both = [(one, mirrored[one.label]) for one in here if one.label in mirrored]
    assert len(both) >= 2
    for one, other in both:
        turned = replace(
            other,
            inside=other.outside,
            outside=other.inside,
            compared=other.compared[::-1],
            effect=-other.effect,
            low=-other.high,
            high=-other.low,
        )
        for name in ("inside", "outside", "effect", "low", "high", "compared"):
            assert getattr(one, name) == pytest.approx(getattr(turned, name), abs=1e-12)


def test_differences_are_certain_and_the_largest_come_first(halves):
    found = told(*halves)
    effects = [abs(one.effect) for one in found]
    assert effects == sorted(effects, reverse=True)
    assert all(one.p <= 0.05 and one.low <= one.effect <= one.high for one in found)
    assert all(not one.low <= 0 <= one.high for one in found)
    assert told(*halves, most=1) == found[:1]


def test_rows_of_a_prepared_collection_are_explained_as_the_group_that_they_are(halves):
    group, rest = halves
    documents = [one for pair in zip(group, rest, strict=True) for one in pair]
    prepared = Groups(documents)
    assert prepared.differences(range(0, 30, 2)) == told(group, rest)
    assert prepared.differences(np.arange(1, 30, 2)) == told(rest, group)


@given(collections, collections)
def test_any_documents_can_be_explained(group, rest):
    for one in told(group * 6, rest * 6):
        assert isinstance(one, Difference)
        assert one.label
        assert " against " in one.told
        assert -1 <= one.low <= one.effect <= one.high <= 1
        assert type(one.effect) is type(one.p) is float


def test_a_group_or_a_rest_without_documents_is_an_error():
    with pytest.raises(InputError, match="no documents; select"):
        explain_group([], [{}])
    with pytest.raises(InputError, match="leave some out"):
        explain_group([{}], [])
    prepared = Groups([{}, {}])
    with pytest.raises(InputError, match="no documents; select"):
        prepared.differences([])
    with pytest.raises(InputError, match="all 2 documents"):
        prepared.differences([0, 1, 1])
    for rows in ([2], [-1], [0.5], [True, False]):
        with pytest.raises(ValueError, match=r"in 0\.\.1, got"):
            prepared.differences(rows)
    with pytest.raises(ValueError, match="got 0"):
        prepared.differences([0], most=0)


@pytest.mark.parametrize(
    ("level", "text"),
    [(1985.0, "1985"), (29_259.0, "29,259"), (0.1 + 0.2, "0.3"), (-5.0, "-5"), (1e300, "1e+300")],
)
def test_levels_are_written_for_people(level, text):
    one = Difference("n", "level", None, level, level, 0, 0, 0, 0)
    assert one.told == f"{text} against {text}"


# Typical and odd


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("n", [3, 4, 7, 30, 5_000])
def test_the_typical_row_and_the_odd_ones_are_those_of_the_plain_loop(n):
    rows = unit(np.random.default_rng(n).normal(size=(n, 16)) + 0.5).astype(np.float32)
    if n < 100:
        means = [np.mean([float(a @ b) for j, b in enumerate(rows) if j != i]) for i, a in enumerate(rows)]
    else:
        means = ((rows.astype(float) @ rows.astype(float).T).sum(axis=1) - 1) / (n - 1)
    found = typical(rows)
    assert found.row == np.argmax(means)
    assert found.odd == np.argsort(means)[: min(3, (n - 1) // 2)].tolist()


def test_of_one_or_two_documents_the_first_is_typical_and_none_odd():
    for n in (1, 2):
        found = typical(np.eye(n, 3))
        assert (found.row, found.odd) == (0, [])


def test_ties_keep_the_order_of_rows():
    found = typical([[0.0, 1.0], *[[1.0, 0.0]] * 4, [0.0, 1.0]])
    assert (found.row, found.odd) == (1, [0, 5])


def test_a_row_s_own_length_does_not_make_it_typical():
    assert typical([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]).row == 0


def test_no_vectors_have_no_typical_one():
    with pytest.raises(ValueError, match="no vectors"):
        typical(np.empty((0, 4)))


def test_the_vectorizer_tells_the_same():
    docs, rest = [{"a": "x", "n": i} for i in range(12)], [{"a": "y", "n": i} for i in range(12)]
    assert JSONVectorizer().explain_group(docs, rest) == explain_group(docs, rest) != []
