"""The Lab on capacity and factoring, rendered: what is said is drawn; what breaks a claim breaks it."""

import base64
import json
import re

import numpy as np
import pytest

from tests.test_app import app, charts, said
from vsaviz.lab.capacity.published import published, stored_runs
from vsaviz.lab.factoring.success import stored_run

LAB = "vsaviz/ui/lab.py"


def healthy(at):
    assert not at.exception
    return at


def lab(name):
    at = app()
    at.session_state["experiment"] = name
    return healthy(at.switch_page(LAB).run())


def traces(at, key):
    """Return the points of a figure's traces, by name."""
    (chart,) = charts(at, key)
    return {
        trace["name"]: (numbers(trace["x"]), numbers(trace["y"]))
        for trace in json.loads(chart.proto.spec)["data"]
    }


def numbers(values):
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).astype(float)
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def sentence(at):
    (text,) = said(at, "vz-reading")
    return text


def pick(at, key, value):
    return healthy(at.segmented_control(key=key).set_value(value).run())


def few(at, *names):
    return healthy(at.multiselect(key="capacity_schemes").set_value(list(names)).run())


# Capacity


def test_few_items_come_back_and_64_dimensions_lose_them():
    at = few(lab("capacity"), "map-i", "bsc")
    counts, shares = traces(at, "capacity_figure")["map-i"]
    assert (shares[counts <= 6] >= 0.99).all()
    _, expected = traces(at, "capacity_figure")["map-i theory"]
    gap = float(re.search(r"at most ([\d.]+)\.$", sentence(at))[1])
    assert np.abs(shares - expected).max() <= gap + 0.006
    held = int(re.search(r"up to (\d+) under map-i", sentence(at))[1])
    assert held == max(k for k in counts if (shares[counts <= k] >= 0.99).all())
    pick(at, "capacity_dimensions", 64)
    counts, shares = traces(at, "capacity_figure")["map-i"]
    assert shares[counts == 6] < 0.95
    assert shares[-1] < 0.4
    assert "At D = 64, " in sentence(at)


def test_live_stored_and_published_stand_side_by_side_and_are_called_so():
    at = few(lab("capacity"), "hrr", "ghrr", "bsdc-s")
    found = traces(at, "capacity_needed")
    assert found["hrr published"][0] == [15]
    assert found["hrr published"][1] == [published("hrr", "items")]
    assert len(found["hrr stored"][0]) > 30
    (k,), (D,) = found["hrr live"]
    assert D == 256
    assert re.search(rf"up to {k:.0f} under [^;]*hrr", sentence(at))
    assert "ghrr published" not in found
    frame = at.dataframe[0].value.set_index("scheme")
    assert frame.loc["hrr", "published 2022"] == 514
    assert frame.loc["hrr", "stored benchmark"] == pytest.approx(514, rel=0.15)
    assert frame.loc["hrr", "theory"] == pytest.approx(514, rel=0.15)
    assert np.isnan(frame.loc["bsdc-s", "theory"])
    captions = " ".join(said(at, "vz-caption"))
    assert f"the mean of {stored_runs()} memories" in captions
    assert any("stored, from benchmarks/capacity.py" in text for text in said(at, "vz-heading"))


def test_pairs_are_read_back_too_and_no_scheme_is_no_error():
    at = pick(few(lab("capacity"), "mbat"), "capacity_view", "Pairs")
    assert "of the pairs came back" in sentence(at)
    few(at)
    assert not charts(at, "capacity_figure")
    assert "Choose at least one scheme." in said(at, "vz-caption")


def test_sets_stay_below_their_bounds_and_many_items_break_few_dimensions():
    at = pick(lab("capacity"), "capacity_view", "Sets")
    pick(at, "capacity_set_size", 3)
    found = traces(at, "capacity_members")
    assert found["sums of signs (map-i)"][1][0] < 0.05
    for name in ("sums of signs (map-i)", "signs of sums (map-b)"):
        assert (found[name][1] <= found[f"{name} bound"][1]).all()
    assert re.search(r"Of the 21 estimates of the 1 shared items \d+ keep to their bound\.", sentence(at))
    pick(at, "capacity_set_size", 31)
    assert traces(at, "capacity_members")["sums of signs (map-i)"][1][0] > 0.15


def test_signs_lie_on_the_arcsine_line():
    at = pick(lab("capacity"), "capacity_view", "Cut bundles")
    found = traces(at, "capacity_signs")
    x, y = found["map-b"]
    np.testing.assert_allclose(y, np.arcsin(x.clip(-1, 1)) * 2 / np.pi, atol=0.06)
    np.testing.assert_allclose(*found["map-i"], atol=1e-5)
    said_off = float(re.search(r"cosine of the sums, to ([\d.]+)", sentence(at))[1])
    pick(at, "capacity_sign_dimensions", 64)
    further = float(re.search(r"cosine of the sums, to ([\d.]+)", sentence(at))[1])
    assert further > 2 * said_off


# Factoring


def test_both_networks_are_drawn_over_the_stored_run():
    at = lab("factoring")
    found = traces(at, "factoring_success")
    classic, attention = stored_run("MAP", 3).curves
    for curve in (classic, attention):
        kept = dict(zip(curve.sizes, curve.success, strict=True))
        sizes, shares = found[f"{curve.update} stored, D = 256"]
        known = ~np.isnan(shares)
        assert list(shares[known]) == [kept[size] for size in sizes[known]]
    sizes, shares = found["classic"]
    live = ~np.isnan(shares)
    assert shares[live][0] == 1
    assert shares[live][-1] < 0.3
    largest, last = sizes[live][-1], found["attention"][1][live][-1]
    assert f"hold {largest:.0f} vectors" in sentence(at)
    assert f"{last:.0%}" in sentence(at)
    captions = " ".join(said(at, "vz-caption"))
    assert "Stored, from benchmarks/factoring.py: D = 256" in captions
    assert f"attention solved {attention.success[-1]:.0%}" in captions


def test_few_dimensions_break_factoring():
    at = pick(lab("factoring"), "factoring_dimensions", 64)
    for name in ("classic", "attention"):
        sizes, shares = traces(at, "factoring_success")[name]
        assert np.nanmax(shares[sizes > 16]) < 0.4
        assert np.nanmax(shares[sizes == 16]) < 0.7
    assert "nowhere" in sentence(at) or re.search(r"by classic up to 8, by attention up to 8", sentence(at))


@pytest.mark.parametrize("family", ["HRR", "FHRR"])
def test_four_factors_of_other_families(family):
    at = pick(lab("factoring"), "factoring_family", family)
    at.select_slider(key="factoring_limit").set_value(10)
    pick(at, "factoring_factors", 4)
    _, shares = traces(at, "factoring_success")["classic"]
    assert np.nanmax(shares) > 0.8
    assert re.search(r"hold 12 vectors, 20,736 combinations", sentence(at))
    assert any(text.endswith(f"{family}, live, D = 256") for text in said(at, "vz-heading"))


def test_guesses_in_turn_help_the_classic_network():
    at = lab("factoring")
    _, together = traces(at, "factoring_success")["classic"]
    pick(at, "factoring_turn", "one after the other")
    _, in_turn = traces(at, "factoring_success")["classic"]
    assert np.nansum(in_turn) > np.nansum(together) + 0.3
