"""The tour, rendered without a browser: every step, every control, and sentences that say what is shown."""

import base64
import json
import re

import numpy as np
import pytest

from tests.test_app import app, charts, said
from vsaviz import shipped
from vsaviz.lab.order import Asked, tell
from vsaviz.ui.steps import STEPS
from vsaviz.ui.steps.ask import QUESTIONS
from vsaviz.ui.steps.order import PAIRS, SCHEMES
from vsaviz.ui.tour import asked_step

TOUR = "vsaviz/ui/tour.py"
PICTURES = ["vector", "near", "why", "orthogonal", "order", "ask"]
N = len(shipped.load("clinical").documents)


@pytest.fixture(scope="module")
def visit():
    """One visit for all tests: what a step has worked out is kept."""
    return app("Your files").switch_page(TOUR)


def step(visit, number):
    visit.session_state["step"] = number
    visit.run()
    assert not visit.exception
    return visit


def sentence(at):
    (text,) = said(at, "vz-tour vz-tour-said")
    return text


def drawn(at, number):
    (chart,) = charts(at, f"tour_{PICTURES[number - 1]}")
    return json.loads(chart.proto.spec)


def numbers(values):
    """The values of a trace, however they were sent."""
    if isinstance(values, dict):
        kinds = {"f8": "<f8", "f4": "<f4", "i4": "<i4", "i2": "<i2", "i1": "i1", "u1": "u1"}
        return np.frombuffer(base64.b64decode(values["bdata"]), kinds[values["dtype"]])
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def test_it_opens_without_any_documents_of_ones_own(visit):
    at = step(visit, 1)
    assert STEPS[0].title in " ".join(said(at, "vz-tour-title"))
    assert at.button(key="tour_back").disabled


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_each_step_has_one_idea_one_picture_and_two_sentences(visit, number):
    at = step(visit, number)
    assert STEPS[number - 1].title in " ".join(said(at, "vz-tour-title"))
    assert len(at.get("plotly_chart")) == 1
    assert drawn(at, number)["data"]
    assert drawn(at, number)["layout"]["font"]["size"] >= 15
    assert len(sentence(at)) > 40


def test_buttons_go_on_and_back_and_the_address_follows(visit):
    at = step(visit, 1)
    for number in range(2, len(STEPS) + 1):
        at.button(key="tour_on").click().run()
        assert not at.exception
        assert at.session_state["step"] == number
        assert at.query_params["step"] == str(number)
    assert at.button(key="tour_on").disabled
    at.button(key="tour_back").click().run()
    assert at.session_state["step"] == len(STEPS) - 1


@pytest.mark.parametrize(("asked", "shown"), [("4", 4), ("0", 1), ("7", 1), ("x", 1), ("²", 1), ("-1", 1)])
def test_an_address_names_a_step_or_the_first_is_shown(asked, shown):
    assert asked_step(asked) == shown


def test_1_another_patient_has_another_vector(visit):
    at = step(visit, 1)
    before, said_before = drawn(at, 1)["data"][1]["z"], sentence(at)
    at.selectbox(key="tour_patient").set_value(5).run()
    assert drawn(at, 1)["data"][1]["z"] != before
    assert sentence(at) != said_before
    assert shipped.load("clinical").documents[5]["id"] in sentence(at)


def test_2_with_few_dimensions_neighbours_are_lost(visit):
    at = step(visit, 2)
    shares = {}
    for size in (16, 1024):
        at.select_slider(key="tour_dimensions").set_value(size).run()
        assert not at.exception
        shares[size] = int(re.search(r"it is (\d+)%", sentence(at))[1])
        points = sum(len(trace.get("customdata", [])) for trace in drawn(at, 2)["data"] if "text" in trace)
        assert points or drawn(at, 2)["data"]
        assert f"D={size:,}" in sentence(at)
    assert shares[16] < shares[1024] - 15


def test_3_the_bars_are_parts_of_the_cosine_that_is_said(visit):
    at = step(visit, 3)
    cosines = {}
    for chosen in ("nearest", "10th", "farthest"):
        at.select_slider(key="tour_neighbor").set_value(chosen).run()
        assert not at.exception
        cosines[chosen] = float(re.search(r"cosine of (-?[\d.]+)\.", sentence(at))[1])
    assert cosines["nearest"] > cosines["10th"] > cosines["farthest"]
    at.select_slider(key="tour_neighbor").set_value("nearest").run()
    bars = numbers(drawn(at, 3)["data"][0]["x"])
    assert bars.sum() == pytest.approx(cosines["nearest"], abs=0.1)


def test_4_random_matrices_drift_and_orthogonal_ones_do_not(visit):
    at = step(visit, 4)
    spreads = {}
    for size in (64, 256):
        at.select_slider(key="tour_matrix_size").set_value(size).run()
        assert not at.exception
        lengths = {
            trace["name"]: numbers(trace["y"])
            for trace in drawn(at, 4)["data"]
            if trace["name"].endswith("length")
        }
        gaussian, orthogonal = lengths["plain random matrices length"], lengths["orthogonal matrices length"]
        spreads[size] = np.nanstd(np.log(gaussian))
        assert np.nanmax(np.abs(orthogonal - 1)) < 1e-4
        low, high = (f"{one:.2f}" for one in (np.nanmin(gaussian[50::52]), np.nanmax(gaussian[50::52])))
        assert f"lengths are {low} to {high} times" in sentence(at)
    assert spreads[64] > 1.5 * spreads[256] > 0.1


@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_5_the_bars_are_the_cosines_of_the_schemes(visit, number):
    at = step(visit, 5)
    at.selectbox(key="tour_pair").set_value(number).run()
    assert not at.exception
    bars = numbers(drawn(at, 5)["data"][0]["x"])
    np.testing.assert_allclose(bars, tell([PAIRS[number]], Asked(SCHEMES)).cosines[0], atol=1e-6)
    commuting = [name for name, bar in zip(SCHEMES, bars, strict=True) if bar > 0.95]
    for name in commuting:
        assert name in sentence(at)
    if number < 2:
        assert commuting == ["map-i", "hrr", "bsc"]
        assert sentence(at).endswith("to mbat, permutation and vtb they are not.")


@pytest.mark.parametrize("question", QUESTIONS)
def test_6_questions_have_answers_and_a_place_on_the_map(visit, question):
    at = step(visit, 6)
    at.selectbox(key="tour_question").set_value(question).run()
    assert not at.exception
    assert drawn(at, 6)["data"][-1]["marker"]["symbol"] == "star"
    assert "hold all of it" in sentence(at)
    assert "None holds" not in sentence(at)


def test_the_patient_of_the_first_step_is_followed(visit):
    at = step(visit, 1)
    at.selectbox(key="tour_patient").set_value(5).run()
    name = shipped.load("clinical").documents[5]["id"]
    assert name in sentence(step(at, 2))
    assert name in sentence(step(at, 3))
