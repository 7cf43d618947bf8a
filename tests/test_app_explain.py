"""Explore without a browser: why neighbours are near, two documents side by side, what a selection is."""

import json
import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from test_app import HOSTILE, PETS, app, bodies, charts, choose, healthy, said, with_documents
from test_app import _one_thread as _one_thread  # one thread here too

from vsaviz import schemes

KINDS = [
    {"id": f"n{i}", "kind": ["cat", "dog"][i // 20], "n": i % 7, "tags": ["x", f"t{i % 4}"]}
    for i in range(40)
]


def select(at, *rows):
    """Select documents, as a lasso on the map would."""
    at.session_state["_selection"] = replace(at.session_state["_selection"], rows=rows)
    return at.run()


def whys(at):
    return said(at, "vz-why")


def headings(at):
    return " | ".join(said(at, "vz-heading"))


def figure(at, key):
    (chart,) = charts(at, key)
    return json.loads(chart.proto.spec)


def compare(at, rank=0):
    at.button(key=f"compare_{rank}").click().run()
    return healthy(at)


# Why a neighbour is near


def test_every_neighbour_says_why_it_is_near():
    at = choose(healthy(with_documents(KINDS)), 3)
    found = whys(healthy(at))
    assert len(found) == 10
    assert re.fullmatch(r"why: n \+0\.\d\d (kind|tags\[\]) \+0\.\d\d", found[0])
    (body, *_) = [body for body in bodies(at) if "vz-why" in body]
    assert re.search(r'title="n: signal \+0.\d\d, crosstalk [+−]?0.\d\d"', body)
    assert re.search(r'class="vz-more" style="width:[1-9]', body)
    again = whys(at.run())
    assert again == found


def test_what_was_said_stays_with_its_encoding():
    at = choose(healthy(with_documents(KINDS)), 3)
    first = whys(at)
    at.selectbox(key="scheme").set_value("bsc").run()
    assert whys(healthy(at)) != first


def test_a_scheme_that_takes_long_says_why_when_asked():
    at = healthy(with_documents(PETS))
    at.select_slider(key="dimensions").set_value(64).run()
    at.selectbox(key="scheme").set_value("mbat-haar").run()
    choose(at, 3)
    assert not whys(healthy(at))
    at.button(key="why_2").click().run()
    assert len(whys(healthy(at))) == 1
    compare(at, 0)
    assert not charts(at, "contributions")
    at.button(key="why_pair").click().run()
    assert charts(healthy(at), "contributions")
    assert len(whys(at.run())) == 2


# Two documents side by side


def test_a_pair_shows_what_makes_it_alike_and_both_documents():
    at = compare(choose(healthy(with_documents(KINDS)), 3))
    pair = at.session_state["_selection"].pair
    assert pair[0] == 3
    view = at.session_state["_view"]
    cosine = float(view.vectors[pair[0]] @ view.vectors[pair[1]])
    assert f"n3 and {view.ids[pair[1]]} cosine {cosine:.2f}" in headings(at)
    (sentence,) = [text for text in said(at, "vz-caption") if text.startswith("Alike because of")]
    assert re.search(r"of n \(\+0\.\d\d\), .*: signal 0\.\d\d, crosstalk", sentence)
    bars, signals, _ = figure(at, "contributions")["data"]
    assert sum(bars["x"]) == pytest.approx(cosine, abs=1e-5)
    assert len(signals["x"]) == len(bars["x"]) == 5
    one, other = [body for body in bodies(at) if "vz-beside" in body]
    assert ">n3<" in one
    assert "vz-mark vz-equal" in one
    assert "vz-mark vz-different" in other or "vz-mark vz-near" in other
    assert any("only here" in text for text in said(at, "vz-caption vz-legend"))


def test_a_pair_is_put_away_or_left_behind():
    at = compare(choose(healthy(with_documents(KINDS)), 3))
    at.button(key="close_pair").click().run()
    assert not charts(healthy(at), "contributions")
    compare(at, 1)
    other = at.session_state["_selection"].pair[1]
    at.button(key="neighbor_1").click().run()
    assert at.session_state["_selection"].focus == other
    assert charts(healthy(at), "contributions")
    at.button(key="neighbor_5").click().run()
    assert not charts(healthy(at), "contributions")


def test_many_fields_are_gathered_and_sum_to_the_cosine():
    wide = [{f"k{j}": (i * j) % 3 for j in range(20)} for i in range(6)]
    kinds = {name: schemes.scheme_type(name) for name in schemes.names()}
    of_each_sort = {(kind.linear, kind.whole): name for name, kind in kinds.items()}
    for scheme in of_each_sort.values():
        at = healthy(with_documents(wide))
        at.select_slider(key="dimensions").set_value(64).run()
        at.selectbox(key="scheme").set_value(scheme).run()
        compare(choose(at, 0))
        if not charts(at, "contributions"):
            at.button(key="why_pair").click().run()
        drawn = figure(healthy(at), "contributions")
        names = [name.strip() for name in drawn["layout"]["yaxis"]["ticktext"]]
        kind = schemes.scheme_type(scheme)
        remainder = [] if kind.linear and not kind.whole else ["(rounding)" if kind.linear else "(bundling)"]
        assert names[12:] == ["other (8)", *remainder]
        view, pair = at.session_state["_view"], at.session_state["_selection"].pair
        cosine = float(view.vectors[pair[0]] @ view.vectors[pair[1]])
        assert sum(drawn["data"][0]["x"]) == pytest.approx(cosine, abs=1e-4)


def test_a_cell_of_the_matrix_opens_the_same_view():
    def page():
        import streamlit as st

        from vsaviz.ui import selection

        st.session_state["matrix"] = {"selection": {"points": st.session_state["points"]}}
        selection.take_matrix_event("matrix", "documents", [4, 7, 9])
        st.session_state["found"] = selection.current("documents").pair

    at = AppTest.from_function(page)
    at.session_state["points"] = [{"customdata": 5}]
    assert at.run().session_state["found"] == (7, 9)
    at.session_state["points"] = []
    assert at.run().session_state["found"] == (7, 9)


@pytest.mark.parametrize("documents", [[{"a": 1}, {"b": 2}], [{}, {}], [None, [], 0], [{"a": 1}] * 4])
def test_few_and_odd_documents_are_compared_too(documents):
    at = compare(choose(healthy(with_documents(documents)), 0))
    assert said(at, "vz-why")
    assert len([body for body in bodies(at) if "vz-beside" in body]) == 2
    select(at, 0, 1)
    healthy(at)


# What a selection is


def test_a_selection_says_what_sets_it_apart_and_leads_to_its_documents():
    at = select(healthy(with_documents(KINDS)), *range(20))
    assert "20 selected what sets them apart from the other 20" in headings(healthy(at))
    drawn = figure(at, "differences")
    assert drawn["layout"]["yaxis"]["ticktext"] == ["kind = &#34;cat&#34; "]
    assert drawn["data"][0]["error_x"]["arrayminus"][0] > 0
    assert said(at, "vz-told") == ["100 % against 0 %"]
    typical = at.button(key="typical_0").label
    at.button(key="typical_0").click().run()
    view, chosen = at.session_state["_view"], at.session_state["_selection"]
    assert typical.startswith(view.ids[chosen.focus])
    assert len(chosen.rows) == 20
    odd = [button.key for button in at.button if button.key.startswith("odd_")]
    assert odd == ["odd_0", "odd_1", "odd_2"]
    at.button(key="odd_0").click().run()
    assert healthy(at).session_state["_selection"].focus in range(20)


def test_numbers_of_rows_are_not_told_as_levels():
    documents = [{"id": i, "n": i // 50, "m": i * 0.37} for i in range(60)]
    at = select(healthy(with_documents(documents)), *range(30))
    names = " ".join(figure(healthy(at), "differences")["layout"]["yaxis"]["ticktext"])
    assert "m" in names
    assert "id" not in names


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (range(40), "None are left to compare them with"),
        ((0, 4, 21, 25, 38), "Nothing that is more than chance"),
    ],
    ids=["everything", "nothing that differs"],
)
def test_a_selection_without_differences_says_so(rows, words):
    at = select(healthy(with_documents(KINDS)), *rows)
    assert words in " ".join(said(healthy(at), "vz-caption"))
    assert not charts(at, "differences")
    assert at.button(key="typical_0")


def test_two_selected_are_compared():
    at = select(healthy(with_documents(KINDS)), 4, 30)
    at.button(key="compare_two").click().run()
    assert "n4 and n30" in headings(healthy(at))


def test_one_or_none_selected_shows_no_card():
    at = select(healthy(with_documents(KINDS)), 4)
    assert "apart" not in headings(healthy(at))


# Text of the data


@pytest.mark.parametrize(
    "text", [HOSTILE, "</p></span><b>out</b>", '" onmouseover="alert(1)', "**b** :red[x]"]
)
def test_text_of_the_data_stays_text_in_pairs_and_groups(text):
    documents = [{"id": f"{text} {i}", text: f"{text} {'ab'[i // 6]}", "k": "same"} for i in range(12)]
    at = select(compare(choose(healthy(with_documents(documents)), 1)), *range(6))
    assert charts(healthy(at), "differences")
    page = "".join(bodies(at)) + json.dumps([chart.proto.spec for chart in at.get("plotly_chart")])
    assert "vz-why" in page
    for raw in ("<img", "<b>out", '" onmouseover'):
        assert raw not in page.replace("\\", "")
    for button in at.button:
        assert "**b**" not in button.label
        assert ":red[" not in button.label


def test_another_collection_has_no_pair():
    at = compare(choose(healthy(with_documents(KINDS)), 3))
    with_documents(PETS, at=at)
    assert not charts(healthy(at), "contributions")


def test_a_shipped_collection_explains_a_selection():
    at = select(healthy(app("variants")), *range(30))
    assert "30 selected" in headings(healthy(at))
