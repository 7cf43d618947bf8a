"""Compare, clicked through in a real browser: one selection in all maps, one document in all lists."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.test_browser import CLEAR, Explore
from vsaviz.figures.small_multiples import BUTTONS, HEADING

MAPS = "compare_maps"
POINTS = """map => {
    const plot = document.querySelector('.st-key-compare_maps .js-plotly-plot');
    if (!plot || !plot._fullLayout || !plot._fullData) return null;
    const found = {places: {}, selected: [], rings: []}, box = plot.getBoundingClientRect();
    const axes = [plot._fullLayout['xaxis' + map], plot._fullLayout['yaxis' + map]];
    for (const trace of plot._fullData) if (trace.xaxis === 'x' + map) {
        const chosen = new Set(trace.selectedpoints || []);
        Array.from(trace.x).forEach((x, i) => {
            const place = [box.left + axes[0]._offset + axes[0].d2p(x),
                           box.top + axes[1]._offset + axes[1].d2p(trace.y[i])];
            if (!trace.customdata) return found.rings.push(place);
            found.places[trace.customdata[i]] = place;
            if (chosen.has(i)) found.selected.push(trace.customdata[i]);
        });
    }
    return found;
}"""
"""Where on the screen the points of one of the maps lie by row, which are selected, and where rings are."""

ALIKE = f"""([maps, rows]) => maps.every(map => {{
    const found = ({POINTS})(map);
    return found && found.selected.sort((a, b) => a - b).join() === rows.join();
}})"""

ABOVE = BUTTONS + HEADING + 4
"""Pixels of the figure above its first map."""

NUMBERS = ["", "2", "3"]
"""Of the axes of the three maps, as plotly writes them."""


class Compare(Explore):
    """The page with several maps."""

    def settled(self, key=MAPS):
        super().settled(key)

    def of_map(self, number):
        return self.page.evaluate(POINTS, number)

    def lasso_on(self, number):
        """Draw a lasso in one of the maps, its line clear of any point; return the rows in it."""
        places = {int(row): place for row, place in self.of_map(number)["places"].items()}
        x, y = places[lonely(places, least=True)]
        box = self.page.locator(f".st-key-{MAPS} .js-plotly-plot").bounding_box()
        for reach in range(50, 90, 3):
            left, right = x - reach, min(x + reach, box["x"] + box["width"] - 4)
            top, bottom = max(y - reach, box["y"] + ABOVE), y + reach
            gaps = [abs(u - edge) for u, _ in places.values() for edge in (left, right)]
            gaps += [abs(v - edge) for _, v in places.values() for edge in (top, bottom)]
            if min(gaps) > CLEAR:
                break
        self.page.mouse.move(x, y)
        self.page.locator(f".st-key-{MAPS} .modebar-btn[data-val=lasso]").click()
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        for corner in ((right, top), (right, bottom), (left, bottom), (left, top)):
            self.page.mouse.move(*corner, steps=5)
        self.page.mouse.up()
        return sorted(row for row, (u, v) in places.items() if left < u < right and top < v < bottom)

    def marked(self, rows):
        """Wait until all maps mark these rows, and see that they still do when all is done."""
        for _ in range(2):
            self.page.wait_for_function(ALIKE, arg=[NUMBERS, sorted(rows)])
            self.settled()


def test_a_lasso_in_one_map_marks_the_same_documents_in_all(visit, documents):
    compare = linked(visit)
    page = compare.page
    places = compare.of_map("2")["places"]
    assert len(places) == len(documents)
    inside = compare.lasso_on("2")
    assert 2 <= len(inside) < len(documents)
    compare.marked(inside)
    expect(page.locator(".vz-caption", has_text="selected documents")).to_contain_text(
        f"{len(inside)} of {len(inside)} selected documents are marked in every map"
    )
    page.get_by_role("link", name="Explore").click()
    expect(page.locator(".vz-heading", has_text="Documents").locator("small")).to_have_text(
        f"{len(inside)} selected on the map"
    )
    page.get_by_role("link", name="Compare").click()
    compare.marked(inside)
    page.get_by_role("button", name="Clear selection").click()
    compare.marked([])


def test_a_click_shows_the_lists_and_rings_the_document_in_all_maps(visit, documents, tmp_path):
    compare = linked(visit)
    page = compare.page
    expect(page.locator(".vz-lists")).to_have_count(0)
    row = lonely(compare.of_map("3")["places"])
    compare.page.mouse.move(*compare.of_map("3")["places"][str(row)])
    compare.page.mouse.click(*compare.of_map("3")["places"][str(row)])
    lists = page.locator(".vz-lists section")
    expect(lists).to_have_count(4)
    compare.settled()
    for number in NUMBERS:
        found = compare.of_map(number)
        assert len(found["rings"]) == 11
        assert found["rings"][-1] == found["places"][str(row)]
    expect(lists.nth(3).locator("li")).to_have_count(10)
    assert f"document={row}" in page.url

    with page.expect_download() as download:
        page.get_by_role("button", name="Comparison (.html)").click()
    file = Path(tmp_path) / "comparison.html"
    download.value.save_as(file)
    assert len(re.findall("<h2>", file.read_text("utf-8"))) >= 7
    alone = page.context.new_page()
    asked = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    expect(alone.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    assert asked == [file.as_uri()]
    assert alone.evaluate("document.querySelector('.js-plotly-plot')._fullData.length") > 6


def lonely(places, least=False):
    """Return the row that lies farthest from any other, to be clicked; or the least so."""

    def gap(row):
        x, y = places[row]
        return min((x - u) ** 2 + (y - v) ** 2 for other, (u, v) in places.items() if other != row)

    return int(min(places, key=gap) if least else max(places, key=gap))


def linked(visit):
    """Open the page by the menu, and choose three settings."""
    page = visit()
    Explore(page)
    page.get_by_role("link", name="Compare").click()
    compare = Compare(page)
    page.get_by_role("button", name="×").nth(1).click()
    expect(page.locator(".st-key-compare_cards .vz-number")).to_have_count(3)
    compare.settled()
    assert "compare=mbat-1024~map-i-1024~mbat-64" in page.url
    return compare
