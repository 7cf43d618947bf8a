"""Chains of bindings: what orthogonal roles keep, what Gaussian ones lose, and by which law."""

import numpy as np
import pytest

from vsaviz import schemes
from vsaviz.figures.palette import DARK, LIGHT
from vsaviz.figures.stability import Column, stability_figure
from vsaviz.lab.drift import drift, leading, log_length
from vsaviz.lab.stability import Chain, stability

D, STEPS = 64, 50


def walk(scheme, **options):
    (found,) = stability(
        Chain(**{"schemes": (scheme,), "dimensions": D, "steps": STEPS, "runs": 6, **options})
    )
    return found


@pytest.fixture(scope="module")
def gaussian():
    return walk("mbat-gaussian", runs=300)


def test_pairs_start_with_exactly_the_cosine_that_was_asked_for(name):
    for cosine in (0.0, 0.35, 0.8):
        found = walk(name, cosine=cosine, steps=1)
        np.testing.assert_allclose(found.cosines[:, 0], cosine, atol=1e-6)
        assert (found.lengths[:, 0] == 1).all()


def test_isometric_schemes_keep_lengths_and_cosines_and_the_others_do_not(name):
    found, kind = walk(name), schemes.scheme_type(name)
    assert found.lengths.shape == found.cosines.shape == (6, STEPS + 1)
    if kind.isometric:
        assert found.departure < 1e-5
        np.testing.assert_array_equal(found.theory.length, np.ones((2, STEPS + 1)))
        np.testing.assert_array_equal(found.theory.cosine, np.full((2, STEPS + 1), 0.8))
    else:
        assert found.departure > 0.1
        assert found.spread > 0.2


def test_the_spread_of_gaussian_lengths_is_that_of_theory(gaussian):
    logs = np.log(gaussian.lengths)
    assert gaussian.spread == logs[:, -1].std(ddof=1)
    for steps in (5, 20, STEPS):
        mean, deviation = log_length(steps, D)
        assert logs[:, steps].std() == pytest.approx(leading(steps, D), rel=0.15)
        assert deviation == pytest.approx(leading(steps, D), rel=0.02)
        assert logs[:, steps].mean() == pytest.approx(mean, abs=4 * deviation / 300**0.5)


def test_the_bounds_of_theory_hold_nearly_all_gaussian_runs_and_are_no_wider_than_needed(gaussian):
    for runs, (low, high) in (
        (gaussian.lengths, gaussian.theory.length),
        (gaussian.cosines, gaussian.theory.cosine),
    ):
        inside = ((runs >= low) & (runs <= high))[:, 1:].mean(axis=0)
        assert (inside > 0.9).all()
        assert 0.92 < inside.mean() < 0.98


def test_the_law_of_lengths_by_hand():
    """With D = 2 the squared length is exponential, whose logarithm has mean −γ and variance π²/6."""
    mean, deviation = log_length(1, 2)
    assert mean == pytest.approx(-np.euler_gamma / 2)
    assert deviation == pytest.approx(np.pi / np.sqrt(24))
    assert log_length(7, 2) == pytest.approx((7 * mean, np.sqrt(7) * deviation))


def test_no_bounds_are_drawn_where_no_law_is_known():
    assert drift(schemes.scheme_type("hrr"), D, STEPS, 0.8) is None
    assert drift(schemes.scheme_type("vtb"), D, STEPS, 0.8) is None


@pytest.mark.parametrize("scheme", ["mbat", "mbat-gaussian", "vtb"])
def test_a_chain_is_one_bind_after_the_other(scheme):
    found = walk(scheme, steps=3, runs=2, seed=4)
    made = schemes.create(scheme, D, seed=4)
    for run in range(2):
        vectors = made.atoms([("stability", "one", run)])
        first = np.linalg.norm(vectors)
        for step in range(3):
            number = 0 if made.isometric else run
            vectors = made.bind(("stability", number, step), vectors)
            assert found.lengths[run, step + 1] == pytest.approx(np.linalg.norm(vectors) / first, rel=1e-5)


def test_the_more_dimensions_the_less_gaussian_matrices_drift():
    spreads = [walk("mbat-gaussian", dimensions=size, steps=20, runs=60).spread for size in (16, 64)]
    assert spreads[0] > 1.5 * spreads[1]


def test_the_seed_alone_decides_and_progress_is_told():
    told = []
    chain = Chain(("mbat-gaussian", "mbat"), D, steps=4, runs=3)
    one, other = stability(chain, told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) == 4 * 3 + 4
    assert (one.scheme, other.scheme) == chain.schemes
    np.testing.assert_array_equal(stability(chain)[0].lengths, one.lengths)
    assert (walk("mbat-gaussian", seed=1, steps=4, runs=3).lengths[:, 1:] != one.lengths[:, 1:]).all()


def test_a_scheme_without_that_d_takes_the_nearest():
    assert walk("vtb", dimensions=128, steps=1).dimensions == 121


# The figure


def columns():
    return [
        Column(
            one.scheme,
            one.lengths,
            one.cosines,
            one.theory and one.theory.length,
            one.theory and one.theory.cosine,
        )
        for one in stability(Chain(("mbat-gaussian", "hrr", "mbat"), D, steps=5, runs=3))
    ]


@pytest.mark.parametrize("dark", [False, True])
def test_every_run_is_drawn_over_the_bounds_of_theory(dark):
    drawn = columns()
    figure = stability_figure(drawn, dark=dark)
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces) == [
        *(f"mbat-gaussian {name}" for name in ("theory", "length", "cosine")),
        *(f"hrr {name}" for name in ("length", "cosine")),
        *(f"mbat {name}" for name in ("theory", "length", "cosine")),
    ]
    for column in drawn:
        for name, runs in (("length", column.lengths), ("cosine", column.cosines)):
            y = np.asarray(traces[f"{column.title} {name}"].y, dtype=float).reshape(3, 7)
            np.testing.assert_array_equal(y[:, :-1], runs)
            assert np.isnan(y[:, -1]).all()
    theory = [trace for trace in figure.data if trace.name == "mbat-gaussian theory"]
    assert [list(trace.y[:6]) for trace in theory] == [
        list(drawn[0].length_bounds[1]),
        list(drawn[0].cosine_bounds[1]),
    ]
    assert figure.layout.font.color == (DARK if dark else LIGHT).text


def test_the_axis_of_lengths_is_logarithmic_and_shows_all():
    drawn = columns()
    axis = stability_figure(drawn).layout.yaxis
    low, high = (10**end for end in axis.range)
    assert axis.type == "log"
    assert low < min(column.lengths.min() for column in drawn)
    assert high > max(column.lengths.max() for column in drawn)
    assert 1 in axis.tickvals
    assert 2 < len(axis.tickvals) < 10


def test_what_is_flat_looks_flat():
    axis = stability_figure(columns()[2:]).layout.yaxis
    assert 10 ** axis.range[0] < 0.6
    assert 10 ** axis.range[1] > 1.9
    assert list(axis.ticktext) == ["1/2", "1", "2"]
