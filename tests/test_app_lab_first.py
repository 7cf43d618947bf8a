"""The Lab on stability, order and softness, rendered: what breaks the claim breaks the figure."""

import base64
import json
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.test_app import ROOT, bodies, charts, said
from vsaviz.ui.experiments.reading import listed
from vsaviz.ui.experiments.stability_words import _small

LAB = "vsaviz/ui/lab.py"
HOSTILE = '<img src=x onerror="alert(1)">'


def healthy(at):
    assert not at.exception
    return at


def lab(name):
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120).switch_page(LAB)
    at.session_state["collection"] = "Your files"
    at.session_state["experiment"] = name
    return healthy(at.run())


def traces(at, name):
    """Return the y values of a figure's traces, by name."""
    (chart,) = charts(at, f"{name}_figure")
    found = {}
    for trace in json.loads(chart.proto.spec)["data"]:
        found.setdefault(trace["name"], _numbers(trace["y"]))
    return found


def _numbers(values):
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).astype(float)
    return np.array(values, dtype=float)


def sentence(at):
    (text,) = said(at, "vz-reading")
    return text


def last_lengths(at, scheme, steps=50):
    return traces(at, "stability")[f"{scheme} length"].reshape(-1, steps + 2)[:, steps]


# Stability


def test_orthogonal_matrices_keep_lengths_and_gaussian_ones_do_not_least_at_a_small_d():
    at = lab("stability")
    titles = [f"{name}, D=128" for name in ("mbat-gaussian", "mbat", "mbat-haar")]
    gaussian, *others = (last_lengths(at, title) for title in titles)
    assert np.log(gaussian).std() > 0.2
    for lengths in others:
        np.testing.assert_allclose(lengths, 1, atol=1e-4)
    spread, theory = re.search(
        r"standard deviation of their logarithm ([\d.]+); theory, √\(m/2D\), expects ([\d.]+)", sentence(at)
    ).groups()
    assert float(spread) == pytest.approx(np.log(gaussian).std(ddof=1), abs=0.006)
    assert float(theory) == pytest.approx((50 / 256) ** 0.5, abs=0.006)
    low, high = re.search(r"lengths are between ([\d.]+) and ([\d.]+) under", sentence(at)).groups()
    assert (float(low), float(high)) == pytest.approx((gaussian.min(), gaussian.max()), rel=0.06)
    most = float(re.search(r"no cosine by more than ([\d.]+)\.$", sentence(at))[1])
    assert most < 1e-4
    assert most >= max(np.abs(lengths - 1).max() for lengths in others)
    at.select_slider(key="stability_dimensions").set_value(64).run()
    further = last_lengths(healthy(at), "mbat-gaussian, D=64")
    assert np.log(further).std() > 1.15 * np.log(gaussian).std()
    np.testing.assert_allclose(last_lengths(at, "mbat, D=64"), 1, atol=1e-4)


def test_schemes_steps_and_cosine_are_chosen():
    at = lab("stability")
    at.multiselect(key="stability_schemes").set_value(["hrr", "hrr-unitary"])
    at.slider(key="stability_steps").set_value(7)
    at.slider(key="stability_cosine").set_value(0.3)
    healthy(at.run())
    cosines = traces(at, "stability")["hrr-unitary, D=128 cosine"].reshape(-1, 9)[:, :8]
    np.testing.assert_allclose(cosines, 0.3, atol=1e-4)
    assert np.abs(np.log(last_lengths(at, "hrr, D=128", 7))).max() > 0.3
    assert sentence(at).startswith("After 7 bindings: lengths are between")
    assert "theory" not in sentence(at)
    healthy(at.multiselect(key="stability_schemes").set_value([]).run())
    assert not charts(at, "stability_figure")
    assert "Choose at least one scheme." in said(at, "vz-caption")


@pytest.mark.parametrize(("value", "text"), [(2.1e-6, "0.000003"), (9.99e-5, "0.0001"), (0.0, "0.000000001")])
def test_small_numbers_are_written_out_and_never_too_small(value, text):
    assert _small(value) == text
    assert float(text) >= value


def test_names_are_listed_as_in_a_sentence():
    assert listed(["hrr", "bsc", "mbat"]) == "hrr, bsc and mbat"


# Order


def table(at):
    """Return the cells of the table: for each pair (marked, cosine), by scheme."""
    (html,) = [body for body in bodies(at) if 'class="vz-order"' in body]
    head, rows = html.split("<tbody>")
    names = re.findall(r"<th>([^<]+)<small>", head)
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", rows):
        title = re.search(r'<th scope="row">([^<]*)', row)[1]
        cells = re.findall(r'<td( class="vz-same")?[^>]*>(?:≡ )?([^<]*)', row)
        found[title] = {
            name: (bool(mark), float(text.replace("−", "-")))
            for name, (mark, text) in zip(names, cells, strict=True)
        }
    return found


