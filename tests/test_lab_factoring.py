"""The Lab on factoring: both networks solve what is small, neither what is hopeless; attention reaches on."""

import json

import numpy as np
import pytest

from benchmarks import factoring as benchmark
from vsaviz.lab.factoring import success as factoring
from vsaviz.lab.factoring.resonating import FAMILIES, UPDATES
from vsaviz.lab.factoring.resonator import Network, Problem
from vsaviz.lab.factoring.success import Curve, Stored, stored_run, success

SMALL = Problem(dimensions=256, size=6, trials=15, steps=40)


@pytest.mark.parametrize("factors", [3, 4])
@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize("family", FAMILIES)
def test_small_products_are_taken_apart(family, update, factors):
    size = {3: 6, 4: 3}[factors]
    found = Network.drawn(Problem(family, factors, 512, size, trials=15, steps=60)).factored(update)
    assert found.solved.mean() >= 0.9
    assert found.steps[found.solved].max() <= 60
    assert np.median(found.steps) < 20


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize("family", FAMILIES)
def test_few_dimensions_break_it(family, update):
    found = Network.drawn(Problem(family, 3, 32, 24, trials=20, steps=30)).factored(update)
    assert found.solved.mean() <= 0.15
    assert (found.steps[~found.solved] == 30).all()


@pytest.mark.parametrize("update", UPDATES)
def test_one_vector_in_each_codebook_is_found_at_once(update):
    found = Network.drawn(Problem(size=1, trials=3)).factored(update)
    assert found.solved.all()
    assert (found.steps == 1).all()


@pytest.mark.parametrize("family", FAMILIES)
def test_what_counts_as_solved_makes_the_product(family):
    network = Network.drawn(Problem(family, 3, 256, 8, trials=6))
    assert network._makes(list(network.right.T), network.products).all()
    wrong = [(network.right.T[0] + 1) % 8, *network.right.T[1:]]
    assert not network._makes(wrong, network.products).any()


@pytest.mark.parametrize("together", [True, False])
def test_a_step_is_the_published_equation(together):
    """x ← sgn(X Xᵀ (s ∘ y ∘ z)), one trial after the other, in plain loops."""
    network = Network.drawn(Problem("MAP", 3, 101, 7, trials=4, together=together))
    X, Y, Z = (book.astype(float) for book in network.books)
    guesses = [book[:4].copy() for book in network.books]
    _, made = network._stepped(guesses, network.products, lambda similarities: similarities)
    for trial, s in enumerate(network.products.astype(float)):
        x, y, z = (guess[trial].astype(float) for guess in guesses)
        new_x = np.sign(X.T @ (X @ (s * y * z)))
        new_y = np.sign(Y.T @ (Y @ (s * (x if together else new_x) * z)))
        new_z = np.sign(Z.T @ (Z @ (s * (x if together else new_x) * (y if together else new_y))))
        for own, expected in zip(made, (new_x, new_y, new_z), strict=True):
            np.testing.assert_array_equal(own[trial], expected)


def test_attention_weighs_by_the_softmax_and_the_classic_network_as_it_is():
    similarities = np.array([[0.5, 0.1, -0.5]], dtype=np.float32)
    np.testing.assert_array_equal(UPDATES["classic"](similarities, 4.0), similarities)
    expected = np.exp(4 * similarities) / np.exp(4 * similarities).sum()
    np.testing.assert_allclose(UPDATES["attention"](similarities, 4.0), expected, rtol=1e-5)


@pytest.mark.parametrize("family", FAMILIES)
def test_guesses_stay_among_the_vectors(family):
    network = Network.drawn(Problem(family, 3, 64, 5, trials=3))
    weights = np.random.default_rng(0).normal(size=(5, 5)).astype(np.float32)
    settled = network._settled(weights @ network.lifted[1])
    bound = network.scheme.bind_vectors(settled, network.books[0])
    lengths = np.linalg.norm(network.scheme.unfold(network.scheme.lift(bound)), axis=1)
    np.testing.assert_allclose(lengths, lengths[0], rtol=1e-4)  # binding with them keeps lengths
    back = network.scheme.unbind_vectors(settled, bound)
    assert np.diag(network.scheme.similarity(back, network.books[0])) == pytest.approx(1, abs=1e-4)


def test_one_after_the_other_helps_the_classic_network():
    together, in_turn = (
        Network.drawn(Problem("MAP", 3, 256, 28, 30, 60, together=way)).factored("classic").solved.mean()
        for way in (True, False)
    )
    assert in_turn > together + 0.2


def test_attention_that_never_doubts_finds_less():
    sharp, fair = (
        Network.drawn(Problem("MAP", 3, 256, 16, 30, 60, sharpness=way)).factored("attention").solved.mean()
        for way in (4.0, 1.0)
    )
    assert fair > sharp + 0.3


def test_the_same_seed_gives_the_same_curves():
    one, other = (success(SMALL, (4, 6)) for _ in range(2))
    assert one == other
    assert [curve.update for curve in one] == ["classic", "attention"]


def test_progress_grows_to_one():
    told = []
    success(SMALL, (2, 4), told.append, repeats=2)
    assert told == sorted(told)
    assert len(told) == 8
    assert told[-1] == 1


def test_what_a_network_reaches_ends_where_it_gives_up():
    steps = (1.0,) * 4
    assert Curve("classic", (4, 8, 16, 32), (1.0, 0.5, 0.4, 0.9), steps).reaches == 8
    assert Curve("classic", (4, 8, 16, 32), (0.4, 0.5, 0.4, 0.9), steps).reaches == 0


@pytest.mark.parametrize("factors", [3, 4])
@pytest.mark.parametrize("family", FAMILIES)
def test_attention_is_better_at_the_largest_codebook_of_the_stored_run(family, factors):
    stored = stored_run(family, factors)
    classic, attention = stored.curves
    assert stored.trials >= 200
    assert classic.sizes == attention.sizes == benchmark.SIZES[factors]
    assert attention.success[-1] > classic.success[-1] + 0.02


def test_attention_is_better_at_a_codebook_too_large_for_the_classic_network():
    classic, attention = success(Problem("MAP", 3, 256, trials=40, steps=60), (40,))
    assert attention.success[0] >= classic.success[0] + 0.1


def test_stored_runs_come_back_as_they_were(tmp_path, monkeypatch):
    curve = Curve("classic", (4, 8), (1.0, 0.0), (2.0, float("nan")))
    monkeypatch.setattr(factoring, "STORED", tmp_path / "runs.json")
    factoring.store([Stored(SMALL, 2, (curve,))])
    json.loads(factoring.STORED.read_text(), parse_constant=pytest.fail)
    (back,) = factoring.stored_runs.__wrapped__()
    assert (back.problem, back.repeats, back.trials) == (SMALL, 2, 30)
    assert back.curves[0].success == (1.0, 0.0)
    np.testing.assert_array_equal(back.curves[0].steps, curve.steps)


def test_the_benchmark_prints_a_row_for_each_network():
    run = Stored(SMALL, 2, tuple(success(SMALL, benchmark.SIZES[3][:2])))
    lines = list(benchmark.report([run]))
    assert sum(line.startswith("| MAP | ") for line in lines) == 2
    assert any(line.startswith("| MAP | attention | 100% (") for line in lines)
