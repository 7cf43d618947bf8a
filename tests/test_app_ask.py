"""The page Ask, rendered without a browser: the question, its answers, and what goes wrong with either."""

import json
import re
from html import escape

import numpy as np
import pytest

from tests.test_app import HARD, PETS, app, bodies, charts, choose, healthy, said, with_documents, with_files
from tests.test_app import written as as_json
from vsaviz import shipped
from vsaviz.project import project
from vsaviz.vectorizer import JSONVectorizer

ASK = "vsaviz/ui/ask.py"
EXPLORE = "vsaviz/ui/explore.py"
LIKE = "Like a document, but …"

SHOPS = [
    {
        "id": f"s-{i}",
        "city": ["Lyon", "Bern", "Oslo"][i % 3],
        "size": 10 + i,
        "open": i % 2 == 0,
        "goods": [
            {"name": ["bread", "cheese", "fish", "books"][(i + j) % 4], "price": 1.5 + j} for j in (0, 1)
        ],
    }
    for i in range(24)
]


def ask(documents=SHOPS):
    return healthy(healthy(with_documents(documents)).switch_page(ASK).run())


def box(at):
    return at.text_area(key="ask_text")


def question(at):
    return json.loads(box(at).value)


def write(at, piece):
    box(at).set_value(piece if isinstance(piece, str) else json.dumps(piece)).run()
    return at


def part(at, kind, form="ask"):
    """The form's widgets for fields or values, in their order."""
    widgets = [*at.selectbox, *at.text_input, *at.number_input, *at.button]
    found = [widget for widget in widgets if (widget.key or "").startswith(f"{form}_{kind} ")]
    return sorted(found, key=lambda widget: int(widget.key.split()[-1]))


def fields(at, form="ask"):
    return [widget.value for widget in part(at, "field", form)]


def hits(at):
    """The names of what was found, best first."""
    return [button.label.split()[1].replace("\\", "") for button in at.button if is_hit(button)]


def is_hit(button):
    return re.fullmatch(r"hit_\d+", button.key or "")


def scores(at):
    return [float(text[:4]) for text in said(at, "vz-cosine")]


def counts(at):
    """The heading of the answers with its line of counts."""
    return next(text for text in said(at, "vz-heading") if text.startswith("Answers"))


def only_where(at, text, without=""):
    for name, lines in (("where", text), ("without", without)):
        next(area for area in at.text_area if area.key.startswith(f"{name} ")).set_value(lines)
    return at.run()


def like(at):
    return at.segmented_control(key="way").set_value(LIKE).run()


def star(at):
    """The question's mark on the map."""
    (chart,) = charts(at, "ask_map")
    *_, last = json.loads(chart.proto.spec)["data"]
    assert last["marker"]["symbol"] == "star"
    assert "customdata" not in last
    return [last["x"][0], last["y"][0]]


# What opens


@pytest.mark.parametrize("collection", shipped.names())
def test_every_shipped_collection_opens_with_a_question_that_has_answers(collection):
    at = healthy(app(collection).switch_page(ASK).run())
    assert question(at)
    assert len(fields(at)) >= 2
    assert len(hits(at)) == 10
    assert scores(at)[0] == 1
    assert scores(at) == sorted(scores(at), reverse=True)
    assert not said(at, "vz-notice")
    assert star(at)


def test_without_documents_the_page_says_what_to_do():
    at = app().switch_page(ASK).run()
    assert not at.exception
    assert "Drop a JSON file" in " ".join(said(at))


@pytest.mark.parametrize(
    "documents",
    [
        [{"a": 1}],
        [{"a": 1}] * 9,
        [{}] * 3,
        [None],
        [3, 4.5, "x"],
        [[], {}, "", 0, None, True, "x", [[]], [1, [2]]],
        [{"a": [[1, 2], [3, 4]], "n": 2**60, "b": None, "x": 1e300, "s": ""}, {"a": [], "n": -1}],
        *HARD.values(),
    ],
)
def test_few_and_odd_documents_give_a_sensible_page(documents):
    at = with_files(("hard.json", as_json(documents)))
    at.select_slider(key="dimensions").set_value(64).run()
    healthy(at.switch_page(ASK).run())
    for _ in range(2):
        if not at.button(key="ask_add").disabled:
            healthy(at.button(key="ask_add").click().run())
    healthy(like(at))


# The form and the box


def test_the_form_writes_the_json():
    at = ask()
    assert fields(at) == ["city", "goods[].name", "size"]
    assert question(at) == {"city": "Lyon", "goods": [{"name": "bread"}], "size": 10}
    write(at, {"city": "Lyon", "size": 10, "goods": [{"name": "bread", "price": 1.5}], "open": True})
    assert fields(at) == ["city", "size", "goods[].name", "goods[].price", "open"]
    city, size, *_, is_open = part(at, "value")
    city.set_value('"Bern"')
    size.set_value(12)
    is_open.set_value("false").run()
    expected = {"city": "Bern", "size": 12, "goods": [{"name": "bread", "price": 1.5}], "open": False}
    assert question(healthy(at)) == expected


