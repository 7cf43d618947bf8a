"""The page Compare, without a browser: settings, address, lists, agreement, and what is taken away."""

import csv
import io
import json
import re
from base64 import b64decode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.test_app import HOSTILE, PETS, ROOT, SWAPPED, app, charts, choose, healthy, said, with_documents
from vsaviz import schemes
from vsaviz.features import FeatureSettings
from vsaviz.lab.comparing.fidelity import Fidelity, Measured
from vsaviz.ui.comparing import export as compare_export
from vsaviz.ui.comparing import fidelity as compare_fidelity
from vsaviz.ui.comparing.address import MOST, read, told, written
from vsaviz.ui.encoding import KNOBS, SIZES, Encoding

COMPARE = "vsaviz/ui/compare.py"
EXPLORE = "vsaviz/ui/explore.py"


def compare(documents=PETS, **address):
    at = with_documents(documents)
    for name, value in address.items():
        at.query_params[name] = value
    return healthy(at.switch_page(COMPARE).run())


def settings(at):
    """The scheme and D of each card, as its boxes show them."""
    boxes = {box.key: box.value for box in at.selectbox if (box.key or "").startswith("compare_")}
    numbers = sorted({int(key.split()[-1]) for key in boxes if "scheme" in key})
    turn = next(key.split()[1] for key in boxes if "scheme" in key)
    return [
        (boxes[f"compare_scheme {turn} {number}"], boxes[f"compare_dimensions {turn} {number}"])
        for number in numbers
    ]


def widget(at, part, number, kind="selectbox"):
    return next(
        one for one in getattr(at, kind) if re.fullmatch(rf"compare_{part} \d+ {number}", one.key or "")
    )


def array(values):
    if isinstance(values, dict):
        return np.frombuffer(b64decode(values["bdata"]), values["dtype"])
    return np.array(values)


def panels(at):
    """The traces of each map, as plotly gets them."""
    (chart,) = charts(at, "compare_maps")
    found = {}
    for trace in json.loads(chart.proto.spec)["data"]:
        found.setdefault(trace["xaxis"], []).append(trace)
    return list(found.values())


def selected(traces):
    return sorted(
        int(row)
        for trace in traces
        if "customdata" in trace
        for row in array(trace["customdata"])[array(trace.get("selectedpoints", [])).astype(int)]
    )


def address(at):
    return {name: value if isinstance(value, str) else value[0] for name, value in at.query_params.items()}


def text(at):
    return " ".join(said(at))


# The address


@pytest.mark.parametrize("scheme", schemes.names())
def test_every_setting_comes_back_out_of_its_address(scheme):
    kind = schemes.scheme_type(scheme)
    knobs = {name: choices[-1] for name, choices in KNOBS.items()}
    given = [
        Encoding(scheme, kind.dimensions_near(SIZES[0])[0], 7, FeatureSettings(**knobs)),
        Encoding(scheme, kind.dimensions_near(SIZES[3])[0], 0, FeatureSettings()),
    ]
    assert read(written(given)) == (given, [])
    assert read(written(given).replace("~", ",")) == (given, [])
    assert told(given[1]) == f"{scheme}, D={given[1].dimensions:,}"


WRONG = [
    "mbat",
    "mbat-",
    "mbat-12x",
    "mbat-1",
    "mbat-99999999999999999999",
    "mbat-²",
    "none-64",
    "-64",
    "<b>-64",
]
WRONG_KNOBS = ["seed--1", "seed-1e3", "arrays-none", "field_weights-1", "keep_values-0", "", "\0"]


@pytest.mark.parametrize("piece", ["", *WRONG, *(f"mbat-64.{knob}" for knob in WRONG_KNOBS)])
def test_what_is_wrong_in_an_address_is_said_and_the_rest_kept(piece):
    found, wrong = read(f"mbat-64~{piece}~hrr-128")
    assert [one.scheme for one in found] == ["mbat", "hrr"]
    assert len(wrong) == (piece != "")


def test_an_address_may_name_a_dimension_that_is_near():
    (one,), (sentence,) = read("vtb-99")
    assert one.dimensions in schemes.scheme_type("vtb").dimensions_near(99)
    assert "no D=99" in sentence
    found, wrong = read("~".join(["mbat-64"] * 9))
    assert len(found) == MOST
    assert "9 settings" in wrong[0]


def test_a_link_reproduces_the_view():
    at = app("products")
    at.query_params["compare"] = "mbat-64~hrr-64.seed-3.arrays-bag"
    at.query_params["document"] = "4"
    at.query_params["color"] = "supplier.country"
    at = healthy(at.switch_page(COMPARE).run())
    assert settings(at) == [("mbat", 64), ("hrr", 64)]
    assert widget(at, "seed", 1, "number_input").value == 3
    assert widget(at, "arrays", 1).value == "bag"
    assert at.session_state["_selection"].focus == 4
    assert address(at) == {
        "compare": "mbat-64~hrr-64.arrays-bag.seed-3",
        "collection": "products",
        "document": "4",
        "color": "supplier.country",
    }


