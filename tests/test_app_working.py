"""Explore, rendered without a browser: filters, named selections, what is taken away, links and reports."""

import base64
import hashlib
import re
from datetime import datetime
from html.parser import HTMLParser

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.test_app import HOSTILE, PETS, ROOT, app, choose, healthy, said, summary, with_documents
from vsaviz.exports import FORMATS
from vsaviz.figures import map_figure
from vsaviz.project import METHODS
from vsaviz.search.conditions import AMONG, BETWEEN, HAS, HAS_NOT, WRITTEN
from vsaviz.ui.exploring.filters import Asked
from vsaviz.ui.exploring.reporting import Reported, report_page
from vsaviz.ui.exploring.taking import BOTH, NEAREST, TABLES, Wanted
from vsaviz.ui.selection import Selection


def opened(parameters):
    at = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    for name, value in parameters.items():
        at.query_params[name] = value
    return at.run()


def conditions(at):
    view = at.session_state["_view"]
    return at.session_state["_filters"].get(view.loaded.key, Asked()).conditions


def add(at, name):
    """Choose a field to filter by."""
    next(box for box in at.selectbox if (box.key or "").startswith("filter_add")).select(name).run()
    return healthy(at)


def opened_filter(at, number=0):
    turn = at.session_state["_filters"][at.session_state["_view"].loaded.key].turn
    at.session_state[f"filter_chip {turn} {number}"] = True  # a browser keeps it open by itself
    return at.run()


def widget(at, kind, part):
    return next(one for one in getattr(at, kind) if part in (one.key or ""))


def left(at):
    return next(
        (text for text in said(at, "vz-caption") if re.fullmatch(r"[\d,]+ of [\d,]+ documents", text)), ""
    )


def selected(at):
    return at.session_state["_selection"].rows


# Filters


def test_filters_are_added_changed_combined_and_taken_away():
    at = with_documents(PETS)
    assert left(at) == ""
    add(at, "kind")
    widget(at, "multiselect", "filter_set").set_value(['"cat"']).run()
    assert left(healthy(at)) == "6 of 12 documents"
    add(at, "at.x")
    widget(at, "selectbox", "filter_set 2 1 way").select(BETWEEN).run()
    widget(at, "number_input", "least").set_value(1).run()
    assert [one.text for one in conditions(at)] == ['kind = "cat"', "at.x >= 1"]
    assert left(healthy(at)) == "4 of 12 documents"
    at.button(key="filter_select").click().run()
    assert selected(at) == (2, 4, 8, 10)
    opened_filter(at, 1).button(key="filter_drop 2 1").click().run()
    assert left(at) == "6 of 12 documents"
    at.button(key="filter_clear").click().run()
    assert left(healthy(at)) == ""


def predicate(at):
    return next(one for one in at.text_input if one.label == "Predicate")


def test_a_written_predicate_counts_and_a_wrong_one_says_why_and_changes_nothing():
    at = add(with_documents(PETS), "n")
    widget(at, "selectbox", " way").select(WRITTEN).run()
    predicate(at).set_value("n < 3").run()
    assert left(healthy(at)) == "3 of 12 documents"
    predicate(opened_filter(at)).set_value("n <").run()
    opened_filter(at)
    assert "got nothing" in said(at, "vz-notice vz-error")[0]
    assert left(at) == "3 of 12 documents"


@pytest.mark.parametrize("way", [AMONG, HAS, HAS_NOT])
def test_every_field_of_hostile_documents_can_be_filtered_by(way):
    documents = [{HOSTILE: HOSTILE, "a b": [1, "x"], "n": 10**400}, {"": None}, {"a.b": {"c": []}}]
    at = with_documents(documents)
    for name in [field.name for field in at.session_state["_view"].by_rules.fields.values()]:
        add(at, name)
        box = widget(at, "selectbox", f" {len(conditions(at)) - 1} way")
        box.select(way if way in box.options else HAS).run()  # of {} and [] alone no values are offered
        healthy(at)
    assert way in {one.way for one in conditions(at)} <= {way, HAS}


