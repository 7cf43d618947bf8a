"""The tour, clicked through in a real browser, and the advice beside the slider."""

import re

from playwright.sync_api import expect

from browser.test_browser import Explore

TRACE = "([key, number]) => document.querySelector(`.st-key-${key} .js-plotly-plot`)._fullData.at(number)"


class Tour:
    """The page as a person uses it."""

    def __init__(self, page):
        self.page = page
        self.said = page.locator(".vz-tour-said")

    def at(self, number, title, name):
        """Wait until a step is shown, with its picture, without a need to scroll."""
        expect(self.page.locator(".vz-tour-title")).to_have_text(title)
        self.settled(name)
        assert f"step={number}" in self.page.url

    def settled(self, name):
        self.page.wait_for_selector(f".st-key-tour_{name} .js-plotly-plot .main-svg")
        expect(self.page.locator('[data-testid="stApp"]')).to_have_attribute(
            "data-test-script-state", "notRunning"
        )

    def next(self):
        self.page.get_by_role("button", name="Next").click()

    def slide(self, key, steps, name):
        """Move a slider with the keyboard, and wait until the sentence is another one."""
        before = self.said.inner_text()
        thumb = self.page.locator(f".st-key-{key} input[type=range]")
        thumb.focus()
        for _ in range(abs(steps)):
            thumb.press("ArrowRight" if steps > 0 else "ArrowLeft")
        expect(self.said).not_to_have_text(before)
        self.settled(name)

    def choose(self, key, option):
        before = self.said.inner_text()
        self.page.locator(f".st-key-{key} [data-baseweb=select], .st-key-{key} input").first.click()
        self.page.get_by_role("option", name=option).click()
        expect(self.said).not_to_have_text(before)

    def trace(self, name, number):
        return self.page.evaluate(TRACE, [f"tour_{name}", number])


def spread(values):
    known = [value for value in values if value is not None]
    return max(known) / min(known)


def test_the_tour_is_clicked_through_and_every_control_turned(visit):
    page = visit()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("link", name="Tour").click()
    tour = Tour(page)
    tour.at(1, "A document becomes a vector", "vector")
    expect(page.get_by_role("button", name="Previous")).to_be_disabled()
    tour.choose("tour_patient", "p-6854")
    expect(tour.said).to_contain_text("p-6854")
    tour.settled("vector")

    tour.next()
    tour.at(2, "Similar documents are near", "near")
    expect(tour.said).to_contain_text("p-6854")
    tour.slide("tour_dimensions", -3, "near")
    expect(tour.said).to_contain_text("D=16,")

    tour.next()
    tour.at(3, "Why they are near", "why")
    nearest = tour.trace("why", 0)["x"]
    tour.slide("tour_neighbor", 10, "why")
    assert tour.trace("why", 0)["x"] != nearest

    tour.next()
    tour.at(4, "Why orthogonal", "orthogonal")
    names = page.evaluate(
        "document.querySelector('.st-key-tour_orthogonal .js-plotly-plot')._fullData.map(trace => trace.name)"
    )
    gaussian, orthogonal = (
        tour.trace("orthogonal", names.index(f"{name} length"))["y"]
        for name in ("plain random matrices", "orthogonal matrices")
    )
    assert spread(gaussian) > 2
    assert spread(orthogonal) < 1.001

    tour.next()
    tour.at(5, "Why order matters", "order")
    bars = tour.trace("order", 0)["x"]
    assert max(abs(bar) for bar in bars[:3]) < 0.2
    assert min(bars[3:]) > 0.99
    tour.choose("tour_pair", "the same document twice")
    tour.settled("order")
    assert min(tour.trace("order", 0)["x"]) > 0.99

    tour.next()
    tour.at(6, "Ask it a question", "ask")
    star = tour.trace("ask", -1)
    assert star["marker"]["symbol"] == "star"
    tour.choose("tour_question", "who is allergic to penicillin?")
    tour.settled("ask")
    assert tour.trace("ask", -1)["x"] != star["x"]
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    main = page.locator(".stMain")
    assert main.evaluate("one => one.scrollHeight <= one.clientHeight + 1")


def test_advice_beside_the_slider_is_taken(visit, documents):
    explore = Explore(visit())
    explore.loaded(len(documents))
    page = explore.page
    page.get_by_role("button", name="Which D is enough?").click()
    expect(page.get_by_text(re.compile("dimensions keep 95% of a document's ten exact"))).to_be_visible()
    use = page.locator(".st-key-advice_use_neighbors button")
    size = use.inner_text().removeprefix("Use ")
    if not use.is_disabled():
        use.click()
    explore.loaded(len(documents), f"D={size},")
