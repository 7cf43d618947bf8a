"""Time: positions as powers of a role, alike as the theory says, and what that is good for."""

import numpy as np
import pytest

from vsaviz.figures import series_figure
from vsaviz.figures.series import Curves, Shares, scale_name
from vsaviz.lab.series.bumps import (
    HIGH,
    KNOTS,
    LENGTH,
    LOW,
    PATTERN,
    Drawn,
    Problem,
    moved,
    patterns,
    stretched,
    written,
)
from vsaviz.lab.series.graded import (
    BAG,
    PHASES,
    PLAIN,
    SCALES,
    Code,
    accuracy,
    encoded,
    exact_cosines,
    kernel,
    positions,
    shifted,
    warped,
)

LAGS = np.arange(LENGTH, dtype=np.float64)
D = 4096
NOISE = D**-0.5


@pytest.fixture(scope="module")
def found():
    return accuracy(Problem(), Code(512), (BAG, 1.0, 4.0, PLAIN))


# The code


@pytest.mark.parametrize("phases", PHASES)
@pytest.mark.parametrize("scale", [0.0, 0.5, 4.0, 16.0, 64.0, np.inf])
def test_positions_are_as_alike_as_the_kernel_says(scale, phases):
    P = positions(scale, Code(D, phases))
    np.testing.assert_allclose(np.abs(P), 1, atol=1e-4)
    measured = (P @ P[0].conj()).real / D
    np.testing.assert_allclose(measured, kernel(LAGS, scale, phases), atol=4 * NOISE)


def test_the_kernel_is_a_sinc_or_a_gaussian_between_a_bag_and_a_sequence():
    lag = np.array([0, 4, 8, 16], dtype=np.float64)
    np.testing.assert_allclose(kernel(lag, 8.0), [1, 2 / np.pi, 0, 0], atol=1e-12)
    np.testing.assert_allclose(kernel(lag, 8.0, "normal"), np.exp(-(np.pi**2) * (lag / 8) ** 2 / 6))
    for phases in PHASES:
        assert (kernel(LAGS, BAG, phases) == 1).all()
        assert (kernel(LAGS, PLAIN, phases) == (LAGS == 0)).all()
    # where every step turns by a whole scale, powers of one role are the plain sequence
    np.testing.assert_allclose(kernel(LAGS, float(LENGTH)), kernel(LAGS, PLAIN), atol=1e-12)


def test_positions_are_powers_of_one_role():
    P = positions(4.0, Code(64))
    np.testing.assert_allclose(P[3] * P[5], P[8], atol=1e-5)
    np.testing.assert_allclose(P[0], 1, atol=1e-6)
    apart = positions(PLAIN, Code(64))
    assert np.abs(apart[3] * apart[5] - apart[8]).mean() > 0.5


def test_each_number_is_its_two_knots_times_their_rarity():
    x = np.array([[LOW, HIGH, 0.0, 99.0, *[0.0] * (LENGTH - 4)]])
    W = written(x)
    used = (W[0] > 0).sum(axis=0)
    rarity = np.log((LENGTH + 1) / np.maximum(used, 1))
    place = (0.0 - LOW) / (HIGH - LOW) * (KNOTS - 1)
    below, part = int(place), place % 1
    np.testing.assert_allclose(
        W[0, 2, below : below + 2], [(1 - part) ** 0.5, part**0.5] * rarity[below : below + 2]
    )
    np.testing.assert_allclose(W[0, 0], np.eye(KNOTS)[0] * rarity)
    np.testing.assert_allclose(W[0, 1], W[0, 3])
    assert (W > 0).sum(axis=2).max() == 2
    assert rarity[0] > rarity[below] > 0


@pytest.mark.parametrize("scale", [BAG, 4.0, PLAIN])
def test_vectors_tend_to_the_exact_kernel(scale):
    W = written(Problem(noise=0.2).draw().series[0])
    vectors = encoded(W, scale, Code(D))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    exact = exact_cosines(W, scale)
    np.testing.assert_allclose(vectors @ vectors.T, exact, atol=8 * NOISE)
    assert exact.std() > 0.01


def test_the_exact_kernel_is_the_sum_over_all_pairs_of_steps():
    W = written(Problem().draw().series[0, :3])
    K = kernel(LAGS[:, None] - LAGS, 3.0)
    dots = np.array(
        [[sum(K[t, u] * (a[t] @ b[u]) for t in range(LENGTH) for u in range(LENGTH)) for b in W] for a in W]
    )
    lengths = np.sqrt(np.diag(dots))
    np.testing.assert_allclose(exact_cosines(W, 3.0), dots / np.outer(lengths, lengths))


# The problem


