"""Learning from parts: states merge to that of the whole, samples are uniform, counts exact or bounded."""

import json
from itertools import pairwise

import numpy as np
import pytest

from vsaviz import JSONVectorizer, features
from vsaviz.errors import InputError
from vsaviz.features import FeatureSettings
from vsaviz.features.frequencies import document_frequencies
from vsaviz.learning import FitState, Frequencies, of_all
from vsaviz.learning.sample import Drawn, Sample, drawn

DOCUMENTS = [
    {"id": f"p-{i}", "kind": ["bird", "fish", "tree"][i % 3], "n": i * i % 71, "tags": ["x", "y"][: i % 3]}
    for i in range(90)
]
SETTINGS = FeatureSettings()


def same(one, other):
    """Two vocabularies that weigh and write alike."""
    assert one.n_documents == other.n_documents
    assert one.fields == other.fields
    assert one.codings == other.codings
    np.testing.assert_array_equal(one.keys, other.keys)
    np.testing.assert_array_equal(one.frequencies, other.frequencies)


def rows(state):
    return [(one.source, one.row) for one in state._sample.taken()]


@pytest.mark.parametrize("cuts", [(0, 90), (0, 1, 90), (0, 30, 60, 90)])
@pytest.mark.parametrize("backwards", [False, True])
def test_blocks_merged_teach_what_all_teach(cuts, backwards):
    parts = [FitState(row=start).add(DOCUMENTS[start:stop]) for start, stop in pairwise(cuts)]
    first, *others = parts[::-1] if backwards else parts
    merged = first.merged(*others)
    assert merged.complete
    assert merged.documents() == DOCUMENTS
    same(merged.fit(SETTINGS), features.fit(DOCUMENTS, SETTINGS)[0])


def test_lines_and_documents_teach_the_same():
    lines = [json.dumps(one).encode() for one in DOCUMENTS]
    same(FitState().add_lines(lines).fit(SETTINGS), FitState().add(DOCUMENTS).fit(SETTINGS))


@pytest.mark.parametrize("bounds", [{"most": 20}, {"most_bytes": 1200}, {"most": 12, "most_bytes": 1500}])
def test_beyond_the_bounds_the_sample_does_not_hang_on_parts_or_order(bounds):
    whole = FitState("f", **bounds).add(DOCUMENTS)
    assert 0 < len(rows(whole)) < 90
    assert not whole.complete
    assert len(rows(whole)) <= bounds.get("most", 90)
    assert sum(one.size for one in whole._sample.taken()) <= bounds.get("most_bytes", 10**9)
    for step in (1, 7, 44):
        parts = [
            FitState("f", start, **bounds).add(DOCUMENTS[start : start + step])
            for start in range(0, 90, step)
        ]
        order = np.random.default_rng(step).permutation(len(parts))
        merged = FitState("f", **bounds).merged(*(parts[i] for i in order))
        assert merged.n_documents == 90
        assert rows(merged) == rows(whole)
        assert merged.documents() == [DOCUMENTS[row] for _, row in rows(whole)]
    chosen = sorted(range(90), key=lambda row: drawn("f", row))[: len(rows(whole))]
    assert [row for _, row in rows(whole)] == sorted(chosen)


def test_a_sample_holds_one_document_however_large():
    sample = Sample(most_bytes=10)
    for row in range(5):
        sample.offer(Drawn(drawn("", row), "", row, 100, row))
    assert [one.row for one in sample.taken()] == [min(range(5), key=lambda row: drawn("", row))]


def test_equal_rows_of_sources_of_one_name_are_all_in_or_out():
    sample, other = Sample(most=5), Sample(most=5)
    for row in range(9):
        for one in (sample, other):
            one.offer(Drawn(drawn("", row), "", row, 1, row))
    sample.merge(other)
    assert [one.row for one in sample.taken()] == sorted(2 * sorted(range(9), key=lambda r: drawn("", r))[:2])


def test_every_document_has_the_same_chance():
    """Of 4,000 samples of 5 of 50 rows each row is in about 400; the deviation of that is 19."""
    counts = np.zeros(50)
    for source in range(4000):
        counts[np.argsort([drawn(str(source), row) for row in range(50)])[:5]] += 1
    assert np.abs(counts - 400).max() < 5 * 19
    assert counts.std() < 2 * 19