def test_another_collection_has_filters_of_its_own():
    at = add(with_documents(PETS), "kind")
    at.selectbox(key="collection").select("events").run()
    assert conditions(healthy(at)) == ()
    at.selectbox(key="collection").select("Your files").run()
    assert [one.name for one in conditions(at)] == ["kind"]


# Selections


def select(at, rows):
    at.session_state["_selection"] = at.session_state["_selection"].selecting(rows)
    return healthy(at.run())


def keep(at, rows, name):
    select(at, rows)
    at.text_input(key="selection_name").set_value(name).run()
    at.button(key="selection_keep").click().run()
    return healthy(at)


def test_a_selection_is_undone_and_brought_again():
    at = select(select(with_documents(PETS), [1, 2]), [3])
    at.button(key="selection_undo").click().run()
    assert selected(healthy(at)) == (1, 2)
    at.button(key="selection_redo").click().run()
    assert selected(healthy(at)) == (3,)
    assert at.button(key="selection_redo").disabled


def test_selections_are_named_opened_combined_compared_and_deleted():
    at = keep(keep(with_documents(PETS), range(0, 12, 2), "<b>cats</b>"), range(8), "early")
    at.button(key="selection_open_0").click().run()
    assert selected(at) == (0, 2, 4, 6, 8, 10)
    at.selectbox(key="selection_how").select("without").run()
    at.button(key="selection_combine").click().run()
    assert selected(healthy(at)) == (8, 10)
    at.button(key="selection_compare").click().run()
    text = " ".join(said(healthy(at)))
    assert "<b>cats</b> against early" in text
    view = at.session_state["_view"]
    one, other = view.vectors[0:12:2], view.vectors[:8]
    assert f"{(one @ other.T).mean():.2f} between them" in text
    assert "4 are in both" in text
    at.button(key="selection_delete_0").click().run()
    assert "against early" not in " ".join(said(healthy(at)))


# Taking away


def test_what_is_taken_away_is_what_was_asked_for():
    at = with_documents(PETS)
    view = at.session_state["_view"]
    for what in TABLES:
        for rows in (None, [3, 1]):
            table = Wanted(what, view, rows).table()
            expected = 12 if rows is None else 2
            k = 10 if what == NEAREST else 1
            assert {len(getattr(c, "values", c)) for c in table.columns.values()} == {expected * k}
            assert all(one.write(table) for one in FORMATS.values())
    table = Wanted(BOTH, view, [3, 1]).table()
    assert table.columns["document"].values == [PETS[3], PETS[1]]
    np.testing.assert_array_equal(table.columns["vector"], view.vectors[[3, 1]])
    assert table.columns["id"] == ["p3", "p1"]


def test_of_which_documents_something_is_taken_is_offered_with_counts():
    at = select(add(with_documents(PETS), "kind"), [1, 2, 5])
    widget(at, "multiselect", "filter_set").set_value(['"dog"']).run()
    offered = at.radio(key="take_scope").options
    assert offered == ["the selected (3)", "what the filters leave (6)", "all (12)"]


# Links