def test_numbers_are_entered_within_the_range_that_was_seen():
    at = write(ask(), {"size": 20})
    (size,) = part(at, "value")
    assert (size.min, size.max, size.value) == (10, 33, 20)
    (size,) = part(healthy(write(at, {"size": 99.5})), "value")
    assert (size.max, size.value) == (99.5, 99.5)


def test_a_field_is_added_chosen_and_removed():
    at = write(ask(), {"city": "Lyon"})
    at.button(key="ask_add").click().run()
    assert len(fields(at)) == 2
    part(at, "field")[1].set_value("size").run()
    assert set(question(healthy(at))) == {"city", "size"}
    part(at, "remove")[0].click().run()
    assert set(question(healthy(at))) == {"size"}
    part(at, "remove")[0].click().run()
    assert box(at).value == ""
    assert not at.exception
    assert "Add a field" in " ".join(said(at, "vz-caption"))
    assert hits(at) == []


def test_what_is_written_by_hand_counts_and_fills_the_form():
    at = write(ask(), {"goods": [{"name": "fish"}], "city": "Oslo", "colour": "red"})
    assert fields(healthy(at)) == ["goods[].name", "city"]
    assert "1 of 3 values are in the JSON alone" in " ".join(said(at, "vz-caption"))
    (note,) = said(at, "vz-notice")
    assert "'colour'; near: " in note
    assert {SHOPS[int(name[2:])]["city"] for name in hits(at)[:4]} == {"Oslo"}


def test_text_that_is_no_json_gives_its_place_and_the_form_is_asked():
    at = write(ask(), {"city": "Oslo"})
    before = hits(at)
    write(at, '{"city": "Bern",\n "size": }')
    assert not at.exception
    (message,) = said(at, "vz-notice vz-error")
    assert "JSON, line 2, column 10" in message
    assert hits(at) == before


def test_the_question_outlasts_a_visit_to_another_page_and_not_another_collection():
    at = write(ask(), {"city": "Oslo", "nothing": 1})
    text = box(at).value
    healthy(at.switch_page(EXPLORE).run())
    at.switch_page(ASK).run()
    assert box(at).value == text
    assert fields(at) == ["city"]
    healthy(with_documents(PETS, at=at))
    assert set(question(at)) <= set(PETS[0])


def test_another_collection_has_a_question_of_its_own():
    at = ask()
    healthy(with_documents(PETS, at=at))
    assert set(fields(at)) <= {"kind", "n", "at.x", "id"}
    shown = [str(widget.value).strip('"') for widget in part(at, "value")]
    assert shown == [str(value["x"] if isinstance(value, dict) else value) for value in question(at).values()]
    healthy(like(at))
    for row in (1, 2):
        next(s for s in at.selectbox if s.key.startswith("like ")).set_value(row).run()
        assert part(healthy(at), "value", "but")[0].value.strip('"') != PETS[row]["kind"]


# Filters and weights


def test_filters_leave_what_they_say_and_both_counts_are_shown():
    at = write(ask(), {"city": "Lyon"})
    only_where(at, 'size >= 20\ngoods[].name = "fish"', '{"city": "Bern"}')
    found = [SHOPS[int(name[2:])] for name in hits(healthy(at))]
    assert found
    for shop in found:
        assert shop["size"] >= 20
        assert shop["city"] != "Bern"
        assert "fish" in {good["name"] for good in shop["goods"]}
    sizes = sum(shop["size"] >= 20 for shop in SHOPS)
    assert f"24 documents → {sizes} after size >= 20 → " in counts(at)
    assert f"{len(found)} shown" in counts(at)


def test_a_schema_filters():
    at = only_where(ask(), json.dumps({"properties": {"size": {"maximum": 11}}, "required": ["size"]}))
    assert sorted(hits(healthy(at))) == ["s-0", "s-1"]


def test_a_filter_that_leaves_nothing_says_so():
    at = only_where(ask(), "size > 20\nsize > 1000")
    assert hits(healthy(at)) == []
    assert "The filters leave nothing: 24 documents → 13 after size > 20 → 0" in " ".join(
        said(at, "vz-notice")
    )


@pytest.mark.parametrize(
    ("where", "without", "message"),
    [
        ("size", "", "'size' is no predicate"),
        ("size > big", "", "the value must be JSON"),
        ('{"type": 3}', "", "the schema at"),
        ("{", "", "where, line 1"),
        ("", '{"city": "Bern"}\n{"city"}', "without, line 2, column 8"),
    ],
)
def test_a_wrong_filter_is_named_and_the_question_stays(where, without, message):
    at = only_where(ask(), where, without)
    assert not at.exception
    assert message in said(at, "vz-notice vz-error")[0]
    assert question(at)


def test_a_filter_on_an_unknown_path_names_those_near():
    at = only_where(ask(), "sice > 20")
    assert "'sice'; near: size" in " ".join(said(healthy(at), "vz-notice"))