def test_a_sample_is_off_by_as_much_as_stated():
    """Shares, and ranks of knots: less than 1.4 / √N with 95 % probability; 100 samples of 200 of 2,000."""
    worst = []
    for source in map(str, range(100)):
        taken = np.sort(np.argsort([drawn(source, row) for row in range(2000)])[:200])
        worst.append(np.abs(taken / 2000 - np.arange(200) / 200).max())
    assert np.mean(np.array(worst) < 1.4 / 200**0.5) >= 0.95
    assert np.median(worst) > 0.3 / 200**0.5


def test_counts_of_parts_add_up_to_those_of_fitting():
    vocabulary, whole = features.fit(DOCUMENTS, SETTINGS)
    total = Frequencies.nothing()
    for start in (60, 0, 30):
        total = total.plus(Frequencies.of(vocabulary.features(DOCUMENTS[start : start + 30])))
    np.testing.assert_array_equal(total.keys, vocabulary.keys)
    np.testing.assert_array_equal(total.counts, vocabulary.frequencies)
    assert total.missed == 0
    np.testing.assert_array_equal(
        document_frequencies(whole), vocabulary.frequencies[np.searchsorted(vocabulary.keys, whole.keys)]
    )


def test_bounded_counts_are_off_by_as_much_as_they_say():
    draw = np.random.default_rng(0)
    true: dict[int, int] = {}
    total = Frequencies.nothing()
    for _ in range(60):
        keys = np.unique(np.minimum(draw.zipf(1.3, 400), 10**6)).astype(np.uint64)
        for key in keys.tolist():
            true[key] = true.get(key, 0) + 1
        total = total.plus(Frequencies(keys, np.ones(len(keys), np.int64)), most=500)
        assert len(total.keys) <= 500
    kept = dict(zip(total.keys.tolist(), total.counts.tolist(), strict=True))
    assert (np.diff(total.keys.astype(float)) > 0).all()
    assert 0 < total.missed < 60
    assert all(0 <= n - kept[key] <= total.missed for key, n in true.items() if key in kept)
    assert all(n <= total.missed for key, n in true.items() if key not in kept)
    assert {1, 2, 3} <= kept.keys()
    few = total.trimmed(10)
    assert few.counts.min() >= np.sort(total.counts)[-10]
    assert len(few.keys) == 10


def test_all_counts_replace_those_of_the_sample():
    state = FitState(most=30).add(DOCUMENTS)
    vocabulary = state.fit(SETTINGS)
    counted = of_all(vocabulary, state.n_documents, Frequencies.of(vocabulary.features(DOCUMENTS)))
    assert counted.n_documents == 90
    name = next(path for path, field in counted.fields.items() if field.name == "kind")
    assert counted.fields[name].documents == 90
    assert counted.fields[name].why.endswith("measured on 30 of 90 documents")
    assert vocabulary.frequencies.max() == 30
    assert counted.frequencies.max() == 90


def test_partial_fit_goes_on_and_takes_what_was_learnt_apart():
    expected = JSONVectorizer(dimensions=64).fit(DOCUMENTS)
    apart = FitState("apart").add(DOCUMENTS[60:])
    vectorizer = JSONVectorizer(dimensions=64).partial_fit(DOCUMENTS[:20]).partial_fit(DOCUMENTS[20:60])
    before = vectorizer.state_
    vectorizer.partial_fit(apart)
    np.testing.assert_allclose(vectorizer.transform(DOCUMENTS), expected.transform(DOCUMENTS), atol=1e-6)
    assert (before.n_documents, apart.n_documents, vectorizer.state_.n_documents) == (60, 30, 90)
    assert not hasattr(vectorizer.fit(DOCUMENTS[:9]), "state_")
    assert vectorizer.partial_fit(DOCUMENTS[:5]).vocabulary_.n_documents == 5


def test_errors_say_what_is_wrong():
    with pytest.raises(InputError, match="no documents"):
        FitState().fit(SETTINGS)
    with pytest.raises(InputError, match="not a JSON type"):
        FitState().add([{"a": {1, 2}}])
    with pytest.raises(InputError, match="put it in a list"):
        JSONVectorizer().partial_fit({"a": 1})
    with pytest.raises(InputError, match=r"pets, line 2, column 2"):
        FitState().add_lines([b"1", b"[,"], "pets").fit(SETTINGS)
    with pytest.raises(ValueError, match="different bounds"):
        FitState(most=3).merged(FitState(most=4))
    with pytest.raises(ValueError, match="at least 1 document"):
        FitState(most=0)
