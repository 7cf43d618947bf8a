"""A hostile collection on every page, in a real browser: it stays text, and nothing is asked for."""

import json

from playwright.sync_api import expect

from tests.test_safety import PAGES, hostile

INJECTED = (
    "body :is(zq, [onload], [onerror], script, iframe, object, embed, [src*='zq'], [href*='zq'], "
    "[href^='javascript'], [style*='zq'])"
)
OPENERS = '.stMain :is([data-testid="stPopoverButton"], [data-testid="stExpander"] summary)'
OPEN = """([openers, number]) => {
  const one = document.querySelectorAll(openers)[number];
  if (one && one.offsetParent) one.click();
}"""


def settled(page):
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")


def injected(page):
    """What no page of vsaviz has, as the browser has it."""
    return page.locator(INJECTED).evaluate_all("found => found.map(one => one.outerHTML.slice(0, 200))")


def opened(page, number):
    """Open a popover or an expander by an event of its own: the mouse might meet another above it."""
    page.evaluate(OPEN, [OPENERS, number])
    settled(page)


def test_a_hostile_collection_stays_text_on_every_page(visit):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".st-key-upload").wait_for()
    file = {
        "name": "..\\..\\<zq>.json",
        "mimeType": "application/json",
        "buffer": json.dumps(hostile()).encode(),
    }
    page.locator(".st-key-upload input[type=file]").set_input_files(file)
    expect(page.locator(".vz-caption", has_text=f"{len(hostile())} documents, ")).to_be_visible()
    settled(page)
    page.evaluate("() => { window.zq = () => { throw new Error('what a collection holds has run') }; }")
    for name in PAGES:
        page.get_by_role("link", name=name.capitalize(), exact=True).click()
        settled(page)
        assert injected(page) == [], name
        for number in range(page.locator(OPENERS).count()):
            opened(page, number)
            assert injected(page) == [], f"{name}, what opens as number {number}"
            page.keyboard.press("Escape")
        expect(page.locator(".stException, .vz-error")).to_have_count(0)
    assert [url for url in asked if "zq" in url] == []
