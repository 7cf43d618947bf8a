"""Probe: what another model knows comes out of its mapped vectors, and nothing comes out of random ones."""

from io import BytesIO

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from vsaviz import InputError, schemes
from vsaviz.decode import Decoder
from vsaviz.decode.truth import is_right, values_at
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import field_name, field_path
from vsaviz.figures import probe_figure
from vsaviz.figures.probe import ProbedShares
from vsaviz.lab.probe import other_models
from vsaviz.lab.probe.asking import Sample, ask, askable, drawn, likeliest
from vsaviz.lab.probe.other_models import random_vectors, read_vectors, shuffled, word_vectors
from vsaviz.lab.probe.probing import Read, probe
from vsaviz.lab.probe.ridge import PENALTIES, leave_one_out, standardized

COLORS = ["red", "green", "blue", "black", "white", "brown"]
N = 120
DRAW = np.random.default_rng(3)
DOCUMENTS = [
    {
        "id": f"d-{i}",
        "color": COLORS[DRAW.integers(6)],
        "size": int(DRAW.integers(40)),
        "flag": bool(DRAW.integers(2)),
        "tags": [str(one) for one in DRAW.choice(["old", "new", "odd", "far"], 2, replace=False)],
        "same": "always",
        "mixed": [1, "1", True, None][DRAW.integers(4)],
    }
    for i in range(N)
]
FIELDS = [field_path(name) for name in ("color", "size", "flag", "tags[]", "mixed")]


@pytest.fixture(scope="module")
def sample():
    vocabulary, features = fit(DOCUMENTS, FeatureSettings())
    return Sample(DOCUMENTS, features, vocabulary)


def one_hot(name):
    """A model that knows one field and nothing else."""
    values = sorted({str(document[name]) for document in DOCUMENTS})
    rows = np.array([[str(document[name]) == value for value in values] for document in DOCUMENTS])
    return rows.astype(np.float64)


def by_field(found):
    return {field_name(read.field): read for read in found}


# Ridge


def test_leaving_one_out_is_fitting_to_all_others():
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((12, 5)), rng.normal([5, 0, -5], 1, (12, 3))
    Z = standardized(X)
    eigenvalue = (Z**2).sum() / len(Z)  # the mean of those of Z Zᵀ
    for penalty in (0.01, 1.0):
        ridge = Ridge(alpha=penalty * eigenvalue)
        expected = [
            ridge.fit(np.delete(Z, i, axis=0), np.delete(Y, i, axis=0)).predict(Z[[i]])[0] for i in range(12)
        ]
        np.testing.assert_allclose(leave_one_out(X, Y, [penalty]), expected, atol=1e-9)


def test_the_penalty_with_the_least_error_is_taken():
    rng = np.random.default_rng(1)
    X = rng.standard_normal((60, 4))
    clear, nothing = X @ rng.standard_normal((4, 3)), rng.standard_normal((60, 3))
    for Y in (clear, nothing):
        errors = [np.square(leave_one_out(X, Y, [penalty]) - Y).sum() for penalty in PENALTIES]
        assert np.square(leave_one_out(X, Y) - Y).sum() == pytest.approx(min(errors))
    assert np.abs(leave_one_out(X, clear) - clear).max() < 0.05
    assert np.abs(leave_one_out(X, nothing)).max() < 0.6


def test_columns_are_brought_to_variance_one_however_large_they_are():
    X = np.array([[1e300, 5.0, 1e-200], [-1e300, 5.0, 3e-200], [1e300, 5.0, 2e-200]])
    Z = standardized(X)
    np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(Z.std(axis=0), [1, 0, 1])


def test_a_model_of_one_value_predicts_the_mean_of_the_others():
    Y = np.array([[1.0], [2.0], [6.0]])
    np.testing.assert_allclose(leave_one_out(np.ones((3, 2)), Y), [[4.0], [3.5], [1.5]])


def test_too_few_rows_are_an_error():
    with pytest.raises(ValueError, match="at least 2 rows, got 1"):
        leave_one_out(np.ones((1, 2)), np.ones((1, 2)))
    with pytest.raises(ValueError, match="3 rows of X but 2 of Y"):
        leave_one_out(np.ones((3, 2)), np.ones((2, 2)))


# Asking


def test_fields_are_asked_whose_values_recur_and_differ(sample):
    names = [field_name(field) for field in askable(sample.vocabulary)]
    assert set(names) == {"color", "flag", "tags[]", "mixed"}  # size: 40 values of 3 documents each
    assert askable(sample.vocabulary, most=2) == askable(sample.vocabulary)[:2]