def test_a_link_may_name_a_projection():
    at = compare(compare="mbat-64~hrr-64", projection="tsne")
    assert at.selectbox(key="projection").value == "tsne"
    assert address(at)["projection"] == "tsne"


def test_a_bad_link_gives_notices_and_what_is_usual():
    at = compare(compare="none-1~<u>", color="<u>", projection="3d", document="9999", collection="mars")
    assert len(settings(at)) == 4
    assert at.selectbox(key="projection").value == "pca"
    warnings = said(at, "vz-notice vz-warning")
    assert len(warnings) == 6
    assert not any("<u>" in body for body in (one.value for one in at.html) if "vz-warning" in body)
    assert "collection" not in address(at)
    widget(at, "seed", 0, "number_input").set_value(1).run()
    assert not said(healthy(at), "vz-notice vz-warning")


def test_a_link_opens_its_collection():
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    at.query_params["collection"] = "variants"
    at.query_params["compare"] = "mbat-64~hrr-64"
    at = healthy(at.run())
    assert at.selectbox(key="collection").value == "variants"


# Settings


def test_it_opens_with_the_encoding_of_the_sidebar_and_contrasts():
    at = compare()
    assert settings(at)[0] == ("mbat", 1024)
    assert len(settings(at)) == len(panels(at)) == 4
    assert len({*settings(at)}) == 4


def test_settings_are_changed_added_and_taken_away():
    at = compare(compare="mbat-64~hrr-64")
    widget(at, "scheme", 1).set_value("vtb").run()
    assert settings(healthy(at)) == [("mbat", 64), ("vtb", 64)]
    widget(at, "dimensions", 0).set_value(128).run()
    widget(at, "seed", 1, "number_input").set_value(2).run()
    at.button(key="compare_add").click().run()
    assert [one[0] for one in settings(healthy(at))][:2] == ["mbat", "vtb"]
    assert len(panels(at)) == 3
    assert address(at)["compare"].startswith("mbat-128~vtb-64.seed-2~")
    widget(at, "remove", 0, "button").click().run()
    assert settings(healthy(at))[0] == ("vtb", 64)
    assert widget(at, "remove", 0, "button").disabled
    assert len(panels(at)) == 2


def test_six_settings_are_the_most():
    at = compare(compare="~".join(f"mbat-64.seed-{i}" for i in range(6)))
    assert len(panels(at)) == 6
    assert not [button for button in at.button if button.key == "compare_add"]


def test_another_knob_has_an_exact_kernel_of_its_own():
    at = compare(compare="mbat-64~mbat-64.numbers-exact")
    assert "exact of 1" in text(at)
    assert "exact of 2" in text(at)


# What is chosen


def test_what_is_selected_on_one_page_is_marked_in_all_maps():
    at = compare(compare="mbat-64~hrr-64~map-i-64")
    assert [selected(traces) for traces in panels(at)] == [[], [], []]
    state = at.session_state["_selection"]
    at.session_state["_selection"] = type(state)(state.collection, 3, (1, 5, 7))
    at.run()
    assert [selected(traces) for traces in panels(at)] == [[1, 5, 7]] * 3
    assert "3 of 3 selected" in text(at)
    at.switch_page(EXPLORE).run()
    assert "3 selected" in text(at)
    at.switch_page(COMPARE).run()
    at.button(key="compare_clear").click().run()
    assert [selected(traces) for traces in panels(at)] == [[], [], []]
    assert at.session_state["_selection"].focus == 3


def test_a_document_has_its_lists_beside_each_other():
    at = compare(compare="mbat-512~hrr-64")
    assert "vz-lists" not in "".join(one.value for one in at.html if "<style>" not in one.value)
    choose(at, 3)
    lists = next(one.value for one in at.html if 'class="vz-lists"' in one.value)
    assert lists.count("<section>") == 3
    assert lists.count("<li>") == 3 * 10
    marks = re.findall(r"<i title=\"([^\"]*)\">([^<]*)</i>", lists.split("</section>")[1])
    assert len(marks) == 10
    for title, mark in marks:
        here, first = (int(number) for number in re.findall(r"(\d+) (?:here|in list)", title))
        arrow = "▲" if first > here else "▼"
        assert mark == ("new" if first > 10 else "=" if first == here else f"{arrow}{abs(first - here)}")
    box = next(box for box in at.selectbox if (box.key or "").startswith("compare_document"))
    assert box.value == 3
    box.set_value(5).run()
    assert at.session_state["_selection"].focus == 5
    assert address(healthy(at))["document"] == "5"


