"""The Lab on capacity: bundles hold what theory says, sets keep to bounds, signs lie on the arcsine line."""

import itertools
import math

import numpy as np
import pytest

from vsaviz import schemes
from vsaviz.figures.capacity import Needed, needed_figure
from vsaviz.figures.measured import Axes, Line, measured_figure
from vsaviz.figures.palette import CATEGORIES, SYMBOLS
from vsaviz.lab.capacity.bundles import ACCURATE, Asked, Held, Run, read_back, worst_gap
from vsaviz.lab.capacity.holding import dimension_for, expected_items, expected_pairs, kept, signal
from vsaviz.lab.capacity.published import (
    PUBLISHED,
    PUBLISHED_AT,
    line_at,
    published,
    stored_curve,
    stored_runs,
)
from vsaviz.lab.capacity.set_bounds import (
    agreement,
    arcsine,
    off_of_sums,
    shared_of_bits,
    shared_of_signs,
    signal_of_signs,
    wrong_of_bits,
    wrong_of_signs,
    wrong_of_sums,
)
from vsaviz.lab.capacity.sets import SetSettings, set_errors
from vsaviz.lab.capacity.signs import likeness

QUICK = [name for name in schemes.names() if schemes.scheme_type(name).largest is None]
SUMS_OR_CUT = [name for name in QUICK if not hasattr(schemes.scheme_type(name), "disjunction")]


# Items and pairs


@pytest.mark.parametrize("reading", ["items", "pairs"])
def test_one_comes_back_always(reading):
    for one in read_back(Asked(tuple(QUICK), reading, 256, 100, runs=1, counts=(1,))):
        assert one.measured == (1.0,)
        assert np.isnan(one.expected[0]) or one.expected[0] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("reading", ["items", "pairs"])
def test_what_is_measured_is_what_is_expected(reading):
    names = ("map-i", "map-b", "hrr", "fhrr", "vtb")
    found = read_back(Asked(names, reading, 144, 200, runs=8, counts=(4, 10, 24)))
    assert worst_gap(found) < 0.12
    for one in found:
        assert one.measured[-1] < 0.9
        assert list(one.expected) == sorted(one.expected, reverse=True)


def test_twice_the_dimensions_hold_more_and_64_break_it():
    small, large = (read_back(Asked(("map-i",), dimensions=D, runs=4))[0] for D in (64, 512))
    assert small.most < 4 < 11 < large.most
    assert small.measured[-1] < 0.4


def test_a_bundle_of_signs_keeps_the_known_share():
    for k in (3, 15, 101):
        assert kept("bsc", k) == pytest.approx(signal_of_signs(k) * math.sqrt(k), abs=0.01)
    assert kept("map-b", 101) ** 2 == pytest.approx(2 / math.pi, abs=0.02)
    assert kept("fhrr", 101) ** 2 == pytest.approx(math.pi / 4, abs=0.02)
    assert kept("mbat", 101) == 1
    assert np.isnan(kept("bsdc-s", 5))


def test_the_signal_by_hand():
    assert signal("map-i", 16) == pytest.approx(1 / 4)
    assert signal("hrr", 1, depth=1) == pytest.approx(2**-0.5)
    assert signal("hrr", 15, depth=1) == pytest.approx(1 / 4)  # its own term counts twice


def test_chance_finds_one_of_n_where_there_is_no_signal():
    """A thousand items from 16 dimensions: the share tends to that of a guess."""
    assert expected_pairs("map-i", 900, 16, 1000) == pytest.approx(1 / 1000, abs=1e-3)
    assert expected_items("map-i", 900, 16, 1000) == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name in SUMS_OR_CUT])
def test_theory_needs_the_published_dimensions(name):
    found = dimension_for(name, "items", PUBLISHED_AT, 1000, ACCURATE)
    assert found == pytest.approx(published(name, "items"), rel=0.15)
    found = dimension_for(name, "pairs", PUBLISHED_AT, 1000, ACCURATE)
    # The published mbat unbinds with matrices that are orthogonal to few digits only.
    assert found == pytest.approx(published(name, "pairs"), rel=0.16 if name == "mbat" else 0.15)


@pytest.mark.parametrize("name", ["map-i", "hrr"])
def test_the_published_dimensions_are_enough_and_less_are_not(name):
    enough, few = (
        np.mean(
            [Run.drawn(name, round(share * published(name, "pairs")), s).read_pairs(15) for s in range(5)]
        )
        for share in (1.15, 0.75)
    )
    assert enough >= ACCURATE > few


@pytest.mark.parametrize("reading", ["items", "pairs"])
def test_the_stored_curves_are_near_what_was_published(reading):
    assert stored_runs() >= 10
    for name in ("mbat", "map-i", "map-b", "hrr", "fhrr", "bsc"):
        curve = stored_curve(name, reading)
        assert len(curve) >= 25
        assert list(curve) == sorted(curve)
        if name != "mbat" or reading == "items":
            assert line_at(curve, PUBLISHED_AT) == pytest.approx(published(name, reading), rel=0.15)
    assert stored_curve("mbat-haar", reading) == {}
    assert published("ghrr", reading) is None