@pytest.mark.parametrize("name", ["mbat", "bsc", "fhrr"])
def test_the_likeliest_value_is_what_decoding_puts_first(sample, name):
    scheme = schemes.create(name, 128)
    decoder = Decoder(sample.vocabulary, scheme)
    vectors = encode(sample.features, scheme)[:50]
    for field in FIELDS:
        of = decoder.candidates(field)
        first = [found[0].value for found in decoder.decode(vectors, field, 1)]
        assert [of.values[i] for i in likeliest(decoder, of, vectors)] == first


def test_what_is_right_is_there_or_near_on_the_line(sample):
    decoder = Decoder(sample.vocabulary, schemes.create("mbat", 256))
    for field in FIELDS:
        asked = ask(sample, decoder, field)
        line = [asked.of.values[i] for i in asked.of.line]
        for row, right in zip(asked.rows.tolist(), asked.right, strict=True):
            told = [asked.of.values[i] for i in np.flatnonzero(right)]
            there = values_at(DOCUMENTS[row], field)
            assert all(any(type(one) is type(value) and one == value for one in told) for value in there)
            for one in told:
                if one in line and type(one) is int:
                    assert min(abs(line.index(one) - line.index(v)) for v in there) <= 0.05 * len(line)
                else:
                    assert any(type(one) is type(value) and one == value for value in there)
    sizes = ask(sample, decoder, field_path("size"))
    assert sizes.right.sum(axis=1).max() > 1


def test_the_guess_is_the_value_that_is_right_most_often(sample):
    decoder = Decoder(sample.vocabulary, schemes.create("mbat", 64))
    colors = [document["color"] for document in DOCUMENTS]
    most = max(colors.count(color) for color in COLORS)
    assert ask(sample, decoder, field_path("color")).guess == pytest.approx(most / N)


def test_rows_are_drawn_once_each_and_by_the_seed():
    rows = drawn(50, 20, 0)
    assert len(set(rows.tolist())) == 20
    assert (np.diff(rows) > 0).all()
    assert rows.max() < 50
    assert drawn(50, 20, 1).tolist() != rows.tolist()
    assert drawn(5, 20, 0).tolist() == [0, 1, 2, 3, 4]


# The probe


def test_a_model_that_knows_one_field_shows_in_this_field_alone(sample):
    found = by_field(probe(sample, one_hot("color"), schemes.create("mbat", 1024), FIELDS))
    assert found["color"].model > 0.95
    assert found["color"].known
    assert [name for name, read in found.items() if read.known] == ["color"]
    assert found["color"].random < found["color"].guess + 0.15
    assert min(found[name].own for name in ("color", "flag")) > 0.95
    assert next(iter(found)) == "color"  # the best first
    assert {read.documents for read in found.values()} == {N}


def test_shuffled_rows_know_nothing(sample):
    mixed = shuffled(one_hot("color"), 0)
    assert sorted(map(tuple, mixed)) == sorted(map(tuple, one_hot("color")))
    assert not any(read.known for read in probe(sample, mixed, schemes.create("mbat", 1024), FIELDS))


@pytest.mark.parametrize("name", ["bsc", "fhrr", "map-i", "hrr"])
def test_every_kind_of_vector_can_be_mapped_to(sample, name):
    (color,) = probe(sample, one_hot("color"), schemes.create(name, 512), FIELDS[:1])
    assert color.model > 0.9


def test_at_a_small_d_not_even_the_documents_own_vectors_are_read(sample):
    (small,) = probe(sample, one_hot("color"), schemes.create("mbat", 16), FIELDS[:1])
    assert small.own < 0.8


def test_progress_is_told_and_the_same_seed_gives_the_same_figures(sample):
    told = []
    vectors, scheme = one_hot("color"), schemes.create("mbat", 64)
    found = probe(sample, vectors, scheme, FIELDS[:2], 1, told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) >= 5
    assert found == probe(sample, vectors, scheme, FIELDS[:2], 1)


def test_some_of_the_documents_can_be_asked(sample):
    rows = drawn(N, 60, 0)
    part = sample.of(rows)
    assert part.documents == [DOCUMENTS[row] for row in rows]
    (color,) = probe(part, one_hot("color")[rows], schemes.create("mbat", 1024), FIELDS[:1])
    assert color.documents == 60
    assert color.model > 0.9


def test_there_must_be_a_vector_for_each_document(sample):
    with pytest.raises(ValueError, match="3 vectors but 120 documents"):
        probe(sample, np.ones((3, 2)), schemes.create("mbat", 64), FIELDS)


def test_a_gain_must_be_beyond_chance():
    field = FIELDS[0]
    assert Read(field, 100, 0.3, 0.2, 0.46, 1.0).known
    assert not Read(field, 100, 0.3, 0.2, 0.44, 1.0).known
    assert not Read(field, 100, 0.1, 0.35, 0.46, 1.0).known


# Other models


