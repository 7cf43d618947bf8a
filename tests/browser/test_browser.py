"""The main paths through the app, clicked in a real browser."""

import json
import re
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from vsaviz import shipped

PLACES = "key => document.querySelector(`.st-key-${key} .vz-map`)?.map?.places() ?? {}"
"""Where on the screen the points of a map lie, by row."""

SELECTED = "key => document.querySelector(`.st-key-${key} .vz-map`)?.map?.selectedRows() ?? null"
"""The rows that a map marks as selected; null where nothing is."""

FOCUS = "key => [document.querySelector(`.st-key-${key} .vz-map`)?.map?.marks.focus ?? null]"
"""The row where a map draws the ring of the chosen document."""

DRAWN = """key => document.querySelector(`.st-key-${key} .vz-map`)?.map?.drawn
    || document.querySelector(`.st-key-${key} .js-plotly-plot`)?._fullLayout"""
"""Whether a map is drawn, that of Explore or a plotly figure."""


CLEAR = 2
"""Pixels between the line of a lasso and any point: on the line, nobody knows."""


class Explore:
    """The page with the map, as a person uses it."""

    def __init__(self, page):
        self.page = page
        self.document = page.locator(".vz-id")
        self.count = page.locator(".vz-heading", has_text="Documents").locator("small")
        self.settled()

    def settled(self, key="map"):
        """Wait until the app has nothing more to do and the map is drawn."""
        expect(self.page.locator('[data-testid="stApp"]')).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        self.page.wait_for_function(DRAWN, arg=key)

    def upload(self, documents, name="documents.json"):
        data = documents if isinstance(documents, bytes) else json.dumps(documents).encode()
        file = {"name": name, "mimeType": "application/json", "buffer": data}
        self.page.locator(".st-key-upload input[type=file]").set_input_files(file)

    def loaded(self, n, but=""):
        """Wait until n documents are on the map; while the page is redrawn, the old line stands below."""
        summary = self.page.locator(".vz-caption", has_text="encoded in")
        expect(summary).to_have_text([re.compile(f"^{n:,} documents, .*{but}")])
        self.page.wait_for_function(f"key => Object.keys(({PLACES})(key)).length === {n}", arg="map")
        self.settled()

    def choose(self, widget, option):
        self.page.locator(f".st-key-{widget} [data-baseweb=select], .st-key-{widget} input").first.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def places(self, key="map"):
        return {int(row): place for row, place in self.page.evaluate(PLACES, key).items()}

    def apart(self, n):
        """Return n rows that can be clicked without hitting another."""
        places = self.places()

        def gap(row):
            x, y = places[row]
            return min((x - u) ** 2 + (y - v) ** 2 for other, (u, v) in places.items() if other != row)

        return sorted(places, key=gap)[-n:]

    def click(self, row, key="map"):
        x, y = self.places(key)[row]
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)

    def reads(self, row, key="map"):
        """Wait until a document is read and ringed, and see that it stays so."""
        for _ in range(2):
            expect(self.document).to_have_text([f"p-{row}"])
            self.page.wait_for_function(f"([key, row]) => ({FOCUS})(key)?.includes(row)", arg=[key, row])
            self.settled(key)

    def lasso(self, around):
        """Draw a lasso around one row; return all the rows in it."""
        tool = self.page.locator(".st-key-map [data-tool=lasso]")
        tool.scroll_into_view_if_needed()  # else the click below would move the map under the mouse
        places = self.places()
        x, y = places[around]
        box = self.page.locator(".st-key-map .vz-map-canvas").bounding_box()
        for reach in range(60, 90, 5):
            left, right = max(x - reach, box["x"] + 4), min(x + reach, box["x"] + box["width"] - 4)
            top, bottom = max(y - reach, box["y"] + 40), min(y + reach, box["y"] + box["height"] - 4)
            if (
                min(abs(u - edge) for u, _ in places.values() for edge in (left, right))
                > CLEAR
                < min(abs(v - edge) for _, v in places.values() for edge in (top, bottom))
            ):
                break
        inside = sorted(row for row, (u, v) in places.items() if left < u < right and top < v < bottom)
        self.page.mouse.move(left + 9, top + 9)
        tool.click()
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        for corner in ((right, top), (right, bottom), (left, bottom), (left, top)):
            self.page.mouse.move(*corner, steps=5)
        self.page.mouse.up()
        return inside

    def marks(self, rows, key="map"):
        """Wait until just these rows are selected, on the map and in the words above the table."""
        for _ in range(2):
            if rows:
                expect(self.count).to_have_text([f"{len(rows)} selected on the map"])
            else:
                expect(self.count).to_have_text([re.compile("^all")])
            self.page.wait_for_function(
                f"([key, rows]) => JSON.stringify(({SELECTED})(key)) === rows",
                arg=[key, json.dumps(rows or None, separators=(",", ":"))],
            )
            self.settled(key)