def test_progress_grows_to_one():
    told = []
    read_back(Asked(("map-i", "bsc"), runs=2, n_items=50, counts=(2,)), told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_the_most_held_ends_at_the_first_that_is_lost():
    held = Held("hrr", 64, (1, 2, 4, 6), (1.0, 0.99, 0.9, 1.0), (1.0,) * 4)
    assert held.most == 2
    assert Held("hrr", 64, (1,), (0.5,), (1.0,)).most == 0


# Sets


def test_bounds_by_hand():
    assert wrong_of_sums(10, 800) == pytest.approx(math.exp(-10))
    assert wrong_of_signs(1, 800) == pytest.approx(math.exp(-100))
    assert wrong_of_bits(1, 16) == pytest.approx(0.25**4 / 2)
    assert signal_of_signs(3) == 0.5  # ±1 with two others: (3 of 4 agree) − (1 of 4)
    epsilon = off_of_sums(10, 0, 4096, 0.05) / 10
    assert 4 * math.exp(-4096 * (epsilon**2 / 4 - epsilon**3 / 6)) == pytest.approx(0.05)
    assert off_of_sums(10, 0, 16, 0.05) == 10


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_the_mean_product_of_signs_is_that_over_all_cases(k):
    """Every sign of every item counted; at a tie both sides take the same keyed sign, of either kind."""
    for shared in range(k + 1):
        products = []
        for drawn in itertools.product((-1, 1), repeat=2 * k - shared):
            one, other = np.sign(sum(drawn[:k])), np.sign(sum(drawn[k - shared : 2 * k - shared]))
            products += [(one or tie) * (other or tie) for tie in (-1, 1)]
        assert agreement(k)[shared] == pytest.approx(np.mean(products))


def test_estimates_invert_their_means():
    for shared in range(16):
        assert shared_of_signs(agreement(15)[shared], 15) == pytest.approx(shared)
        assert shared_of_bits((1 - 1 / 32) ** (30 - shared), 15, 1024) == pytest.approx(shared)
    assert shared_of_bits(0.0, 15, 1024) == 0


def test_the_mean_product_of_many_signs_is_the_arcsine():
    shares = np.arange(102) / 101
    np.testing.assert_allclose(agreement(101), arcsine(shares), atol=0.015)


@pytest.mark.parametrize("k", [5, 31])
def test_sets_keep_to_their_bounds(k):
    sums, signs, bits = set_errors(SetSettings(k, shared=k // 3, trials=20))
    for one in (sums, signs):
        assert (np.array(one.wrong) <= np.array(one.wrong_bound) + 1e-12).all()
    np.testing.assert_allclose(bits.wrong, bits.wrong_bound, atol=0.06)
    for one in (sums, signs, bits):
        assert (np.array(one.off) <= np.array(one.off_bound)).all()
        assert one.off[-1] < 0.1 * k
        assert one.wrong[-1] == 0
    assert (min(one.wrong[0] for one in (sums, signs, bits)) > 0.2) == (k == 31)


def test_asking_sets_reports_how_far_it_is():
    told = []
    set_errors(SetSettings(3, 1, trials=1), told.append)
    assert told == sorted(told)
    assert told[-1] == 1


# Cut bundles


@pytest.mark.parametrize("name", QUICK)
def test_signs_lie_on_the_arcsine_line_and_sums_on_the_diagonal(name):
    found = likeness(name, 1024)
    assert found.sums[0] == pytest.approx(1)
    assert abs(found.sums[-1]) < 0.1
    if found.kind == "other":
        assert np.isnan(found.expected).all()
    else:
        atol = 1e-5 if found.kind == "sums" else 0.06
        np.testing.assert_allclose(found.bundles[1:], found.expected[1:], atol=atol)
    assert (found.kind == "signs") == (name in ("map-b", "bsc"))
    assert (found.kind == "sums") == schemes.scheme_type(name).linear


def test_signs_are_off_the_diagonal():
    found = likeness("map-b", 4096)
    assert np.abs(found.bundles - found.sums).max() > 0.15
    np.testing.assert_allclose(found.bundles, found.expected, atol=0.04)


# Figures


@pytest.mark.parametrize("dark", [False, True])
def test_points_lie_over_the_lines_that_are_expected(dark):
    lines = [Line("one", [1, 2], [1, 0.5], [0.9, 0.6]), Line("two", [1, 4], [0.2, 0.1], [np.nan] * 2)]
    figure = measured_figure(lines, Axes("k", "share", "bound", log=True), dark=dark)
    *drawn, key = figure.data
    assert [(trace.name, trace.mode) for trace in drawn] == [
        ("one bound", "lines"),
        ("one", "markers"),
        ("two bound", "lines"),
        ("two", "markers"),
    ]
    assert list(drawn[0].y) == [0.9, 0.6]
    assert (list(drawn[1].x), list(drawn[1].y)) == ([1, 2], [1, 0.5])
    assert [trace.line.dash for trace in drawn[::2]] == ["dot", "dot"]
    assert [trace.marker.symbol for trace in drawn[1::2]] == list(SYMBOLS[:2])
    assert drawn[0].line.color == drawn[1].marker.color == CATEGORIES[0]
    assert drawn[1].marker.size > drawn[3].marker.size
    assert key.name == "bound"
    assert list(figure.layout.xaxis.tickvals) == [1, 2, 4]


def test_stored_published_and_live_are_told_apart():
    needed = [Needed("hrr", {2: 100, 3: 130}, (15, 514), (8, 256)), Needed("ghrr", {}, None, None)]
    figure = needed_figure(needed)
    found = {trace.name: (list(trace.x), list(trace.y)) for trace in figure.data}
    assert found["hrr stored"] == ([2, 3], [100, 130])
    assert found["hrr published"] == ([15], [514])
    assert found["hrr live"] == ([8], [256])
    assert {"stored", "published", "live"} <= {trace.name for trace in figure.data}
