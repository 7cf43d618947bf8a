"""The page Lab, rendered without a browser: the choice of experiments, Time, Probe, and what goes wrong."""

import base64
import json
import re
from io import BytesIO

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.test_app import ROOT, app, charts, said, with_documents
from vsaviz.ui import running
from vsaviz.ui.experiments import EXPERIMENTS

LAB = "vsaviz/ui/lab.py"
COLORS = ["red", "green", "blue", "black"]
DRAW = np.random.default_rng(0)
DOCUMENTS = [
    {
        "id": f"d-{i}",
        "color": COLORS[DRAW.integers(4)],
        "n": int(DRAW.integers(9)),
        "on": bool(DRAW.integers(2)),
    }
    for i in range(80)
]


def healthy(at):
    assert not at.exception
    return at


def lab(name=None, at=None):
    """Open the page, on an experiment where one is named."""
    at = at or app()
    if name:
        at.session_state["experiment"] = name
    return healthy(at.switch_page(LAB).run())


def figure(at, key):
    (chart,) = charts(at, key)
    return json.loads(chart.proto.spec)


def numbers(array):
    """Return what plotly was given, which it may have packed."""
    if isinstance(array, dict):
        return np.frombuffer(base64.b64decode(array["bdata"]), dtype=array["dtype"])
    return np.array(array, dtype=float)


def titles(at):
    return [text.strip() for text in said(at, "vz-heading")]


def reading(at):
    (text,) = said(at, "vz-reading")
    return text


# The page


def test_the_experiments_stand_in_their_order():
    names = ["stability", "order", "softness", "capacity", "factoring", "time", "probe"]
    assert list(EXPERIMENTS) == names
    assert [experiment.name for experiment in EXPERIMENTS.values()] == names
    for experiment in EXPERIMENTS.values():
        texts = [experiment.title, experiment.claim, experiment.control, experiment.source, *experiment.tries]
        assert all(texts)
        assert not re.search(r"\d%", " ".join(texts[:3])), "measured figures come from results"


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_experiment_shows_its_claim_what_to_try_what_breaks_it_and_its_source(name):
    at = lab(name)
    experiment = EXPERIMENTS[name]
    assert not said(at, "vz-notice")
    assert at.query_params["experiment"] == name
    shown = [text.value for text in at.markdown]
    assert experiment.claim in shown
    assert experiment.control in shown
    assert "\n".join(f"- {one}" for one in experiment.tries) in shown
    assert {experiment.title, "Try", "What breaks it"} <= set(titles(at))
    assert f"After {experiment.source.rstrip('.')}." in said(at, "vz-caption")
    assert all(said(at, "vz-reading"))


def test_the_lab_opens_on_the_first_experiment_and_the_choice_is_kept_on_the_way():
    at = lab()
    pills = at.button_group(key="experiment")
    assert pills.value == next(iter(EXPERIMENTS))
    assert pills.options[5:] == ["6  Time", "7  Probe"]
    pills.set_value("time").run()
    assert titles(healthy(at))[0] == "Time"
    at.run()
    assert at.button_group(key="experiment").value == "time"
    at.switch_page("vsaviz/ui/ask.py").run()
    at.switch_page(LAB).run()
    assert titles(healthy(at))[0] == "Time"
    assert at.query_params["experiment"] == "time"


def test_a_click_counts_more_than_an_address_that_comes_late():
    at = lab("softness")
    at.query_params["experiment"] = "stability"  # what the browser had before
    at.button_group(key="experiment").set_value("order").run()
    assert titles(healthy(at))[0] == EXPERIMENTS["order"].title
    assert at.query_params["experiment"] == "order"


def test_an_address_opens_its_experiment():
    at = app()
    at.query_params["experiment"] = "time"
    at.switch_page(LAB).run()
    at.query_params["experiment"] = "time"
    assert titles(healthy(at.run()))[0] == "Time"
    at.query_params["experiment"] = "softness"  # as going back in the browser does
    assert titles(healthy(at.run()))[0] == "Softness"
    at.query_params["experiment"] = "no such"
    assert titles(healthy(at.run()))[0] == "Softness"