@pytest.fixture
def explore(visit):
    """The page with the served documents on the map."""
    explore = Explore(visit())
    explore.loaded(36)
    return explore


def test_a_shipped_collection_is_chosen_and_mapped(explore):
    explore.choose("collection", "clinical")
    explore.loaded(len(shipped.load("clinical").documents))
    expect(explore.page.locator(".vz-heading", has_text="No document chosen")).to_be_visible()


def test_a_broken_file_is_named_and_the_next_one_is_mapped_and_read_by_nobody_else(visit, explore, documents):
    explore.upload(b'[{"a": 1},\n {"a": }]', "broken.json")
    expect(explore.page.locator(".vz-error")).to_contain_text("broken.json, line 2, column 8")
    explore.page.get_by_role("button", name="Remove broken.json").click()
    expect(explore.page.locator(".vz-empty")).to_be_visible()
    explore.upload(documents[:20])
    explore.loaded(20)
    (row,) = explore.apart(1)
    explore.click(row)
    explore.reads(row)
    expect(explore.page.locator(".vz-tree").first).to_contain_text(documents[row]["color"])
    expect(explore.page.locator("[class*=st-key-neighbor_] button")).to_have_count(10)
    cosines = [float(text) for text in explore.page.locator(".vz-cosine span").all_inner_texts()]
    assert cosines == sorted(cosines, reverse=True)
    other = Explore(visit())
    other.loaded(36)


def test_documents_are_chosen_on_the_map_by_neighbours_and_in_the_table(explore):
    one, other = explore.apart(2)
    for row in (one, other, one, other):
        explore.click(row)
        explore.reads(row)
    for _ in range(2):
        nearest = explore.page.locator(".st-key-neighbor_0 button")
        name = nearest.inner_text().split()[0]
        nearest.click()
        explore.reads(int(name.removeprefix("p-")))
    table = explore.page.locator(".st-key-documents .dvn-scroller")
    height = explore.page.evaluate("2.1875 * parseFloat(getComputedStyle(document.documentElement).fontSize)")
    for line in (2, 4, 3):
        table.click(position={"x": 12, "y": height * (line + 1.5)})
        explore.reads(line)


def biggest_lasso(explore):
    """The row with the most others near it, but not all."""
    places = explore.places()
    near = {
        row: sum(abs(x - u) < 60 and abs(y - v) < 60 for u, v in places.values())
        for row, (x, y) in places.items()
    }
    return max(near, key=lambda row: near[row])


def test_a_lasso_outlasts_clicks_is_cleared_and_the_next_one_selects_anew(explore):
    rows = explore.lasso(biggest_lasso(explore))
    assert len(rows) > 1
    explore.marks(rows)
    for row in explore.apart(2):
        explore.click(row)
        explore.reads(row)
        explore.marks(rows)
    explore.page.locator(".st-key-clear button").click()
    explore.marks([])
    explore.reads(row)
    for around in explore.apart(2):
        inside = explore.lasso(around)
        assert inside
        explore.marks(inside if len(inside) > 1 else [])


def test_the_zoom_and_the_legend_outlast_a_selection_and_points_are_sent_once(explore):
    page, map_of = explore.page, "document.querySelector('.st-key-map .vz-map').map"
    x, y = explore.places()[explore.apart(1)[0]]
    page.mouse.move(x, y)
    page.mouse.wheel(0, -200)
    explore.page.wait_for_function(f"() => {map_of}.lens.zoom > 1.5")
    centre = biggest_lasso(explore)
    codes = page.evaluate(f"Array.from({map_of}.data.codes)")
    hidden = (codes[centre] + 1) % 3
    page.locator(".vz-map-class").nth(hidden).click()
    zoom, size = page.evaluate(f"[{map_of}.lens.zoom, {map_of}.bytes.length]")
    page.evaluate(f"() => {{ window.sent = {map_of}.bytes }}")
    rows = explore.lasso(centre)
    explore.marks([row for row in rows if codes[row] != hidden])
    assert page.evaluate(f"[{map_of}.lens.zoom, {map_of}.bytes === window.sent]") == [zoom, True]
    assert size < 5_000
    expect(page.locator(".vz-map-class").nth(hidden)).to_have_attribute("aria-pressed", "false")


def test_the_map_is_worked_with_keys(explore):
    page = explore.page
    page.locator(".st-key-map .vz-map-canvas").focus()
    before = explore.places()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    assert explore.places() != before
    page.keyboard.press("Enter")
    expect(explore.document).to_have_text(re.compile("^p-"))
    page.keyboard.press("0")
    explore.settled()
    assert explore.places() == before