def test_a_commutative_scheme_takes_swapped_keys_for_one_and_bags_swapped_items():
    at = lab("order")
    swapped = table(at)["keys swapped"]
    for name in ("map-i", "hrr", "bsc"):
        assert swapped[name] == (True, 1.0)
    for name in ("exact", "mbat", "permutation"):
        assert not swapped[name][0]
        assert abs(swapped[name][1]) < 0.2
    blind = {name: sum(row[name][0] for row in table(at).values()) for name in swapped}
    assert sentence(at) == (
        f"Of {len(table(at))} pairs that differ, map-i and bsc cannot tell {blind['map-i']}; "
        f"hrr cannot tell {blind['hrr']}; mbat and permutation can tell all."
    )
    assert blind["bsc"] == blind["map-i"] > blind["hrr"] > 0
    assert abs(table(at)["two items swapped"]["exact"][1]) < 0.01
    healthy(at.selectbox(key="order_arrays").set_value("bag").run())
    assert table(at)["two items swapped"]["exact"] == (False, 1.0)
    assert sentence(at).startswith("3 of 13 pairs are one to any scheme")


def test_a_scheme_that_is_put_in_gets_a_column_and_a_place_in_the_sentence():
    at = lab("order")
    healthy(at.multiselect(key="order_schemes").set_value(["ghrr", "mcr"]).run())
    swapped = table(at)["keys swapped"]
    assert swapped["mcr"] == (True, 1.0)
    assert swapped["ghrr"][1] == pytest.approx(0.25, abs=0.12)
    assert "mcr cannot tell 2; ghrr can tell all." in sentence(at)
    healthy(at.multiselect(key="order_schemes").set_value([]).run())
    assert "Choose at least one scheme." in said(at, "vz-caption")


def add(at, one, other):
    at.text_area(key="order_First").set_value(one)
    at.text_area(key="order_Second").set_value(other)
    return healthy(at.button(key="order_add").click().run())


def test_a_pair_of_ones_own_is_compared_and_taken_away_again():
    at = add(lab("order"), '{"p": {"q": 5}}', '{"q": {"p": 5}}')
    assert table(at)["yours"]["hrr"] == (True, 1.0)
    assert abs(table(at)["yours"]["mbat"][1]) < 0.2
    assert "Of 14 pairs" in sentence(at)
    add(at, json.dumps({HOSTILE: HOSTILE}), json.dumps([f"**{HOSTILE}**"]))
    assert not any("<img" in body for body in bodies(at))
    assert not any(re.search(r"(?<!\\)[<*]", button.label) for button in at.button)
    assert "Of 15 pairs" in sentence(at)
    for _ in range(2):
        healthy(at.button(key="order_remove_0").click().run())
    assert "yours" not in table(at)


def test_what_is_not_json_is_said_and_the_table_stays():
    at = lab("order")
    for one, told in (
        ("", "the first box: empty"),
        ('{"a": }', "the first box, line 1, column"),
        ('"' + "x" * 30_000 + '"', "the first box: 30,002 characters"),
    ):
        add(at, one, "1")
        assert told in " ".join(said(at, "vz-notice"))
        assert len(table(at)) == 13


# Softness


def test_soft_values_fall_slowly_and_exact_ones_at_once():
    at = lab("softness")
    soft = traces(at, "softness")
    assert soft["apart"][1] > 0.8
    assert soft["letters changed"][1] > 0.8
    distance = float(re.search(r"numbers ([\d.]+) apart", sentence(at))[1])
    assert soft["apart"][int(distance // 2)] >= 0.5 > soft["apart"][int(distance // 2) + 1]
    at.selectbox(key="softness_numbers").set_value("exact")
    at.selectbox(key="softness_strings").set_value("exact")
    exact = traces(healthy(at.run()), "softness")
    for name in ("apart", "days apart", "letters changed", "words replaced"):
        assert exact[name][0] == pytest.approx(1)
        assert np.abs(exact[name][1:]).max() < 0.15
    assert "is near nothing at the first step for numbers 2 apart, dates 1 day apart" in sentence(at)


def test_bags_do_not_see_swaps_sequences_do_and_a_small_d_scatters():
    at = lab("softness")
    off = _off(at)
    at.select_slider(key="softness_dimensions").set_value(64)
    at.selectbox(key="softness_arrays").set_value("bag").run()
    np.testing.assert_allclose(traces(healthy(at), "softness")["pairs swapped"], 1, atol=1e-5)
    assert "arrays with 5 pairs of items swapped (1.00 is left)" in sentence(at)
    at.selectbox(key="softness_arrays").set_value("sequence").run()
    assert traces(healthy(at), "softness")["pairs swapped"][-1] < 0.2
    assert _off(at) > 2 * off


def _off(at):
    return float(re.search(r"off the exact one by ([\d.]+)", sentence(at))[1])