def test_a_question_without_a_known_field_has_no_answers():
    at = write(ask(), {"colour": "red"})
    assert hits(healthy(at)) == []
    assert "nothing is searched for" in " ".join(said(at, "vz-notice"))


def test_weights_decide_what_a_field_counts():
    at = write(ask(), {"city": "Lyon", "size": 11})
    at.slider(key="ask_weight city").set_value(0.0).run()
    assert hits(healthy(at))[0] == "s-1"
    assert "city" not in said(at, "vz-reasons")[0]
    at.slider(key="ask_weight city").set_value(3.0)
    at.slider(key="ask_weight size").set_value(0.2).run()
    assert SHOPS[int(hits(healthy(at))[0][2:])]["city"] == "Lyon"
    assert "city 0.94" in said(at, "vz-reasons")[0]


# Like a document, but


def test_this_document_but_in_another_city():
    at = like(choose(ask(), 4))
    assert at.selectbox(key=next(s.key for s in at.selectbox if s.key.startswith("like "))).value == 4
    assert fields(healthy(at), "but") == ["city"]
    assert part(at, "value", "but")[0].value != '"Bern"'
    part(at, "value", "but")[0].set_value('"Oslo"').run()
    cities = [SHOPS[int(name[2:])]["city"] for name in hits(healthy(at))]
    assert set(cities[:6]) == {"Oslo"}
    assert "s-4" not in hits(at)
    part(at, "remove", "but")[0].click().run()
    assert "exact cosine" in counts(healthy(at))
    assert len(hits(at)) == 10


def test_a_change_that_does_not_fit_the_document_is_said():
    at = like(ask([{"a": "x", "kind": "one"}, {"a": {"b": "c"}, "kind": "two"}] * 4))
    part(at, "field", "but")[0].set_value("a.b").run()
    assert not at.exception
    assert "needs an object at a" in said(at, "vz-notice vz-error")[0]


# Answers


def test_a_click_opens_a_document_here_and_on_explore():
    at = write(ask(), {"city": "Oslo"})
    name = hits(at)[3]
    at.button(key="hit_3").click().run()
    (shown,) = [body for body in bodies(healthy(at)) if "vz-id" in body]
    assert f'<div class="vz-id">{name}</div>' in shown
    healthy(at.switch_page(EXPLORE).run())
    assert f'<div class="vz-id">{name}</div>' in "".join(bodies(at))


def test_contributions_sum_to_the_share():
    at = write(ask(), {"city": "Lyon", "size": 11})
    for score, reasons in zip(scores(at), said(at, "vz-reasons"), strict=True):
        assert sum(map(float, re.findall(r"\d\.\d\d", reasons))) == pytest.approx(score, abs=0.02)


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_the_question_lies_on_the_map(method):
    at = healthy(with_documents(SHOPS))
    at.selectbox(key="projection").set_value(method).run()
    write(at.switch_page(ASK).run(), SHOPS[7])
    view = healthy(at).session_state["_view"]
    points = project(view.vectors, method)
    if method == "pca":
        assert star(at) == pytest.approx(points[7].tolist(), abs=1e-3)
    else:
        low, high = points.min(axis=0), points.max(axis=0)
        assert ((star(at) >= low) & (star(at) <= high)).all()
        assert "no place for what it was not fitted on" in " ".join(said(at, "vz-caption"))


def test_cosines_are_those_of_the_vectors_of_the_chosen_scheme():
    at = write(ask(), {"city": "Lyon"})
    for scheme in ("map-i", "mbat"):
        at.selectbox(key="scheme").set_value(scheme).run()
        view = healthy(at).session_state["_view"]
        vectorizer = JSONVectorizer.of(view.vocabulary, scheme)
        cosines = view.vectors @ vectorizer.transform([{"city": "Lyon"}])[0]
        shown = [float(text.split()[-1]) for text in said(at, "vz-cosine")]
        np.testing.assert_allclose(shown, [cosines[int(name[2:])] for name in hits(at)], atol=0.006)
    assert at.session_state["_kept"].held("arranged") == 1


# Text of the data stays text


@pytest.mark.parametrize(
    "text", ['<img src=x onerror="alert(1)">', "**bold** :red[x] $x^2$", "</div></span><b>out</b>", "%{x}"]
)
def test_markup_in_keys_and_values_stays_text(text):
    documents = [{"name": f"{text} {i}", "kind": text, text: {text: [f"{text} {i % 2}"]}} for i in range(6)]
    at = ask(documents)
    write(at, {"kind": text, text: {text: [f"{text} 0"], "no": text}, f"{text}2": 1})
    healthy(at)
    only_where(at, f"name ~ {json.dumps(text[:3])}", json.dumps({text: text}))
    assert hits(healthy(at))
    healthy(like(at))
    assert not at.markdown
    for body in bodies(at):
        assert not any(raw in body for raw in ("<img", "<b>out", "</span><b>"))
    for widget in (*at.button, *at.slider):
        assert text not in widget.label
    assert escape(text) in "".join(bodies(at))
