"""Reading the map: clusters, search, near-duplicates, outliers and trust, as the page shows them."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parent.parent
HOSTILE = '<img src=x onerror="alert(1)">'
KINDS = ["cat", "dog", HOSTILE]
PETS = [
    {
        "id": f"p{i}",
        "kind": KINDS[i % 3],
        "legs": [4, 4, 2][i % 3],
        "size": [3, 30, 1][i % 3],
        "wild": i % 2 == 0,
    }
    for i in range(60)
]


@pytest.fixture(autouse=True)
def _one_thread():
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def pets():
    return opened(PETS)


def opened(documents):
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    at.session_state["collection"] = "Your files"
    at.run()
    at.file_uploader(key="upload").set_value([("pets.json", json.dumps(documents).encode(), "")]).run()
    return at


def said(at):
    bodies = [element.value for element in at.html if not element.value.startswith("<style>")]
    return [unescape(re.sub("<[^>]*>", "", body)) for body in bodies]


def line(at, part):
    assert not at.exception
    return next(text for text in said(at) if part in text)


def section(at, name):
    at.segmented_control(key="reading_section").set_value(name).run()
    assert not at.exception
    return at


def chosen(at):
    return at.session_state["_selection"]


def test_trust_is_told_and_nothing_else_is_worked_out_unasked(pets):
    assert re.search(
        r"Trustworthiness 0\.\d\d; \d+% of the documents are misplaced", line(pets, "Trustworthiness")
    )
    assert "Open one to have it worked out." in line(pets, "not on the map")
    assert not [
        button for button in pets.button if str(button.key).startswith(("cluster_", "alike_", "odd_one"))
    ]
    pets.checkbox(key="mark_misplaced").check().run()
    assert not pets.exception
    pets.selectbox(key="projection").set_value("tsne").run()
    assert "Trustworthiness" in line(pets, "Trustworthiness")


def test_a_projection_that_was_stopped_is_judged_as_what_is_shown_instead():
    at = opened(PETS)
    first = line(at, "Trustworthiness")
    at.checkbox(key="mark_misplaced").check().run()
    view = at.session_state["_view"]
    at.session_state["_stopped places mbat"] = (view.loaded.key, view.choice.first, "tsne")
    at.selectbox(key="projection").set_value("tsne").run()
    assert "Stopped before it was done." in said(at)
    assert line(at, "Trustworthiness") == first


def test_a_click_on_a_cluster_selects_its_documents():
    at = section(opened(PETS), "Clusters")
    assert re.match(r"\d clusters of 5 or more documents, by HDBSCAN; \d+ of 60", line(at, "by HDBSCAN"))
    assert not any("<img" in element.value for element in at.html)
    button = at.button(key="cluster_0")
    button.click().run()
    rows = chosen(at).rows
    assert f"({len(rows)})" in button.label.replace("\\", "")
    assert len({PETS[row]["kind"] for row in rows}) == 1
    assert chosen(at).focus in rows
    at.button(key="color_clusters").click().run()
    assert at.selectbox(key="color").value == "cluster"
    assert "color_clusters" not in [one.key for one in at.button]
    at.number_input(key=next(one.key for one in at.number_input if "cluster_size" in str(one.key))).set_value(
        30
    ).run()
    assert "of 30 or more documents" in line(at, "by HDBSCAN")


def test_what_is_searched_is_counted_by_place_and_can_be_selected():
    at = opened(PETS)
    box = next(one for one in at.text_input if str(one.key).startswith("search "))
    box.set_value("CAT").run()
    assert "20 documents: 20 in kind." in said(at)
    at.button(key="select_found").click().run()
    assert chosen(at).rows == tuple(range(0, 60, 3))
    next(one for one in at.text_input if str(one.key).startswith("search ")).set_value("[a-z]").run()
    assert "No document has “[a-z]” in a key, string or number." in said(at)


def test_near_duplicates_open_side_by_side():
    at = section(
        opened([{"a": 1, "b": "x"}, {"a": 2, "c": "y"}, {"a": 1, "b": "x"}, {"d": [5]}]), "Near-duplicates"
    )
    assert "1 pair of 2 documents reach a cosine of 0.95, 1 of them with the same vector." in line(
        at, "reach"
    )
    at.button(key="alike_0").click().run()
    assert chosen(at).pair == (0, 2)


def test_an_outlier_is_walked_to_and_one_document_has_none():
    at = section(opened([*PETS[:20], {"unlike": "anything else"}]), "Outliers")
    assert "Of all 21 documents." in line(at, "Least similar")
    at.button(key="odd_one_0").click().run()
    assert chosen(at).focus == 20
    at = section(opened([{"a": 1}]), "Outliers")
    assert "There is no other document to compare it with." in said(at)
    assert "Too few documents" in line(at, "trusted")


def test_points_are_sized_by_numbers_only():
    at = opened(PETS)
    sizes = at.selectbox(key="size")
    assert [str(one) for one in sizes.options] == ["one size", "legs", "size"]
    sizes.select_index(2).run()
    assert not at.exception
