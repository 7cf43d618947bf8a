"""Why documents are alike, and what sets some of them apart, clicked in a real browser."""

import pytest
from playwright.sync_api import expect

from browser.test_browser import HOSTILE, Explore, biggest_lasso

DRAWN = ".js-plotly-plot .main-svg"
UNMARKED = """() => {
    const matrix = document.querySelector(".st-key-matrix .js-plotly-plot");
    return matrix && matrix._fullData && matrix._fullData.every(trace => !trace.selectedpoints);
}"""


@pytest.fixture
def explore(visit):
    explore = Explore(visit())
    explore.loaded(36)
    return explore


def read_one(explore):
    """Choose a document; return its row once all its neighbours say why they are near."""
    (row,) = explore.apart(1)
    explore.click(row)
    explore.reads(row)
    expect(explore.page.locator(".vz-why")).to_have_count(10)
    return row


def pair(explore):
    return explore.page.locator(".st-key-pair")


def test_a_neighbour_says_why_and_is_put_side_by_side(explore):
    row = read_one(explore)
    nearest = explore.page.locator(".st-key-neighbor_0 button").inner_text().split()[0]
    explore.page.locator(".st-key-compare_0 button").click()
    heading = pair(explore).locator(".vz-heading")
    expect(heading).to_contain_text(f"p-{row} and {nearest}")
    expect(heading).to_be_in_viewport()
    expect(pair(explore).locator(f".st-key-contributions {DRAWN}").first).to_be_visible()
    expect(pair(explore).locator(".vz-tree")).to_have_count(2)
    expect(pair(explore).locator(".vz-tree .vz-mark").first).to_be_visible()
    explore.reads(row)
    explore.page.locator(".st-key-close_pair button").click()
    expect(pair(explore)).to_have_count(0)
    explore.reads(row)


def test_a_cell_of_the_matrix_opens_a_pair_and_opens_it_again(explore):
    explore.page.get_by_text("Similarity matrix").click()
    matrix = explore.page.locator(".st-key-matrix .js-plotly-plot")
    expect(matrix.locator(".main-svg").first).to_be_visible()
    explore.settled()
    for _ in range(2):
        matrix.locator(".nsewdrag").first.click(position={"x": 200, "y": 100})
        expect(pair(explore).locator(".vz-tree")).to_have_count(2)
        explore.settled()
        explore.page.locator(".st-key-close_pair button").click()
        expect(pair(explore)).to_have_count(0)
        explore.page.wait_for_function(UNMARKED)
        explore.settled()


def test_a_lasso_gives_a_card_that_leads_to_the_typical_document(explore):
    rows = explore.lasso(biggest_lasso(explore))
    explore.marks(rows)
    card = explore.page.locator(".st-key-group")
    expect(card.locator(".vz-heading")).to_contain_text(f"{len(rows)} selected")
    expect(card.locator(f".st-key-differences {DRAWN}").first).to_be_visible()
    expect(card.locator(".vz-told li").first).to_contain_text("against")
    typical = card.locator(".st-key-typical_0 button")
    name = typical.inner_text().split()[0]
    typical.click()
    explore.reads(int(name.removeprefix("p-")))
    explore.marks(rows)
    explore.page.locator(".st-key-clear button").click()
    expect(card).to_have_count(0)


def test_hostile_documents_are_compared_and_run_nothing(explore):
    """What must not happen is checked as the visit ends: no dialog, no error, no request to another host."""
    documents = [
        {"id": f"{text} {i}", "kind": text, text: {text: [text, i % 2]}} for i, text in enumerate(HOSTILE * 2)
    ]
    explore.upload(documents, "hostile.json")
    explore.loaded(len(documents))
    page = explore.page
    explore.click(explore.apart(1)[0])
    expect(page.locator(".vz-why")).to_have_count(10)
    explore.settled()
    explore.lasso(biggest_lasso(explore))
    expect(page.locator(".st-key-group")).to_be_visible()
    page.locator(".st-key-compare_2 button").click()  # at last, since it scrolls
    expect(pair(explore).locator(".vz-tree")).to_have_count(2)
    explore.settled()
    foreign = "[onerror], [onload], [src*='example.invalid'], [href*='example.invalid']"
    assert page.locator(".stMain").locator(foreign).count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
