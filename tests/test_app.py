"""Every page of the app, rendered without a browser: what is shown, for good data, hostile data and none."""

import gc
import gzip
import json
import re
import weakref
from dataclasses import replace
from html import escape, unescape
from itertools import combinations
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from threadpoolctl import threadpool_limits

from vsaviz import schemes, shipped
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.paths import field_path
from vsaviz.features.readings import ARRAYS
from vsaviz.features.strings import STRINGS
from vsaviz.ui.exploring.packed import mask, unpacked

ROOT = Path(__file__).parent.parent
ENCODINGS = "vsaviz/ui/encodings.py"
PAGES = ["vsaviz/ui/explore.py", ENCODINGS]
HOSTILE = '<img src=x onerror="alert(1)">'

PETS = [{"id": f"p{i}", "kind": ["cat", "dog"][i % 2], "n": i, "at": {"x": i % 3}} for i in range(12)]
TAGS = ["small", "smaller", "old", "older", "new"]
SWAPPED = [{"a": {"b": i % 4}, "b": {"a": -i}, "c": str(i)} for i in range(6)]


@pytest.fixture(autouse=True)
def _one_thread():
    """Keep BLAS to one thread: on cores that others use its threads wait for each other for seconds."""
    with threadpool_limits(1):
        yield


def app(collection="Your files"):
    """Open the app in a session of its own."""
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    at.session_state["collection"] = collection
    return at.run()


def with_files(*files, at=None):
    """Upload (name, contents) and see the page."""
    at = at or app()
    at.file_uploader(key="upload").set_value([(name, data, "") for name, data in files]).run()
    return at


def with_documents(documents, at=None):
    return with_files(("documents.json", json.dumps(documents).encode()), at=at)


def bodies(at):
    """The HTML that the page shows, without its style sheet."""
    return [element.value for element in at.html if not element.value.startswith("<style>")]


def said(at, part="vz-"):
    """What those parts of the page say whose class is named so, one text each."""
    return [unescape(re.sub("<[^>]*>", "", body)) for body in bodies(at) if f'class="{part}' in body]


def summary(at):
    """The line in the sidebar that says what is loaded."""
    return next(
        (text for text in said(at, "vz-caption") if re.match(r"[\d,]+ documents, [\d,]+ fields, ", text)), ""
    )


def maps(at):
    """The maps as the browser gets them: headers and arrays."""
    sent = [element.proto for element in at.get("bidi_component") if element.proto.bytes]
    found = {data["map"]: (data, arrays) for data, arrays in (unpacked(one.bytes) for one in sent)}
    return [found[key] for key in ("map", "map2") if key in found]


def marks(at):
    """What is marked on the first map."""
    sent = [json.loads(element.proto.json) for element in at.get("bidi_component") if element.proto.json]
    return next(one for one in sent if one["map"] == "map")


def places(at):
    return [arrays["places"].tobytes() for _, arrays in maps(at)]


def charts(at, key):
    return [chart for chart in at.get("plotly_chart") if chart.proto.id.endswith(f"-{key}")]


def healthy(at):
    """Check that the page has no traceback and shows documents."""
    assert not at.exception
    assert not said(at, "vz-notice vz-error")
    assert summary(at)
    return at


def choose(at, row):
    """Choose a document, as a click on the map would."""
    at.session_state["_selection"] = replace(at.session_state["_selection"], focus=row)
    return at.run()


def cosine_to_original(at):
    return float(next(text for text in said(at, "vz-caption") if text.startswith("Cosine")).split()[-1])


def edit(at, text):
    next(area for area in at.text_area if area.label == "Document as JSON").set_value(text)
    return at.run()


def scheme_table(at):
    return next(frame.value for frame in at.dataframe if "scheme" in frame.value).set_index("scheme")[
        "cosine"
    ]


# What opens


def test_the_app_opens_with_a_shipped_collection_on_the_map():
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120).run()
    healthy(at)
    assert at.selectbox(key="collection").value in shipped.names()
    n = len(shipped.load(at.selectbox(key="collection").value).documents)
    assert summary(at).startswith(f"{n:,} documents, ")
    assert len(maps(at)) == 1
    assert "No document chosen" in " ".join(said(at))


