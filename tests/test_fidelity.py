"""How near schemes come to the exact kernel: against theory, and within their time."""

import random
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest

from vsaviz import schemes
from vsaviz.features import FeatureSettings, fit
from vsaviz.figures import fidelity_figure
from vsaviz.figures.fidelity import Curve
from vsaviz.lab.comparing.fidelity import Fidelity, Limits, Measured, deviation, fidelity, sampled
from vsaviz.lab.comparing.reading import fidelity_reading

SMALL = Limits(dimensions=(64, 256, 1024), documents=60, seconds=1e9, dense=64)


@pytest.fixture(scope="module")
def unlike():
    """Documents of random words: few are alike, so that noise is all there is."""
    draw = random.Random(3)  # noqa: S311 - not for secrets
    words = [f"w{i}" for i in range(400)]
    documents = [
        {"a": {"b": draw.choice(words), "c": draw.choice(words)}, "d": draw.choice(words), "b": {"a": i}}
        for i in range(120)
    ]
    return fit(documents, FeatureSettings(numbers="exact", structure=0.05))[1]


def test_mbat_deviates_by_one_over_the_root_of_d(unlike):
    found = fidelity(unlike, ["mbat", "permutation"], limits=SMALL)
    assert [one.dimensions for one in found.measured if one.scheme == "mbat"] == [64, 256, 1024]
    for one in found.measured:
        assert 0.8 < one.deviation * np.sqrt(one.dimensions) < 1.3
        assert one.bytes == 4 * one.dimensions
    kept = [one.overlap for one in found.measured if one.scheme == "mbat"]
    assert kept == sorted(kept)
    assert kept[0] < kept[-1]
    assert found.line == ((64, 256, 1024), (0.125, 0.0625, 0.03125))


def test_what_mixes_up_fields_has_a_deviation_that_stays(unlike):
    found = fidelity(unlike, ["mbat", "hrr-unitary"], limits=SMALL)
    assert set(found.mixing) == {"hrr-unitary"}
    assert found.mixing["hrr-unitary"] > 0


def test_dense_schemes_end_early_and_it_is_said(unlike):
    found = fidelity(unlike, ["mbat-haar"], limits=SMALL)
    assert [one.dimensions for one in found.measured] == [64]
    assert found.left_out == {"mbat-haar": (256, 1024)}


def test_what_would_take_too_long_is_left_out_for_all(unlike):
    found = fidelity(unlike, ["mbat", "hrr"], limits=Limits((64, 256), 40, seconds=1e-9))
    assert {(one.scheme, one.dimensions) for one in found.measured} == {("mbat", 64), ("hrr", 64)}
    assert found.left_out == {"mbat": (256,), "hrr": (256,)}


@pytest.mark.parametrize(("seconds", "largest"), [(8.0, 64), (1000.0, 128)])
def test_all_schemes_together_keep_to_their_time(unlike, monkeypatch, seconds, largest):
    ticks = count()
    monkeypatch.setattr(
        "vsaviz.lab.comparing.fidelity.time", SimpleNamespace(perf_counter=lambda: next(ticks) / 10)
    )
    names = [name for name, kind in schemes.SCHEMES.items() if kind.largest is None][:10]
    found = fidelity(unlike, names, limits=Limits((64, 128), 20, seconds))
    assert {one.scheme for one in found.measured} == {*names}
    assert max(one.dimensions for one in found.measured) == largest
    assert bool(found.left_out) == (largest == 64)


def test_the_same_seed_draws_the_same_documents():
    assert sampled(5, 9).tolist() == [0, 1, 2, 3, 4]
    one = sampled(1000, 30, seed=4)
    assert (np.diff(one) > 0).all()
    assert one.tolist() == sampled(1000, 30, seed=4).tolist() != sampled(1000, 30, seed=5).tolist()


def test_progress_grows_to_the_end(unlike):
    told = []
    fidelity(unlike, ["mbat"], limits=Limits((64,), 20, 60.0), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 2


@pytest.mark.parametrize("n", [1, 2])
def test_one_document_or_two_are_no_error(n):
    _, features = fit([{"a": i} for i in range(n)], FeatureSettings())
    found = fidelity(features, ["mbat", "bsc"], limits=Limits((64,), 9, 9.0))
    assert found.n == n
    assert found.k == n - 1
    assert fidelity_reading(found)


def test_the_deviation_is_the_root_mean_square_over_pairs():
    exact = np.eye(3, dtype=np.float32)
    other = exact + np.array([[9, 1, 2], [1, 9, 2], [2, 2, 9]], np.float32)
    assert deviation(other, exact) == pytest.approx(np.sqrt((1 + 4 + 4) / 3))


def found():
    measured = (
        Measured("mbat", 64, 0.125, 0.5, 0.1, 256),
        Measured("mbat", 256, 0.0625, 0.75, 0.2, 1024),
        Measured("hrr", 64, 0.25, 0.25, 0.1, 256),
        Measured("hrr", 256, 0.1875, 0.3, 0.2, 1024),
    )
    return Fidelity(measured, 100, 10, {"hrr": 0.0123})


def test_the_reading_of_fidelity_is_built_from_it():
    text = fidelity_reading(found())
    assert "mbat deviate by 1.0 times 1/√D" in text
    assert "hrr 3.0 times" in text
    assert "hrr mixes up fields: that alone, free of noise, makes a deviation of up to 0.0123" in text
    assert "mbat at D=256 keeps the most of the 10 nearest, 75%, with 1.0 kB a vector" in text


def test_the_figure_holds_the_curves_and_the_line():
    one = found()
    curves = [
        Curve(
            name,
            *zip(
                *[(m.dimensions, m.deviation, m.overlap) for m in one.measured if m.scheme == name],
                strict=True,
            ),
            told,
        )
        for name, told in (("mbat", True), ("hrr", False))
    ]
    figure = fidelity_figure(curves, one.line, one.k)
    by_name = {(trace.name, trace.yaxis): trace for trace in figure.data}
    assert by_name["mbat", "y"].y == (0.125, 0.0625)
    assert by_name["mbat", "y2"].y == (0.5, 0.75)
    assert by_name["1/√D", None].y == (0.125, 0.0625)
    assert by_name["other schemes", "y"].x == (64, 256)
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