def test_a_link_restores_every_setting_and_stands_in_the_address_again(monkeypatch):
    monkeypatch.setitem(METHODS, "tsne", METHODS["pca"])  # in a moment
    parameters = {
        "collection": "molecules",
        "encoding": "hrr-256.arrays-bag.seed-3~map-i-256.arrays-bag.seed-3",
        "projection": "tsne",
        "marks": "misplaced",
        "reading": "clusters",
        "search": "carbon <b>",
        "clusters": "31",
        "document": "5",
        "pair": "5.9",
        "rows": "0-20.30",
    }
    at = app("molecules")
    names = list(at.selectbox(key="color").options)
    fields = at.session_state["_view"].vocabulary.fields.values()
    field = next(iter(fields)).name
    parameters["size"] = next(one.name for one in fields if one.kind == "number")
    parameters |= {"color": names[2], "where": [f"{field} exists", "not nope exists"], "weight": f"2 {field}"}
    at = healthy(opened(parameters))
    assert "address" not in " ".join(said(at, "vz-notice"))
    view, chosen = at.session_state["_view"], at.session_state["_selection"]
    assert (view.choice.first.scheme, view.choice.first.dimensions, view.choice.first.seed) == ("hrr", 256, 3)
    assert view.choice.first.features.arrays == "bag"
    assert dict(view.choice.first.features.field_weights) == {field: 2.0}
    assert view.choice.second.scheme == "map-i"
    assert (chosen.focus, chosen.pair, chosen.rows) == (5, (5, 9), (*range(21), 30))
    assert [one.text for one in conditions(at)] == parameters["where"]
    assert at.selectbox(key="projection").value == "tsne"
    now = {name: at.query_params[name] for name in at.query_params}
    assert {name: value if len(value) > 1 else value[0] for name, value in now.items()} == parameters


def test_what_is_wrong_in_an_address_is_said_once_and_the_rest_counts():
    at = opened(
        {
            "collection": "molecules",
            "encoding": f"{HOSTILE}-1~mbat-99999999999999999999",
            "color": HOSTILE,
            "projection": "../../etc",
            "where": [HOSTILE, "a exists"],
            "weight": ["nan id", f"1 {HOSTILE}"],
            "document": "99999999",
            "size": HOSTILE,
            "clusters": "1",
            "rows": "0-5",
            "other": HOSTILE,
        }
    )
    assert not at.exception
    assert summary(at)
    told = " ".join(said(at, "vz-notice vz-warning"))
    for part in ("unknown scheme", "color", "projection", "asks nothing", "weight of a field", "none of"):
        assert part in told
    assert [one.text for one in conditions(at)] == ["a exists"]
    assert not said(at.run(), "vz-notice vz-warning")


def test_nothing_of_ones_own_documents_stands_in_the_address():
    at = add(with_documents(PETS), "kind")
    choose(at, 3)
    assert not dict(at.query_params)


# The report


PLAIN = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "script",
    "body",
    "h1",
    "h2",
    "p",
    "pre",
    "div",
    "table",
} | {
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Markup(HTMLParser):
    """The elements and scripts of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.scripts, self.texts, self._in = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._in = tag

    def handle_data(self, data):
        (self.scripts if self._in == "script" else self.texts).append(data)


def hostile_report(at, evil):
    view = at.session_state["_view"]
    drawn = map_figure(np.zeros((len(view.ids), 2), np.float32), [evil] * len(view.ids), [evil, "b"] * 6)
    when = datetime(2026, 1, 2).isoformat()
    chosen = Selection("c", focus=0, rows=(0, 1))
    return report_page(Reported(view, chosen, (f"{evil} exists",), 3, ((evil, evil),), evil, when), drawn)


def test_a_report_holds_what_is_on_the_page_and_nothing_in_it_becomes_markup():
    evil = "</script><script>alert(1)</script><img src=http://x.invalid onerror=alert(2)>\"'{{7*7}}\u2028=cmd"
    documents = [{**pet, "id": f"{evil}{i}", evil: evil} for i, pet in enumerate(PETS)]
    html = hostile_report(with_documents(documents), evil)
    page = Markup(html)
    assert {tag for tag, _ in page.tags} <= PLAIN
    assert not any(name.startswith("on") or name in ("src", "href") for _, own in page.tags for name in own)
    text = "".join(page.texts)
    for part in (
        "12 documents",
        "Nearest to",
        "Alike because of",
        "mbat",
        "2026-01-02",
        evil.split("\u2028")[0],
    ):
        assert part in text
    policy = next(own["content"] for tag, own in page.tags if own.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")
    hashes = set(re.findall(r"'sha256-([^']+)'", policy))
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    assert {base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts} == hashes