@pytest.mark.parametrize("collection", shipped.names())
def test_every_shipped_collection_is_mapped_and_encoded(collection):
    at = healthy(app(collection))
    assert len(at.dataframe[0].value) == len(shipped.load(collection).documents)
    ((data, _),) = maps(at)
    assert len(data["classes"]) > 1 or "scale" in data
    healthy(at.switch_page(ENCODINGS).run())


@pytest.mark.parametrize("page", PAGES)
def test_without_documents_every_page_says_what_to_do(page):
    at = app().switch_page(page).run()
    assert not at.exception
    assert "Drop a JSON file" in " ".join(said(at))
    at.button[0].click().run()
    healthy(at)
    assert at.selectbox(key="collection").value == "clinical"


def test_the_file_of_the_command_line_is_shown(monkeypatch, tmp_path):
    (tmp_path / "pets.json").write_text(json.dumps(PETS))
    monkeypatch.setenv("VSAVIZ_FILE", str(tmp_path / "pets.json"))
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120).run()
    assert summary(healthy(at)).startswith("12 documents")
    monkeypatch.setenv("VSAVIZ_FILE", str(tmp_path / "gone.json"))
    assert "gone.json" in said(at.run(), "vz-notice vz-error")[0]


# What is uploaded or pasted

LINES = "\n".join(json.dumps(document) for document in PETS).encode()


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(PETS).encode(),
        LINES,
        gzip.compress(LINES, mtime=0),
        b"\xef\xbb\xbf" + json.dumps({"d": PETS}).encode(),
    ],
    ids=["JSON", "JSON Lines", "gzip", "nested, with a byte order mark"],
)
def test_an_upload_is_turned_to_and_mapped(data):
    at = healthy(with_files(("pets", data), at=app("clinical")))
    assert at.selectbox(key="collection").value == "Your files"
    assert summary(at).startswith("12 documents, 4 fields, mbat, D=1,024")
    assert at.dataframe[0].value["document"].tolist() == [pet["id"] for pet in PETS]


def test_several_files_are_one_collection():
    at = healthy(with_files(("a.json", json.dumps(PETS[:5]).encode()), ("b.jsonl", LINES)))
    assert summary(at).startswith("17 documents")


def test_pasted_text_is_mapped():
    at = app("clinical")
    at.text_area(key="paste").set_value('[{"name": "first"}, {"name": "second"}]').run()
    assert summary(healthy(at)).startswith("2 documents, 1 fields")
    assert at.selectbox(key="collection").value == "Pasted text"


def test_another_record_path_gives_other_documents():
    at = with_documents({"meta": {"users": [{"u": i} for i in range(3)]}, "items": PETS})
    assert summary(healthy(at)).startswith("12 documents")
    box = at.selectbox(key="record_path")
    assert [re.sub(r"^.*\(", "(", option) for option in box.options] == ["(12)", "(12)", "(3)", "(1)"]
    box.set_value("/meta/users").run()
    assert summary(healthy(at)).startswith("3 documents, 1 fields")
    at.selectbox(key="record_path").set_value("").run()
    assert summary(healthy(at)).startswith("1 documents")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "documents",
    [
        [{"a": 1}],
        [{"a": 1}, {"a": 2}],
        [{"a": 1}] * 9,
        [{}] * 3,
        [None],
        [[], {}, "", 0, None, True, "x", [[]], [1, [2]]],
    ],
    ids=["one", "two", "identical", "empty", "null", "of all kinds"],
)
def test_few_and_odd_documents_give_sensible_pages(documents, page):
    at = healthy(with_documents(documents))
    healthy(at.switch_page(page).run())
    if page == PAGES[0]:
        healthy(choose(at, 0))
        assert (
            len([button for button in at.button if button.key.startswith("neighbor_")]) == len(documents) - 1
        )


def test_a_file_without_documents_says_so_and_the_rest_works():
    at = with_documents([])
    assert not at.exception
    assert said(at, "vz-notice") == ["!documents.json holds no documents: choose another record path or file"]
    healthy(with_documents(PETS, at=at))


