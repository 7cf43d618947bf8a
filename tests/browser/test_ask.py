"""Asking, clicked through in a real browser."""

import json
import re

from playwright.sync_api import expect

from tests.browser.test_browser import Explore


def test_a_question_is_asked_filtered_and_an_answer_opened(visit, documents):
    explore = Explore(visit())
    explore.loaded(len(documents))
    page = explore.page
    page.get_by_role("link", name="Ask").click()
    hits = page.locator(".st-key-hits button")
    expect(hits).to_have_count(10)
    expect(page.locator(".vz-cosine span").first).to_have_text("1.00")
    explore.settled("ask_map")

    box = page.get_by_role("textbox", name="The question as JSON")
    box.fill('{"kind": "fish"}')
    box.press("Control+Enter")
    value = page.locator(".st-key-ask_form .stSelectbox input").nth(1)
    expect(value).to_have_value("fish")
    explore.settled("ask_map")
    value.click()
    page.get_by_role("option", name="tree", exact=True).click()
    expect(box).to_have_value(re.compile('"kind": "tree"'))
    explore.settled("ask_map")

    page.get_by_text("Filters and weights").click()
    where = page.get_by_role("textbox", name="Only where")
    where.fill("size >= 23")
    where.press("Control+Enter")
    kept = [f"p-{row}" for row, one in enumerate(documents) if one["size"] >= 23]
    shown = page.locator(".vz-heading", has_text="Answers").locator("small")
    expect(shown).to_have_text(re.compile(f"^36 documents → {len(kept)} after size >= 23 → "))
    explore.settled("ask_map")

    name = hits.nth(2).inner_text().split()[1]
    assert name in kept
    hits.nth(2).click()
    expect(page.locator(".vz-id")).to_have_text(name)
    expect(page.locator(".vz-tree")).to_contain_text('"tree"')
    star = page.evaluate(
        "document.querySelector('.st-key-ask_map .js-plotly-plot')._fullData.at(-1).marker.symbol"
    )
    assert star == "star"
    page.get_by_role("link", name="Explore").click()
    explore.reads(int(name[2:]))


def test_what_is_hostile_stays_text_and_fetches_nothing(visit):
    text = "<img src=http://example.invalid/a.png onerror=alert(1)>"
    explore = Explore(visit())
    explore.loaded(36)
    explore.upload([{"id": f"h-{i}", "kind": text, text: {text: [f"{text} {i}"]}} for i in range(8)])
    explore.loaded(8)
    page = explore.page
    page.get_by_role("link", name="Ask").click()
    expect(page.locator(".st-key-hits button")).to_have_count(8)
    box = page.get_by_role("textbox", name="The question as JSON")
    box.fill(json.dumps({text: {text: [text], "no": text}, "kind": text}))
    box.press("Control+Enter")
    expect(page.locator(".vz-warning")).to_contain_text("near")
    page.get_by_text("Filters and weights").click()
    explore.settled("ask_map")
    expect(page.locator(".vz-weighed").first).to_be_visible()
    foreign = "[onerror], script, [src*='example.invalid'], [href*='example.invalid']"
    assert page.locator(".stMain").locator(foreign).count() == 0