def test_another_scheme_keeps_what_is_chosen_and_two_show_the_same_selection(explore):
    (row,) = explore.apart(1)
    explore.click(row)
    explore.reads(row)
    before = explore.places()
    explore.choose("scheme", "permutation")
    explore.loaded(36, "permutation")
    explore.reads(row)
    assert explore.places() != before
    explore.choose("scheme2", "map-i")
    explore.settled("map2")
    expect(explore.page.locator(".vz-caption", has_text="Of each document's 10 nearest")).to_be_visible()
    (row,) = explore.apart(1)
    explore.click(row)
    explore.reads(row, "map")
    explore.reads(row, "map2")
    rows = explore.lasso(biggest_lasso(explore))
    explore.marks(rows, "map")
    explore.marks(rows, "map2")
    assert explore.places("map") != explore.places("map2")
    explore.click(other := explore.apart(2)[0], "map2")
    explore.reads(other, "map")
    explore.marks(rows, "map2")


def test_a_field_is_switched_off_and_the_map_follows_until_the_rules_are_back(explore):
    before = explore.places()
    explore.page.get_by_text("Fields and their weights").click()
    table = explore.page.locator('.st-key-fields [data-testid="stDataFrame"]')
    expect(table).to_be_visible()
    explore.settled()
    table.scroll_into_view_if_needed()
    by_hand = explore.page.locator(".vz-caption", has_text="set by hand")
    for _ in range(5):  # a table that is still being drawn takes no keys
        explore.page.wait_for_timeout(1000)
        box = table.bounding_box()
        explore.page.mouse.click(box["x"] + 8, box["y"] + 52)  # beside the box of the first line: only chosen
        explore.page.wait_for_timeout(200)
        explore.page.keyboard.press("Space")
        with suppress(AssertionError):
            expect(by_hand).to_have_text([re.compile("^1 of .* weights set by hand")], timeout=8000)
            break
    expect(by_hand).to_have_text([re.compile("^1 of .* weights set by hand")])
    explore.settled()
    explore.page.wait_for_function(
        f"old => JSON.stringify(({PLACES})('map')) !== old", arg=json.dumps(before, separators=(",", ":"))
    )
    explore.page.get_by_text("Back to the rules").click()
    expect(by_hand).to_have_count(0)
    explore.loaded(36)


def test_the_encodings_page_follows_the_map_and_the_edits(explore):
    page = explore.page
    (row,) = explore.apart(1)
    explore.click(row)
    explore.reads(row)
    page.get_by_role("link", name="Encodings").click()
    expect(page.get_by_role("combobox", name="Document", exact=True)).to_have_value(re.compile(f"^p-{row} "))
    expect(page.locator(".st-key-strips .js-plotly-plot .main-svg").first).to_be_visible()
    cosine = page.locator(".vz-caption", has_text="Cosine to the original")
    expect(cosine).to_have_text("Cosine to the original: 1.00")
    box = page.get_by_role("textbox", name="Document as JSON")
    box.fill('{"something": "else"}')
    box.press("Control+Enter")
    expect(cosine).to_have_text(re.compile(r"0\.\d\d$"))
    box.fill('{"something": ')
    box.press("Control+Enter")
    expect(page.locator(".vz-error")).to_contain_text("line 1")
    page.get_by_role("link", name="Explore").click()
    explore.reads(row)


def test_the_dark_page_is_dark_and_its_rings_are_light(visit):
    explore = Explore(visit(color_scheme="dark"))
    explore.loaded(36)
    (row,) = explore.apart(1)
    explore.click(row)
    explore.reads(row)
    page = explore.page
    back = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert max(map(int, re.findall(r"\d+", back)[:3])) < 60
    ring = page.evaluate("document.querySelector('.st-key-map .vz-map').map.inks.ink")
    assert min(int(ring[start : start + 2], 16) for start in (1, 3, 5)) > 200


HOSTILE = [
    "<img src=http://example.invalid/a.png onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "![](http://example.invalid/x.png)",
    "[a](javascript:alert(1))",
    "<a href='http://example.invalid'>x</a>",
    "=cmd()",
    "%{x}<br>",
]


def test_hostile_documents_run_nothing_and_fetch_nothing(explore):
    """What must not happen is checked as the visit ends: no dialog, no error, no request to another host."""
    documents = [
        {"name": f"{text[:30]} {i}", "kind": text, text: {text: [text]}} for i, text in enumerate(HOSTILE)
    ]
    explore.upload(documents, "<img src=x onerror=alert(1)>.json")
    explore.loaded(len(HOSTILE))
    page = explore.page
    page.mouse.move(*explore.places()[0])
    explore.click(explore.apart(1)[0])
    expect(explore.document).to_be_visible()
    explore.settled()
    for summary in page.locator(".vz-tree details:not([open]) > summary").all():
        summary.click()
    page.get_by_role("link", name="Encodings").click()
    expect(page.locator(".st-key-strips .js-plotly-plot .main-svg").first).to_be_visible()
    expect(page.get_by_text("exact is what every scheme")).to_be_visible()
    foreign = "[onerror], [onload], script, [src*='example.invalid'], [href*='example.invalid']"
    assert page.locator(".stMain").locator(foreign).count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