@pytest.mark.parametrize("page", PAGES)
def test_a_broken_file_is_named_with_its_place_and_the_rest_works(page):
    at = app().switch_page(page).run()
    with_files(("broken.json", b'[{"a": 1},\n {"a": }]'), at=at)
    assert not at.exception
    (message,) = said(at, "vz-notice vz-error")
    assert "broken.json, line 2, column 8" in message
    assert at.selectbox(key="scheme").value == "mbat"
    healthy(with_documents(PETS, at=at))


def test_what_is_pasted_and_wrong_is_named_with_its_place():
    at = app()
    at.text_area(key="paste").set_value("{'a': 1}").run()
    assert not at.exception
    assert "pasted text, line 1, column 2" in said(at, "vz-notice vz-error")[0]


# What is chosen


@pytest.mark.parametrize(
    ("widget", "values"),
    [
        ("scheme", schemes.names()),
        ("arrays", list(ARRAYS)),
        ("numbers", list(NUMBERS)),
        ("strings", list(STRINGS)),
        ("weights", ["similarity", "record"]),
        ("projection", ["pca", "tsne"]),
    ],
)
def test_every_choice_of_the_sidebar_gives_a_map_of_its_own(widget, values):
    at = healthy(with_documents([pet | {"tags": TAGS[pet["n"] % 5 :]} for pet in PETS]))
    at.select_slider(key="dimensions").set_value(128).run()
    seen = {}
    for value in values:
        at.selectbox(key=widget).set_value(value).run()
        healthy(at)
        (seen[value],) = places(at)
    same = {("bsc", "map-b")} if widget == "scheme" else set()  # the same bits, in packed form
    assert {(a, b) for a, b in combinations(sorted(values), 2) if seen[a] == seen[b]} == same


def test_another_seed_and_size_give_other_vectors():
    at = healthy(with_documents(PETS))
    first = places(at)
    at.number_input(key="seed").set_value(1).run()
    second = places(healthy(at))
    at.select_slider(key="dimensions").set_value(64).run()
    third = places(healthy(at))
    assert "D=64" in summary(at)
    assert len({*first, *second, *third}) == 3
    at.number_input(key="seed").set_value(0).run()
    at.select_slider(key="dimensions").set_value(1024).run()
    assert places(healthy(at)) == first


def test_every_scheme_takes_the_sizes_that_it_offers():
    at = healthy(with_documents([{"a": 1}, {"a": 2}]))
    sizes = at.select_slider(key="dimensions").options
    assert {"64", "1024", "8192"} <= set(sizes)
    at.select_slider(key="dimensions").set_value(8192).run()
    at.selectbox(key="scheme").set_value("mbat-haar").run()
    assert "mbat-haar, D=2,048" in summary(healthy(at))


def test_the_map_is_coloured_by_the_chosen_field():
    at = healthy(with_documents(PETS))
    box = at.selectbox(key="color")
    assert sorted(box.options) == sorted(["kind", "n", "at.x", "id", "clusters found", "one colour"])
    box.select_index(box.options.index("kind")).run()
    legend = maps(healthy(at))[0][0]["classes"]
    assert {(one["name"], one["count"]) for one in legend} == {("cat", 6), ("dog", 6)}
    assert at.dataframe[0].value["kind"].tolist() == ["cat", "dog"] * 6
    at.selectbox(key="color").select_index(box.options.index("one colour")).run()
    assert len(maps(healthy(at))[0][0]["classes"]) == 1


def test_the_label_of_a_shipped_collection_colours_its_map():
    at = healthy(app("clinical"))
    label = shipped.load("clinical").label
    assert at.selectbox(key="color").options[0] == f"label: {label}"
    assert label in at.dataframe[0].value


def test_a_chosen_document_is_read_beside_its_neighbours():
    at = choose(healthy(with_documents(PETS)), 3)
    (panel,) = [body for body in bodies(healthy(at)) if "vz-tree" in body]
    assert '<div class="vz-id">p3</div>' in panel
    assert "dog" in panel
    names = [button.label for button in at.button if button.key.startswith("neighbor_")]
    assert len(names) == 10
    assert not any(name.startswith("p3 ") for name in names)
    cosines = [
        float(body[len('<div class="vz-cosine"><span>') :][:4]) for body in bodies(at) if "vz-cosine" in body
    ]
    assert cosines == sorted(cosines, reverse=True)
    assert len(cosines) == 10