def test_without_any_data_all_but_the_probe_run():
    at = lab("time", AppTest.from_file(ROOT / "app.py", default_timeout=120).run())
    at.selectbox(key="collection").set_value("Your files").run()
    assert titles(healthy(at))[0] == "Time"
    assert charts(at, "time_figure")
    at.button_group(key="experiment").set_value("probe").run()
    assert "Nothing on the map yet" in titles(healthy(at))
    assert not charts(at, "probe_figure")


# Work that can be stopped


def test_work_is_remembered_by_its_settings_and_can_be_stopped_and_run_again(monkeypatch):
    monkeypatch.setattr(running, "BEFORE_SHOWING", 0.0)
    monkeypatch.setattr(running, "BETWEEN_REPORTS", 0.0)

    def page():
        import streamlit as st

        from vsaviz.ui.running import run

        def work(progress):
            st.session_state["made"] = st.session_state.get("made", 0) + 1
            for share in (-1, 0.5, 2):
                progress(share)
            return [settings]

        settings = st.number_input("n", 0, 9, key="n")
        st.write(f"made {run('test', settings, work, 'Making')}")

    at = healthy(AppTest.from_function(page).run())
    made = lambda: (at.markdown[-1].value, at.session_state["made"])  # noqa: E731
    assert made() == ("made [0]", 1)
    assert made() == (at.run().markdown[-1].value, 1)
    at.number_input[0].set_value(1).run()
    assert made() == ("made [1]", 2)
    at.session_state["_stopped test"] = 2  # what the button does while work goes on
    at.number_input[0].set_value(2).run()
    assert made() == ("made None", 2)
    at.run()
    assert made() == ("made None", 2)
    at.number_input[0].set_value(1).run()
    assert made() == ("made [1]", 2)
    at.number_input[0].set_value(2).run()
    (again,) = at.button
    assert again.label == "Run it"
    again.click().run()
    assert (made(), len(at.button)) == (("made [2]", 3), 0)
    assert not healthy(at).get("progress")


def test_an_error_in_the_work_is_no_result():
    def page():
        import streamlit as st

        from vsaviz.errors import InputError
        from vsaviz.ui.running import run

        def work(progress):
            if st.session_state.get("fine"):
                return 1
            raise InputError("no")

        try:
            st.write(f"made {run('test', 0, work, 'Making')}")
        except InputError:
            st.write("wrong")

    at = AppTest.from_function(page).run()
    assert at.markdown[-1].value == "wrong"
    at.session_state["fine"] = True
    assert at.run().markdown[-1].value == "made 1"


# Time


def accuracies(at):
    """The shares at all scales, and the one that is marked."""
    (trace,) = [one for one in figure(at, "time_figure")["data"] if one.get("name") == "accuracy"]
    ring = numbers(trace["marker"]["line"]["width"])
    return numbers(trace["y"]), int(ring.argmax())


def curves(at, name):
    """The cosines under shift and under warp of one coding."""
    return [numbers(trace["y"]) for trace in figure(at, "time_figure")["data"] if trace.get("name") == name]


def test_time_fails_at_both_ends_of_the_scale_and_succeeds_between():
    at = lab("time")
    shares, marked = accuracies(at)
    best = shares[marked]
    assert best > 0.95
    assert f"and {best:.0%} with positions of scale 4" in reading(at)
    assert (
        f"puts {shares[0]:.0%} into the right class as a bag, {shares[-1]:.0%} as a plain sequence"
        in reading(at)
    )
    for end, scale in ((0, 0.0), (-1, float("inf"))):
        at.select_slider(key="time_scale").set_value(scale).run()
        shares, marked = accuracies(healthy(at))
        assert shares[marked] < 0.65 < best
        other = "bag" if end == 0 else "sequence"
        for graded, same in zip(curves(at, "graded"), curves(at, other), strict=True):
            np.testing.assert_array_equal(graded, same)


def test_time_follows_its_controls():
    at = lab("time")
    at.select_slider(key="time_dimensions").set_value(256)
    at.slider(key="time_jitter").set_value(0).run()
    assert accuracies(healthy(at))[0][-1] > 0.95
    at.selectbox(key="time_phases").set_value("normal")
    at.select_slider(key="time_dimensions").set_value(64).run()
    before = reading(healthy(at))
    at.number_input(key="time_seed").set_value(1).run()
    assert reading(healthy(at)) != before


# Probe


