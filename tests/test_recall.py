"""How much of a document comes back, against D: theory and measurement must tell the same."""

import numpy as np
import pytest

from vsaviz import schemes, shipped
from vsaviz.decode import Decoded, Decoder
from vsaviz.decode.truth import is_right, ordered_like, values_at
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import field_path
from vsaviz.figures import recall_figure
from vsaviz.lab.recall import Question, expected, recall

DOCUMENTS = [
    {"color": color, "n": 3 * i, "tags": [color, "old"][: 1 + i % 2], "box": {"size": [i % 4, i % 3]}}
    for i, color in enumerate(["red", "green", "blue", "black", "white"] * 8)
]
SIZES = (16, 64, 256, 1024)


@pytest.fixture(scope="module")
def asked():
    documents = shipped.load("products").documents[:400]
    vocabulary, features = fit(documents, FeatureSettings())
    return [Question(vocabulary, features.of([row]), documents[row]) for row in range(5)]


def test_what_is_predicted_is_what_is_measured(asked):
    found = [recall(one, "mbat", dimensions=SIZES) for one in asked]
    measured = np.mean([one.measured for one in found], axis=0)
    predicted = np.mean([one.predicted for one in found], axis=0)
    np.testing.assert_allclose(predicted, measured, atol=0.1)
    assert measured[0] < 0.6 < 0.8 < measured[-1]
    assert (np.diff(measured) > -0.03).all()


@pytest.mark.parametrize("scheme", ["bsc", "map-b", "fhrr"])
def test_what_bundling_loses_is_predicted_too(asked, scheme):
    found = [recall(one, scheme, dimensions=(512,)) for one in asked]
    measured, predicted = (
        np.mean([getattr(one, name) for one in found]) for name in ("measured", "predicted")
    )
    assert predicted == pytest.approx(measured, abs=0.12)


def test_where_unbinding_loses_the_prediction_is_a_cautious_one(asked):
    """What non-unitary roles do to a lone filler they do less to one among many."""
    found = [recall(one, "hrr", dimensions=(512,)) for one in asked]
    measured, predicted = (
        np.mean([getattr(one, name) for one in found]) for name in ("measured", "predicted")
    )
    assert measured - 0.3 < predicted < measured + 0.05


def test_every_field_with_a_value_is_asked_for_once():
    vocabulary, features = fit(DOCUMENTS, FeatureSettings())
    asked = Question(vocabulary, features.of([1]), DOCUMENTS[1])
    told = []
    found = recall(asked, "mbat-haar", dimensions=(64, 4096), progress=told.append)
    assert {vocabulary.fields[field].name for field in found.fields} == {
        "color",
        "n",
        "tags[]",
        "box.size[0]",
        "box.size[1]",
    }
    assert found.dimensions == [64]  # a dense scheme ends at 2,048
    assert told == [0.5]
    assert len(found.decoded[0]) == len(found.right[0]) == 5
    assert found.measured[0] == np.mean(found.right[0])


def test_what_is_expected_is_what_comes_out_but_for_noise():
    vocabulary, features = fit(DOCUMENTS, FeatureSettings())
    one = features.of([7])
    scheme = schemes.create("mbat", 8192)
    decoder = Decoder(vocabulary, scheme)
    for name in ("color", "tags[]", "n"):
        of = decoder.candidates(field_path(name))
        came = decoder.projected(encode(one, scheme), of)[0]
        np.testing.assert_allclose(came, expected(one, of), atol=5 * decoder.noise)
        assert expected(one, of).max() > 0.1


@pytest.mark.parametrize(
    ("found", "value", "right"),
    [
        (Decoded("a", 1, 1), "a", True),
        (Decoded("a", 1, 1), "b", False),
        (Decoded(2, 1, 1, 1, 3), 3, True),
        (Decoded(2, 1, 1, 1, 3), 3.5, False),
        (Decoded(2, 1, 1, 1, 3), "3", False),
        (Decoded(1, 1, 1, 0, 2), True, False),
        (Decoded(True, 1, 1), 1, False),
        (Decoded("2024-01-02", 1, 1, "2024-01-01", "2024-01-03"), "2024-01-03", True),
        (Decoded(None, 1, 1), None, True),
        (Decoded([], 1, 1), [], True),
    ],
)
def test_what_counts_as_right(found, value, right):
    assert is_right(found, value) is right


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a.b", [1]),
        ("c[].d", [2, 3]),
        ("c[1].d", [3]),
        ("c[7].d", []),
        ("a.x", []),
        ("$", [{"a": {"b": 1}, "c": [{"d": 2}, {"d": 3}, 4]}]),
    ],
)
def test_values_at_a_path(path, values):
    assert values_at({"a": {"b": 1}, "c": [{"d": 2}, {"d": 3}, 4]}, field_path(path)) == values


def test_keys_are_put_in_the_order_of_another_document():
    told = ordered_like({"b": [{"y": 1, "x": 2}], "z": 0, "a": 3}, {"a": 1, "b": [{"x": 0, "y": 0}]})
    assert list(told) == ["a", "b", "z"]
    assert list(told["b"][0]) == ["x", "y"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_figure_draws_the_predicted_line_over_the_measured_points(dark):
    figure = recall_figure([64, 128], [0.5, 0.9], [0.4, 0.8], 128, dark=dark)
    measured, predicted = figure.data
    assert (list(measured.x), list(measured.y)) == ([64, 128], [0.5, 0.9])
    assert (predicted.name, list(predicted.y), predicted.line.dash) == ("predicted", [0.4, 0.8], "dot")
    assert list(measured.marker.line.width) == [0, 2.5]
    assert figure.layout.xaxis.type == "log"