def test_a_click_on_a_neighbour_walks_on_to_it():
    at = choose(healthy(with_documents(PETS)), 3)
    for _ in range(2):
        name = at.button(key="neighbor_0").label.split()[0]
        at.button(key="neighbor_0").click().run()
        assert f'<div class="vz-id">{name}</div>' in "".join(bodies(healthy(at)))


def test_the_chosen_document_is_the_first_of_the_encodings_page():
    at = choose(healthy(with_documents(PETS)), 5)
    at.switch_page(ENCODINGS).run()
    assert at.selectbox(key="document").value == 5


def test_another_scheme_keeps_the_chosen_document():
    at = choose(healthy(with_documents(PETS)), 3)
    at.selectbox(key="scheme").set_value("map-i").run()
    assert '<div class="vz-id">p3</div>' in "".join(bodies(healthy(at)))


def test_another_collection_starts_with_nothing_chosen():
    at = choose(healthy(with_documents(PETS)), 11)
    with_documents(PETS[:2], at=at)
    assert "No document chosen" in " ".join(said(healthy(at)))


def test_what_is_chosen_goes_to_the_map_apart_from_its_points():
    at = healthy(with_documents(PETS))
    before = maps(at)[0][0]
    at.session_state["_selection"] = replace(at.session_state["_selection"], focus=3, rows=(0, 8))
    at.run()
    assert maps(healthy(at))[0][0] == before
    marked = marks(at)
    assert (marked["n"], marked["focus"], marked["count"]) == (12, 3, 2)
    assert (marked["selected"], marked["kept"]) == (mask([0, 8], 12), None)
    assert len(marked["neighbors"]) == 10


@pytest.mark.parametrize(
    ("picked", "focus", "rows"),
    [
        ({"rows": [4], "how": "point"}, 4, (1, 2)),
        ({"rows": [7, 5, 5], "how": "area"}, 3, (5, 7)),
        ({"rows": [], "how": "area"}, 3, ()),
    ],
)
def test_what_is_picked_on_the_map_is_chosen(picked, focus, rows):
    def page():
        import streamlit as st

        from vsaviz.ui import selection

        selection.choose("pets", 3, (1, 2))
        st.session_state["map"] = {"picked": st.session_state["event"]}
        selection.take_picked("map", "pets")

    at = AppTest.from_function(page)
    at.session_state["event"] = picked
    at.run()
    assert not at.exception
    chosen = at.session_state["_selection"]
    assert (chosen.focus, chosen.rows) == (focus, rows)


# A second scheme


def test_a_second_scheme_shows_a_second_map_and_how_far_both_agree():
    at = healthy(with_documents(PETS))
    at.selectbox(key="scheme2").set_value("permutation").run()
    first, second = maps(healthy(at))
    assert first[1]["places"].tobytes() != second[1]["places"].tobytes()
    assert first[0]["classes"] == second[0]["classes"]
    assert first[1]["codes"].tobytes() == second[1]["codes"].tobytes()
    (sentence,) = [text for text in said(at, "vz-caption") if text.startswith("Of each")]
    assert re.fullmatch(
        r"Of each document's 10 nearest, \d+% are the same under mbat and permutation\.", sentence
    )
    assert not said(at, "vz-notice")


@pytest.mark.parametrize("scheme", ["map-i", "hrr"])
def test_schemes_that_swap_paths_are_said_to_where_these_documents_have_such(scheme):
    at = healthy(with_documents(SWAPPED))
    assert not said(at, "vz-notice")
    at.selectbox(key="scheme2").set_value(scheme).run()
    (notice,) = said(at, "vz-notice vz-warning")
    assert f"{scheme}: 2 of 3 fields share their role product with another" in notice
    assert "a.b" in notice
    assert "b.a" in notice
    healthy(with_documents(PETS, at=at))
    assert not said(at, "vz-notice")


# The matrix


def test_the_matrix_opens_on_the_documents():
    at = healthy(with_documents(PETS))
    assert not charts(at, "matrix")
    at.session_state["matrix_open"] = True
    at.run()
    (matrix,) = [json.loads(chart.proto.spec) for chart in charts(healthy(at), "matrix")]
    assert matrix["data"][0]["type"] == "heatmap"