def npy(array):
    stream = BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def colors():
    """A model that knows the colour and nothing else."""
    return np.array(
        [[document["color"] == color for color in COLORS] for document in DOCUMENTS], dtype=np.float32
    )


def uploaded(at, data, name="mine.npy"):
    at.file_uploader(key="probe_vectors").set_value((name, data, "")).run()
    return healthy(at)


def rows(at):
    """For each field what the marks of the figure show: guess, random, model, own."""
    spec = figure(at, "probe_figure")
    names = [name.strip() for name in spec["layout"]["yaxis"]["ticktext"]]
    marks = [numbers(trace["x"]) for trace in spec["data"][1:]]
    return {name: [float(mark[i]) for mark in marks] for i, name in enumerate(names)}


@pytest.fixture
def probe():
    return lab("probe", with_documents(DOCUMENTS))


def test_probe_shows_at_once_what_words_know(probe):
    found = rows(probe)
    assert set(found) == {"color", "n", "on"}
    guess, random, model, own = found["color"]
    assert model > 0.9 > 0.6 > max(guess, random)
    assert own > 0.95
    assert "Of 3 fields, words (TF-IDF) knows" in reading(probe)
    assert (
        f"right in {model:.0%}, where a guess is in {guess:.0%} and random vectors are in {random:.0%}"
        in reading(probe)
    )
    assert "Measured on 80 of 80 documents (seed 0)" in reading(probe)


def test_shuffled_rows_know_nothing(probe):
    probe.button_group(key="probe_rows").set_value("shuffled").run()
    guess, random, model, own = rows(healthy(probe))["color"]
    assert model < max(guess, random) + 0.17
    assert own > 0.95
    assert "words (TF-IDF), shuffled, knows 0 better" in reading(probe)


def test_at_a_small_d_not_even_the_documents_own_vectors_are_read():
    draw = np.random.default_rng(1)
    at = lab(
        "probe", with_documents([{f"k{j}": COLORS[draw.integers(4)] for j in range(30)} for _ in range(60)])
    )
    own = [np.mean([row[3] for row in rows(at).values()])]
    at.select_slider(key="probe_dimensions mbat").set_value(64).run()
    own.append(np.mean([row[3] for row in rows(healthy(at)).values()]))
    assert own[1] < 0.8 < 0.95 < own[0]
    assert f"at D=64, {own[1]:.0%} come back on average" in reading(at)


def test_vectors_of_ones_own_are_read(probe):
    at = uploaded(probe, npy(colors()), "<b>mine</b>.npy")
    assert not said(at, "vz-notice")
    assert "&lt;b&gt;mine&lt;/b&gt;.npy" in [
        trace.get("name") for trace in figure(at, "probe_figure")["data"]
    ]
    found = rows(at)
    assert found["color"][2] > 0.95
    assert "<b>mine</b>.npy knows 1 better" in reading(at)
    assert next(iter(found)) == "color"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no numpy", "is no .npy file"),
        (npy(np.ones((3, 2))), "3 rows, but the collection has 80 documents"),
        (npy(np.full((80, 2), np.nan)), "row 0, column 0: nan is not finite"),
    ],
)
def test_vectors_that_cannot_be_used_are_a_notice_and_the_rest_stays(probe, data, message):
    at = uploaded(probe, data)
    (error,) = said(at, "vz-notice vz-error")
    assert message in error
    assert "mine.npy" in error
    assert "words (TF-IDF) knows" in reading(at)


def test_fields_can_be_chosen_and_none_is_no_error(probe):
    fields = probe.multiselect[0]
    assert fields.options == ["n", "color", "on"]
    fields.set_value([fields.value[1]]).run()
    assert list(rows(healthy(probe))) == ["color"]
    probe.multiselect[0].set_value([]).run()
    assert not charts(healthy(probe), "probe_figure")
    assert any(text.startswith("Choose a field.") for text in said(probe, "vz-caption"))


@pytest.mark.parametrize(
    "documents", [[{"a": 1}], [1, 2, 3], [{"a": {}}, {"a": []}], [{"t": f"w{i}"} for i in range(30)]]
)
def test_collections_with_nothing_to_ask_say_so(documents):
    at = lab("probe", with_documents(documents))
    assert not charts(at, "probe_figure")
    assert any(text.startswith("Choose a field.") for text in said(at, "vz-caption"))