def test_the_reading_is_of_what_is_on_the_screen():
    at = compare(SWAPPED, compare="mbat-1024~hrr-1024")
    (reading,) = said(at, "vz-reading")
    assert reading.startswith("Of 6 documents, mbat at D=1,024 puts the first neighbour of ")
    assert "hrr cannot tell `a.b` from `b.a`" in reading


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_few_documents_are_no_error(n):
    at = compare(PETS[:n], compare="mbat-64~hrr-64")
    choose(at, 0)
    healthy(at)
    assert ("no other document" in text(at)) == (n == 1)
    assert len(panels(at)) == 2


def test_without_documents_the_page_says_what_to_do():
    at = app().switch_page(COMPARE).run()
    assert not at.exception
    assert "Drop a JSON file" in text(at)


def test_many_documents_are_sampled_and_it_is_said(monkeypatch):
    monkeypatch.setattr("vsaviz.ui.comparing.compared.AT_MOST", 8)
    at = compare(compare="mbat-64~hrr-64")
    assert "A random 8 of 12 documents" in text(at)
    rows = sorted(
        row for trace in panels(at)[1] if "customdata" in trace for row in array(trace["customdata"])
    )
    assert len(rows) == 8
    left_out = next(row for row in range(12) if row not in rows)
    choose(at, left_out)
    assert "is not in the sample" in text(healthy(at))
    choose(at, int(rows[0]))
    assert "vz-lists" in "".join(one.value for one in healthy(at).html if "<style>" not in one.value)


# Fidelity, and what is taken away


FOUND = Fidelity(
    (Measured("mbat", 64, 0.12, 0.5, 0.1, 256), Measured("hrr", 64, 0.2, 0.25, 0.1, 256)), 12, 10, {}
)


@pytest.fixture
def quick(monkeypatch):
    """Measure nothing: the figure is in a test of its own."""
    asked = []
    monkeypatch.setattr(compare_fidelity, "fidelity", lambda *given: asked.append(given) or FOUND)
    return asked


@pytest.fixture
def taken(monkeypatch):
    """What the buttons would give: functions that are called outside the session."""
    given = {}
    monkeypatch.setattr(
        compare_export.st, "download_button", lambda label, data, *_, **__: given.update({label: data})
    )
    return given


def test_fidelity_is_measured_on_a_button_and_stays(quick):
    at = compare(compare="mbat-64~hrr-64")
    assert not charts(at, "fidelity")
    at.button(key="fidelity_start").click().run()
    assert len(charts(healthy(at), "fidelity")) == 1
    assert "mbat at D=64 keeps the most of the 10 nearest, 50%" in text(at)
    choose(at, 2)
    assert len(charts(at, "fidelity")) == 1
    assert len(quick) == 1


def test_what_is_taken_away_holds_it_all(quick, taken):
    documents = [
        {"id": f"{HOSTILE}{i}", "kind": ["=1+1", "</script><script>alert(1)"][i % 2]} for i in range(9)
    ]
    at = compare(documents, compare="mbat-64~hrr-64")
    choose(at, 2)
    at.button(key="fidelity_start").click().run()
    healthy(at)
    html = taken["Comparison (.html)"]()
    body = html.split("</head>")[1]
    assert body.count("Plotly.newPlot") == 2
    assert "<img" not in body
    assert "<script>alert" not in html
    assert "mbat at D=64 puts the first neighbour of" in body
    assert "documents.json: 9 documents" in body
    lines = list(csv.reader(io.StringIO(taken["Agreement (.csv)"]())))
    assert lines[0] == ["one", "other", "measure", "value"]
    assert len(lines) == 1 + 3 * 3
    assert all(-1 <= float(line[3]) <= 1.000001 for line in lines[1:])
    fidelity = list(csv.reader(io.StringIO(taken["Fidelity (.csv)"]())))
    assert fidelity[1] == ["mbat", "64", "0.120000", "0.500000", "0.100000", "256"]


def test_no_table_holds_a_formula():
    assert compare_export.as_csv(["a"], [["=1+1"], ["-2"]]).splitlines()[1:] == ["'=1+1", "'-2"]


def test_hostile_documents_stay_text():
    documents = [{"id": f"{HOSTILE}{i}", HOSTILE: {HOSTILE: f"{HOSTILE} {i}"}} for i in range(6)]
    at = compare(documents, compare="mbat-64~hrr-64")
    choose(at, 1)
    assert "vz-lists" in "".join(one.value for one in healthy(at).html if "<style>" not in one.value)
    assert not any("<img" in one.value for one in at.html)