def test_the_classes_differ_only_in_where_the_spike_lies():
    drawn = Problem(jitter=5, noise=0.0, examples=4, seed=1).draw()
    assert (np.sort(drawn.series, axis=2) == [0.0] * (LENGTH - 1) + [1.0]).all()
    spikes = drawn.series.argmax(axis=2)
    for late, place in ((False, LENGTH // 3), (True, 2 * LENGTH // 3)):
        of_class = spikes[:, drawn.late == late]
        assert (of_class.min(), of_class.max()) == (place - 5, place + 5)
    assert drawn.examples(3).shape == (2, 3, LENGTH)
    assert drawn.examples(9).shape == (2, 4, LENGTH)
    assert (drawn.examples(3).argmax(axis=2)[0] < LENGTH / 2).all()


def test_a_series_is_labelled_by_its_most_similar_example_and_ties_count_by_halves():
    late = np.array([False, True, False, True])
    cosines = np.zeros((1, 4, 4))
    drawn = Drawn(np.zeros((1, 4, LENGTH)), late, 2)
    assert drawn.share_right(cosines) == 0.5
    cosines[0, 2, 0] = cosines[0, 3, 1] = 0.3
    assert drawn.share_right(cosines) == 1.0
    cosines[0, 3, 0] = 0.4
    assert drawn.share_right(cosines) == 0.5
    assert drawn.tested == 2


def test_a_bag_fails_a_plain_sequence_fails_and_graded_positions_succeed(found):
    bag, coarse, graded, plain = found.measured
    assert bag == pytest.approx(0.5, abs=0.06)
    assert plain < 0.68
    assert graded > 0.93
    assert bag < coarse < graded
    np.testing.assert_allclose(found.measured, found.exact, atol=0.08)
    assert found.tested == 800


def test_without_jitter_the_plain_sequence_succeeds_and_the_bag_still_fails():
    bag, plain = accuracy(Problem(jitter=0), Code(512), (BAG, PLAIN)).measured
    assert bag < 0.6
    assert plain > 0.95


def test_the_same_seed_gives_the_same_figures_and_progress_is_told(found):
    told = []
    again = accuracy(Problem(), Code(512), (BAG, 1.0, 4.0, PLAIN), told.append)
    assert again.measured == found.measured
    assert told == [0.25, 0.5, 0.75, 1.0]
    assert accuracy(Problem(seed=1), Code(512), (1.0,)).measured != found.measured[1:2]


# Shift and warp


@pytest.mark.parametrize("phases", PHASES)
def test_a_shift_is_nothing_to_a_bag_little_to_graded_positions_and_much_to_a_sequence(phases):
    alike = shifted(4.0, Code(D, phases))
    np.testing.assert_allclose(alike.measured, alike.exact, atol=6 * NOISE)
    at = {change: i for i, change in enumerate(alike.changes.tolist())}
    bag, graded, plain = alike.exact
    np.testing.assert_allclose(bag, 1, atol=1e-9)
    np.testing.assert_allclose([graded[at[0]], plain[at[0]]], 1)
    assert plain[at[4]] < 0.3 < 0.9 < graded[at[4]] < 1
    assert (np.diff(graded[at[0] :]) < 0).all()
    np.testing.assert_allclose(graded, graded[::-1], atol=1e-3)


def test_a_warp_is_little_to_graded_positions_and_much_to_a_sequence():
    alike = warped(4.0, Code(D))
    np.testing.assert_allclose(alike.measured, alike.exact, atol=6 * NOISE)
    bag, graded, plain = alike.exact[:, -1]
    assert plain < 0.4 < 0.85 < graded < bag


def test_at_its_ends_the_scale_is_the_other_two_codings():
    for scale, other in ((BAG, 0), (PLAIN, 2)):
        alike = shifted(scale, Code(64))
        np.testing.assert_array_equal(alike.measured[1], alike.measured[other])


def test_patterns_are_moved_and_stretched_about_the_middle():
    (still, later), (_, longer) = moved([0, 3]), stretched([0, 0.5])
    assert still == list(PATTERN)
    assert [at for at, _ in later] == [at + 3 for at, _ in PATTERN]
    assert [at - 32 for at, _ in longer] == [1.5 * (at - 32) for at, _ in PATTERN]
    series = patterns([still])[0]
    assert [series[int(at)] for at, _ in PATTERN] == [height for _, height in PATTERN]
    assert series.max() == 1


# The figure


@pytest.mark.parametrize("dark", [False, True])
def test_the_figure_shows_the_problem_the_shares_and_the_three_codings(dark):
    curves = Curves(np.array([-1.0, 0.0, 1.0]), np.eye(3), np.eye(3) / 2)
    shares = Shares([0.0, 4.0, np.inf], [0.5, 0.9, 0.6], [0.5, 1.0, 0.6], 4.0)
    figure = series_figure(np.zeros((2, 3, 8)), shares, curves, curves, dark=dark)
    named = {}
    for trace in figure.data:
        named.setdefault(trace.name, []).append(trace)
    assert len(named[None]) == 6
    (accuracies,) = named["accuracy"]
    assert list(accuracies.y) == [0.5, 0.9, 0.6]
    assert list(accuracies.marker.line.width) == [0, 2.5, 0]
    for i, name in enumerate(("bag", "graded", "sequence")):
        assert [list(trace.y) for trace in named[name]] == [np.eye(3)[i].tolist()] * 2
    symbols = {named[name][0].marker.symbol for name in ("bag", "graded", "sequence")}
    assert len(symbols) == 3
    assert sum(bool(trace.showlegend is not False) for trace in figure.data) == 4
    assert list(figure.layout.xaxis2.ticktext) == ["0<br>bag", "4", "∞<br>sequence"]


def test_scales_have_names():
    assert [scale_name(scale) for scale in SCALES][:3] == ["0 bag", "½", "1"]
    assert len({scale_name(scale) for scale in SCALES}) == len(SCALES)
