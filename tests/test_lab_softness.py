"""Likeness against distance: values by hand, and what follows from how values are written."""

from datetime import date

import numpy as np
import pytest

from vsaviz.figures.softness import Line, Panel, softness_figure
from vsaviz.lab.changes import FIELD, HIGHEST, ORIGINALS, changes
from vsaviz.lab.softness import Coding, Curve, softness


def curves(**options):
    return {curve.name: curve for curve in softness(Coding(**{"dimensions": 256, **options}))}


@pytest.fixture(scope="module")
def soft():
    return curves(dimensions=1024)


@pytest.fixture(scope="module")
def exact():
    return curves(numbers="exact", strings="exact", arrays="bag")


@pytest.fixture(scope="module")
def plain():
    return curves(numbers="thermometer", strings="words", arrays="sequence")


def test_what_is_not_changed_is_the_same(soft, exact, plain):
    for found in (soft, exact, plain):
        for curve in found.values():
            assert curve.distances[0] == 0
            assert curve.exact[0] == pytest.approx(1)
            assert curve.measured[0] == pytest.approx(1)


@pytest.mark.parametrize("name", ["apart", "letters changed", "words replaced", "pairs swapped"])
def test_likeness_falls_with_distance(soft, name):
    assert (np.diff(soft[name].exact) < 0.01).all()
    assert soft[name].exact[-1] < 0.55
    assert soft[name].measured[1] > 0.8


def test_numbers_fall_evenly_and_far_ones_are_unrelated(soft):
    assert (np.diff(soft["apart"].exact) <= 1e-9).all()
    assert soft["apart"].exact[-1] == pytest.approx(0, abs=1e-9)


def test_dates_a_week_apart_are_nearer_than_dates_six_days_apart(soft):
    cosines = soft["days apart"].exact
    for week in range(7, 57, 7):
        assert cosines[week] > cosines[week - 1] + 0.05
        assert cosines[week] > cosines[week + 1] + 0.05
    assert (np.diff(cosines[::7]) < 0).all()


def test_exact_values_are_equal_or_unrelated(exact):
    for name in ("apart", "days apart", "letters changed", "words replaced"):
        np.testing.assert_allclose(exact[name].exact[1:], 0, atol=0.05)
        assert np.abs(exact[name].measured[1:]).max() < 0.1
        assert exact[name].halfway <= exact[name].distances[1]


def test_bags_by_hand(exact):
    k = np.arange(6)
    np.testing.assert_allclose(exact["items put in"].exact, np.sqrt(10 / (10 + k)), rtol=1e-6)
    np.testing.assert_allclose(exact["pairs swapped"].measured, 1, rtol=1e-6)
    assert exact["pairs swapped"].halfway is None


def test_sequences_and_words_by_hand(plain):
    k = np.arange(9)
    np.testing.assert_allclose(plain["words replaced"].exact, 1 - k / 8, atol=1e-6)
    np.testing.assert_allclose(plain["pairs swapped"].exact, 1 - k[:6] / 5, atol=1e-6)
    assert plain["words replaced"].halfway == pytest.approx(4, abs=0.2)
    assert plain["items put in"].exact[1] < 0.7


def test_soft_arrays_lie_between_bags_and_sequences(soft, exact, plain):
    for name in ("items put in", "pairs swapped"):
        between = soft[name].exact[1:]
        assert (plain[name].exact[1:] < between).all()
        assert (between < exact[name].exact[1:]).all()


def test_noise_falls_with_the_root_of_the_dimensions(soft):
    rough = curves(dimensions=64)
    ratio = np.mean([rough[name].off for name in soft]) / np.mean([soft[name].off for name in soft])
    assert ratio == pytest.approx(4, rel=0.3)
    for name in soft:
        np.testing.assert_array_equal(rough[name].exact, soft[name].exact)
        np.testing.assert_allclose(soft[name].measured, soft[name].exact, atol=0.05)


def test_signs_follow_the_arcsine():
    text = curves(scheme="bsc", dimensions=1024)["letters changed"]
    np.testing.assert_allclose(text.measured, 2 / np.pi * np.arcsin(text.exact.clip(-1, 1)), atol=0.04)


def test_where_a_curve_falls_below_a_half():
    ends = np.zeros(3)

    def halfway(measured):
        return Curve("text", "x", (0, 2, 4), np.ones(3), np.array(measured), ends, 64).halfway

    assert halfway([1, 0.75, 0.25]) == pytest.approx(3)
    assert halfway([1, 0, 0]) == pytest.approx(1)
    assert halfway([1, 0.9, 0.5]) is None


def test_progress_is_told_and_the_seed_alone_decides():
    told = []
    one = softness(Coding(dimensions=64), told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    again = softness(Coding(dimensions=64))
    other = softness(Coding(dimensions=64, seed=1))
    for first, same, different in zip(one, again, other, strict=True):
        np.testing.assert_array_equal(first.measured, same.measured)
        assert (first.measured[1:] != different.measured[1:]).any()


# The documents that are made


def pairs(name, seed=0):
    (change,) = [change for change in changes(seed) if change.name == name]
    assert len(change.originals) == ORIGINALS
    for by, changed in zip(change.distances, change.changed, strict=True):
        for one, other in zip(change.originals, changed, strict=True):
            yield by, one[FIELD], other[FIELD]


@pytest.mark.parametrize("seed", [0, 7])
def test_every_document_is_changed_by_what_is_said(seed):
    for by, one, other in pairs("apart", seed):
        assert other - one == pytest.approx(by)
        assert 0 <= one <= other <= HIGHEST
    for by, one, other in pairs("days apart", seed):
        assert (date.fromisoformat(other) - date.fromisoformat(one)).days == by
    for by, one, other in pairs("letters changed", seed):
        assert sum(a != b for a, b in zip(one, other, strict=True)) == by
        assert one.count(" ") == other.count(" ")
    for by, one, other in pairs("words replaced", seed):
        assert sum(a != b for a, b in zip(one.split(), other.split(), strict=True)) == by
    for by, one, other in pairs("items put in", seed):
        assert len(other) == len(one) + by == len(set(other))
        assert [item for item in other if item in one] == one
    for by, one, other in pairs("pairs swapped", seed):
        assert sorted(one) == sorted(other)
        assert sum(a != b for a, b in zip(one, other, strict=True)) == 2 * by


# The figure


@pytest.mark.parametrize("dark", [False, True])
def test_lines_are_exact_and_marks_measured(soft, dark):
    def line(name):
        curve = soft[name]
        return Line(name, curve.distances, curve.exact, curve.measured, curve.scatter)

    panels = [
        Panel("Numbers", "apart", [line("apart")]),
        Panel("Texts", "edits", [line("letters changed"), line("words replaced")]),
    ]
    figure = softness_figure(panels, dark=dark)
    assert [trace.name for trace in figure.data] == [
        *("apart: exact", "apart"),
        *("letters changed: exact", "letters changed", "words replaced: exact", "words replaced"),
    ]
    for drawn, marks in zip(figure.data[::2], figure.data[1::2], strict=True):
        curve = soft[marks.name]
        assert list(drawn.y) == list(curve.exact)
        assert list(marks.y) == list(curve.measured)
        assert list(marks.error_y.array) == list(curve.scatter)
        assert list(marks.x) == list(curve.distances)
    assert figure.data[3].marker.symbol != figure.data[5].marker.symbol
    assert figure.data[2].line.dash != figure.data[4].line.dash
    assert (figure.layout.legend.visible, figure.layout.legend2.visible) == (False, True)
    assert {note.text for note in figure.layout.annotations} == {"<b>Numbers</b>", "<b>Texts</b>"}