def test_the_words_of_documents_are_near_where_they_share_rare_ones():
    documents = [{"text": text} for text in ("red apple", "red apple pie", "blue sea", "sea salt", "the sky")]
    vectors = word_vectors(documents)
    assert len(vectors) == 5
    nearer = np.linalg.norm(vectors[0] - vectors[1]), np.linalg.norm(vectors[0] - vectors[2])
    assert nearer[0] < nearer[1]
    np.testing.assert_array_equal(vectors, word_vectors(documents))


@pytest.mark.parametrize("documents", [[1, 2], [[], {}], [{"a": "b"}], ["", ""]])
def test_documents_of_few_words_have_vectors_too(documents):
    vectors = word_vectors(documents)
    assert vectors.shape[0] == len(documents)
    assert np.isfinite(vectors).all()


def test_random_vectors_hang_on_their_seed_alone():
    assert (random_vectors(3, 2, 0) == random_vectors(3, 2, 0)).all()
    assert (random_vectors(3, 2, 0) != random_vectors(3, 2, 1)).any()


# Files of vectors


def npy(array, **options):
    stream = BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.float16, np.int64, np.uint8, np.bool_, ">f4"])
def test_any_table_of_numbers_is_read(kind):
    table = np.array([[0, 1], [1, 0], [1, 1]]).astype(kind)
    for order in (np.asfortranarray, np.ascontiguousarray):
        vectors = read_vectors(npy(order(table)), 3)
        assert vectors.dtype == np.float64
        np.testing.assert_array_equal(vectors, table.astype(np.float64))


HUGE = npy(np.zeros((2, 2))).replace(b"(2, 2)", b"(2, 9)")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            npy(np.ones((3, 2))),
            r"x\.npy: 3 rows, but the collection has 2 documents; write it with numpy\.save",
        ),
        (npy(np.ones(2)), r"shape \(2,\); two dimensions"),
        (npy(np.ones((2, 0))), "0 columns; 1 to"),
        (npy(np.array([[1, 2], [3, np.nan]])), "row 1, column 1: nan is not finite; replace it"),
        (npy(np.array([[1, np.inf], [3, 4]])), "row 0, column 1: inf is not finite"),
        (npy(np.ones((2, 2), complex)), "type complex128; only real numbers"),
        (npy(np.array([["a"], ["b"]])), "only real numbers"),
        (npy(np.array([[None], ["a"]], dtype=object), allow_pickle=True), "type object; only real numbers"),
        (npy(np.zeros((2, 2)))[:-8], "32 bytes of numbers announced, but 24 there"),
        (HUGE, "144 bytes of numbers announced, but 32 there"),
        (b"", "is no .npy file"),
        (b"PK\x03\x04 a zip", "is no .npy file"),
        (b'[{"a": 1}]', "is no .npy file"),
        (npy(np.ones((2, 2)))[:20], "is no .npy file"),
    ],
)
def test_what_is_no_table_of_numbers_is_an_error_with_a_cure(data, message):
    with pytest.raises(InputError, match=message):
        read_vectors(data, 2, "x.npy")


def test_too_large_files_are_not_opened(monkeypatch):
    monkeypatch.setattr(other_models, "LARGEST", 100)
    with pytest.raises(InputError, match=r"160 bytes; at most 100 are read"):
        read_vectors(npy(np.ones((2, 2))), 2)


# The figure


@pytest.mark.parametrize("dark", [False, True])
def test_the_figure_has_a_row_for_each_field_and_a_mark_for_each_source(dark):
    shares = ProbedShares([0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [0.7, 0.8])
    figure = probe_figure(["a", "<b>"], shares, "<i>mine</i>", dark=dark)
    between, *marks = figure.data
    assert list(between.x) == [0.3, 0.5, None, 0.4, 0.6, None]
    assert list(between.y) == [0, 0, None, 1, 1, None]
    assert [list(trace.x) for trace in marks] == [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [0.7, 0.8]]
    assert marks[2].name == "&lt;i&gt;mine&lt;/i&gt;"
    assert len({trace.marker.symbol for trace in marks}) == 3  # circles: an open one and a full one
    assert list(figure.layout.yaxis.ticktext) == ["a ", "&lt;b&gt; "]


def test_a_number_is_right_as_its_kind(sample):
    decoder = Decoder(sample.vocabulary, schemes.create("mbat", 64))
    asked = ask(sample, decoder, field_path("mixed"))
    assert (asked.right.sum(axis=1) == 1).all()
    vectors = encode(sample.features, schemes.create("mbat", 4096))
    decoder = decoder.under(schemes.create("mbat", 4096))
    shown = [found[0] for found in decoder.decode(vectors, field_path("mixed"), 1)]
    by_truth = np.mean(
        [is_right(one, document["mixed"]) for one, document in zip(shown, DOCUMENTS, strict=True)]
    )
    assert asked.share(decoder, vectors) == pytest.approx(by_truth) == 1.0