# Fields and their weights


def fields_of(at):
    """The table of fields as it is shown, a dict for each line."""
    (table,) = [frame.value for frame in at.dataframe if {"why", "weight"} <= set(frame.value.columns)]
    return table.set_index("field").to_dict("index")


def with_fields(documents, **weights):
    """The page with the table of fields open, and some weights changed in it."""
    at = healthy(with_documents(documents))
    at.session_state["fields_open"] = True
    if weights:
        at.session_state["_weights of fields"] = {at.session_state["_view"].loaded.key: weights}
    return healthy(at.run())


def test_the_table_of_fields_says_what_was_measured():
    table = fields_of(with_fields([{"id": i, "kind": "ab"[i % 2]} for i in range(60)]))
    assert table["id"]["kind"] == "row number"
    assert table["id"]["weight"] == pytest.approx(0.1)
    assert "60 of 60 values distinct" in table["id"]["why"]
    assert table["kind"]["on"]
    assert sum(line["share"] for line in table.values()) == pytest.approx(1)


def test_a_weight_changes_vectors_and_features_stay_as_they_were_extracted():
    plain, weighed = with_fields(PETS), with_fields(PETS, kind=0.0, n=3.0)
    table = fields_of(weighed)
    assert (table["kind"]["on"], table["kind"]["share"]) == (False, 0)
    assert table["kind"]["why"].endswith("weight set by hand")
    assert table["n"]["share"] > 2 * fields_of(plain)["n"]["share"]
    assert "2 of 4 weights set by hand." in said(weighed, "vz-caption")
    before, after = (at.session_state["_view"].vectors for at in (plain, weighed))
    assert abs(before - after).max() > 0.05
    assert weighed.session_state["_kept"].held("features") == 1
    weighed.button(key="weights_reset").click().run()
    assert (healthy(weighed).session_state["_view"].vectors == before).all()


def test_weights_belong_to_the_documents_for_which_they_were_set():
    at = with_fields(PETS, kind=0.0)
    healthy(with_documents([{"kind": "x", "m": i} for i in range(5)], at=at))
    assert not [line for line in fields_of(at).values() if "set by hand" in line["why"]]


@pytest.mark.parametrize(
    ("cells", "weights"),
    [
        ({"on": False}, {"kind": 0.0}),
        ({"weight": 2.5}, {"kind": 2.5}),
        ({"weight": 2.5, "on": False}, {"kind": 0.0}),
        ({"weight": 2.5, "on": True}, {"kind": 2.5}),
        ({"weight": 1.0}, {}),
        ({"on": True}, {}),
        ({"weight": None}, {}),
    ],
)
def test_what_is_edited_becomes_a_weight(cells, weights):
    def page():
        import streamlit as st

        from vsaviz.features import Field
        from vsaviz.ui.weighing import _take, chosen

        st.session_state["table"] = {"edited_rows": {0: st.session_state["cells"]}}
        _take("table", "documents", [Field("kind", "text", 1, 1, 1.0, 0.15, 0.8, 0.33, "")])
        st.session_state["found"] = chosen("documents")

    at = AppTest.from_function(page)
    at.session_state["cells"] = cells
    at.run()
    assert not at.exception
    assert at.session_state["found"] == weights


# Encodings


def encodings(documents):
    return healthy(healthy(with_documents(documents)).switch_page(ENCODINGS).run())


def test_the_encodings_page_shows_vector_fields_neighbours_and_every_scheme():
    at = encodings(PETS)
    assert len(charts(at, "strips")) == len(charts(at, "shares")) == 1
    assert cosine_to_original(at) == 1
    nearest = next(frame.value for frame in at.dataframe if "about" in frame.value)
    assert nearest["document"][0] == "p0"
    assert nearest["cosine"][0] == 1
    assert nearest["cosine"].is_monotonic_decreasing
    assert scheme_table(at).index.tolist() == ["exact", *schemes.names()]


def test_a_field_is_read_back_with_its_runner_up():
    at = encodings(PETS)
    field = next(box for box in at.selectbox if box.label == "Field")
    field.select(field_path("kind"))
    table = next(body for body in bodies(healthy(at.run())) if "vz-out" in body)
    right, wrong = table.split("</tr>")[1:3]
    assert ("vz-there" in right, "vz-there" in wrong) == (True, False)
    assert escape('"cat"') in right
    assert escape('"dog"') in wrong
    assert any("times the noise" in text for text in said(at, "vz-caption"))


def test_what_comes_back_at_each_dimension_is_measured_on_request():
    at = encodings(PETS)
    assert not charts(at, "recall")
    press(at, "Measure")
    assert len(charts(at, "recall")) == 1
    assert any("fields come back; theory expected" in text for text in said(at, "vz-caption"))


def test_the_whole_document_is_read_back_on_request():
    at = press(encodings(PETS), "Read it back")
    trees = [body for body in bodies(at) if "vz-tree" in body]
    assert len(trees) == 2
    assert "vz-different" not in "".join(trees)
    at.session_state["scheme"] = "bsc"
    press(healthy(at.run()), "Read it back")
    assert any("nothing can be subtracted" in text for text in said(at, "vz-notice"))


def press(at, label):
    next(button for button in at.button if button.label == label).click()
    return healthy(at.run())


def test_what_is_read_back_stays_text():
    at = encodings([{"a": HOSTILE, "b": i} for i in range(4)])
    assert HOSTILE not in "".join(bodies(at))
    assert escape(json.dumps(HOSTILE)) in "".join(bodies(at))


def test_editing_a_document_moves_it():
    at = encodings(PETS)
    edit(at, json.dumps(PETS[0] | {"kind": "dog"}))
    one = cosine_to_original(healthy(at))
    edit(at, json.dumps(PETS[0] | {"kind": "dog", "n": 11}))
    two = cosine_to_original(healthy(at))
    edit(at, json.dumps({"else": "where"}))
    assert 1 > one > two > cosine_to_original(healthy(at))
    edit(at, json.dumps(PETS[0]))
    assert cosine_to_original(healthy(at)) == 1


def test_a_document_edited_into_another_is_nearest_to_that():
    at = edit(encodings(PETS), json.dumps(PETS[7]))
    nearest = next(frame.value for frame in at.dataframe if "about" in frame.value)
    assert (nearest["document"][0], nearest["cosine"][0]) == ("p7", 1)


@pytest.mark.parametrize(
    ("text", "place"), [('{"a": 1', "line 1, column 8"), ("", "empty"), ("{a: 1}", "column 2")]
)
def test_an_edit_that_is_no_json_gives_its_place_and_the_rest_stays(text, place):
    at = edit(encodings(PETS), text)
    assert not at.exception
    (message,) = said(at, "vz-notice vz-error")
    assert place in message
    assert charts(at, "strips")
    assert len(scheme_table(at)) == 1 + len(schemes.names())


def test_an_edit_belongs_to_its_document():
    at = edit(encodings(PETS), '{"else": "where"}')
    at.selectbox(key="document").set_value(4).run()
    assert cosine_to_original(healthy(at)) == 1


def test_two_documents_are_compared_whether_picked_or_pasted():
    at = encodings(SWAPPED)
    at.selectbox(key="second").set_value(0).run()
    assert (scheme_table(healthy(at)) == 1).all()
    at.toggle(key="pasting").set_value(True).run()
    assert "Paste a document" in " ".join(said(healthy(at), "vz-caption"))
    at.text_area(key="second_text").set_value(json.dumps(SWAPPED[0])).run()
    assert (scheme_table(healthy(at)) == 1).all()
    at.text_area(key="second_text").set_value('{"a": {"c": 5}}').run()
    assert (scheme_table(healthy(at)) < 0.6).all()
    at.text_area(key="second_text").set_value('{"a"').run()
    assert "line 1" in said(at, "vz-notice vz-error")[0]
    assert not at.exception


def test_swapped_paths_are_one_to_schemes_that_commute():
    at = encodings([{"a": {"b": 1}}, {"b": {"a": 1}}])
    cosines = scheme_table(at)
    for name, kind in schemes.SCHEMES.items():
        assert (cosines[name] > 0.8) == kind.commutative, name


# Documents that are hard to show


def deep(levels):
    value = "bottom"
    for level in range(levels):
        value = [value] if level % 3 == 0 else {"k": value}
    return value


HARD = {
    "a deep tree": [deep(400), {"k": 1}],
    "a long string": [{"text": "word " * 40_000}, {"text": "x" * 200_000}],
    "huge integers": [{"n": int("7" * 4_000) * 10**1_000}, {"n": -(10**5_000)}, {"n": 3}],
    "empty keys": [{"": {"": 1}}, {"": ""}, {"a.b": {"": None}}],
    "control characters": [{"a\x00b": "c\x1b[31m\x07", "\u202e": "\u200b"}, {"\n": "\t\r\n"}],
    "many keys": [{f"k{i}": i for i in range(500)}, {"k3": 3}],
}


def written(documents):
    """JSON, also of integers that Python does not print."""
    from vsaviz.jsontext import indented

    return indented(documents).encode()


@pytest.mark.parametrize("documents", HARD.values(), ids=HARD)
def test_documents_that_are_hard_to_show_are_shown_on_every_page(documents):
    at = with_files(("hard.json", written(documents)))
    at.select_slider(key="dimensions").set_value(64).run()
    for row in range(len(documents)):
        healthy(choose(at, row))
    at.switch_page(ENCODINGS).run()
    for row in range(len(documents)):
        at.selectbox(key="document").set_value(row).run()
        healthy(at)
        table = scheme_table(at)
        assert ((table >= -1) & (table <= 1)).all()


def test_every_scheme_encodes_a_deep_tree():
    at = with_files(("hard.json", written(HARD["a deep tree"])))
    at.select_slider(key="dimensions").set_value(64).run()
    for name in schemes.names():
        at.selectbox(key="scheme").set_value(name).run()
        healthy(at)


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "<script>alert(1)</script>",
        "![](http://example.invalid/x.png)",
        "[a](javascript:alert(1))",
        "**bold** :red[x] $x^2$ `code`",
        "</div></details><b>out</b>",
        "%{x} &lt;b&gt;",
        "=cmd()",
    ],
)
def test_text_of_the_data_stays_text(text):
    documents = [{"name": f"{text} {i}", text: {text: text}, "n": i} for i in range(3)]
    at = choose(with_files((f"{text}.json", json.dumps(documents).encode())), 1)
    healthy(at)
    for color in range(len(at.selectbox(key="color").options)):
        at.selectbox(key="color").select_index(color).run()
        healthy(at)
        assert maps(at)  # the script of the map writes it as text alone: see tests/test_packed.py
    for label in [button.label for button in at.button if button.key.startswith("neighbor_")]:
        assert text not in label or not set(text) & set("<*[]()`$:_!{}=")
    assert not at.markdown
    assert escape(text) in "".join(bodies(at)) or not set("<>&'\"") & set(text)
    healthy(at.switch_page(ENCODINGS).run())
    for body in bodies(at):
        assert not any(raw in body for raw in ("<img", "<script", "<b>out"))


def test_the_tree_cannot_be_broken_out_of():
    at = choose(with_documents([{HOSTILE: HOSTILE, "</li>": ["</details>"]}, {}]), 0)
    (panel,) = [body for body in bodies(healthy(at)) if "vz-tree" in body]
    names = re.findall(r"</?([a-z]+)", panel)
    assert set(names) <= {"div", "details", "summary", "ul", "li", "span", "i"}
    assert panel.count("<details") == panel.count("</details>") == 2


# One person's data is never another's


def test_what_one_session_uploads_no_other_sees():
    first = healthy(with_documents([{"secret": f"only mine {i}"} for i in range(3)]))
    second = app()
    assert not summary(second)
    assert "only mine" not in json.dumps([str(value) for value in second.session_state.to_dict().values()])
    healthy(with_documents(PETS, at=second))
    assert summary(first.run()).startswith("3 documents")


def test_what_a_session_worked_out_ends_with_it():
    at = healthy(with_documents(PETS))
    vectors = weakref.ref(at.session_state["_view"].vectors)
    assert vectors() is not None
    app()  # another session takes the place of what the testing tool itself holds
    del at
    gc.collect()
    assert vectors() is None
