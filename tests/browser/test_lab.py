"""The Lab in a real browser: each claim holds in its figure, and breaks where its control says so."""

import math
import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_browser import Explore
from vsaviz.ui.experiments import EXPERIMENTS

VALUES = """([key, name]) => {
    const figure = document.querySelector(`.st-key-${key} .js-plotly-plot`);
    const traces = (figure && figure._fullData || []).filter(trace => trace.name.startsWith(name));
    const trace = traces.find(trace => trace.name === name) || traces[0];
    return trace && Array.from(trace.NAMED, value => Number.isFinite(value) ? value : null);
}"""
"""What the first trace of a name draws; an exact name before one that only begins so."""


class Lab:
    """The page with the experiments, as a person uses it."""

    def __init__(self, page):
        self.page = page
        self.app = page.locator('[data-testid="stApp"]')
        self.stop = page.get_by_role("button", name="Stop")

    def settled(self):
        """Wait until the app has nothing more to do."""
        expect(self.app).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.stop).to_have_count(0)

    def open(self, name):
        self.page.get_by_role("radio", name=EXPERIMENTS[name].title).click()
        expect(self.page.locator(f".st-key-lab_{name} .vz-reading")).to_be_visible()
        expect(self.page).to_have_url(re.compile(rf"/lab\?experiment={name}$"))
        self.settled()

    def drawn(self, key, name, axis="y"):
        """The numbers that a trace of a figure draws."""
        query = VALUES.replace("NAMED", axis)
        found = self.page.wait_for_function(query, arg=[key, name]).json_value()
        return [value for value in found if value is not None]

    def slide(self, key, press):
        said = self.said()
        self.page.locator(f".st-key-{key} input[type=range]").focus()
        self.page.keyboard.press(press)
        self.changed(said)

    def click(self, key, option):
        said = self.said()
        self.page.locator(f".st-key-{key}").get_by_role("radio", name=option, exact=True).click()
        self.changed(said)

    def choose(self, key, option):
        said = self.said()
        Explore.choose(self, key, option)
        self.changed(said)

    def said(self):
        return self.page.locator(".vz-reading").inner_text()

    def changed(self, said):
        """Wait until the figure says something else."""
        expect(self.page.locator(".vz-reading")).not_to_have_text(said)
        self.settled()


def wander(lengths):
    """How far lengths wander, as a deviation of their logarithms."""
    logs = [math.log(length) for length in lengths]
    return math.sqrt(sum(log * log for log in logs) / len(logs))


def test_every_claim_holds_and_breaks_where_its_control_says_so(visit, documents):
    explore = Explore(visit())
    explore.loaded(len(documents))
    lab = Lab(explore.page)
    lab.page.get_by_role("link", name="Lab").click()

    lab.open("stability")
    before = wander(lab.drawn("stability_figure", "mbat-gaussian, D=128 length"))
    assert wander(lab.drawn("stability_figure", "mbat, D=128 length")) < 1e-4 < 0.1 < before
    lab.slide("stability_dimensions", "Home")
    assert wander(lab.drawn("stability_figure", "mbat-gaussian, D=64 length")) > before

    lab.open("order")
    cell = lab.page.locator(".vz-order tr", has_text="two items swapped").locator("td").first
    expect(cell).to_have_text(re.compile(r"^[−-]?0\.0"))
    lab.choose("order_arrays", "bag")
    expect(cell).to_have_text("1.00")

    lab.open("softness")
    assert lab.drawn("softness_figure", "apart")[1] > 0.8
    lab.choose("softness_numbers", "exact")
    assert lab.drawn("softness_figure", "apart")[1] < 0.3

    lab.open("capacity")
    held = lab.drawn("capacity_figure", "mbat")
    lab.click("capacity_dimensions", "64")
    assert lab.drawn("capacity_figure", "mbat")[-1] < held[-1] - 0.2

    lab.open("factoring")
    solved = sum(lab.drawn("factoring_success", "attention"))
    lab.click("factoring_dimensions", "64")
    assert sum(lab.drawn("factoring_success", "attention")) < solved - 0.5

    lab.open("time")
    assert max(lab.drawn("time_figure", "accuracy")) > 0.9
    assert min(lab.drawn("time_figure", "graded")) < 0.9
    lab.slide("time_scale", "Home")
    assert lab.drawn("time_figure", "graded") == pytest.approx([1] * 25, abs=1e-3)
    assert lab.drawn("time_figure", "accuracy")[0] < 0.6

    lab.open("probe")
    known = sum(lab.drawn("probe_figure", "words", "x"))
    lab.click("probe_rows", "shuffled")
    assert sum(lab.drawn("probe_figure", "words", "x")) < known - 0.8
    expect(lab.page.locator(".vz-reading")).to_contain_text("shuffled, knows 0 better")


def test_long_work_shows_how_far_it_is_is_stopped_and_runs_again(visit, documents):
    explore = Explore(visit())
    explore.loaded(len(documents))
    lab = Lab(explore.page)
    lab.page.get_by_role("link", name="Lab").click()
    lab.open("stability")
    slider = lab.page.locator(".st-key-stability_dimensions input[type=range]")
    figure = lab.page.locator(".st-key-stability_figure .js-plotly-plot")
    again = lab.page.get_by_role("button", name="Run it")

    slider.focus()
    lab.page.keyboard.press("End")  # dense matrices of D=1,024: half a minute and more
    expect(lab.page.get_by_role("progressbar")).to_be_visible()
    expect(figure).to_be_visible()  # the last picture stays
    lab.stop.click()
    expect(again).to_be_visible()
    lab.settled()
    expect(figure).to_have_count(0)

    again.click()
    expect(lab.stop).to_be_visible()
    expect(again).to_have_count(0)
    slider.focus()
    lab.page.keyboard.press("Home")  # a change ends the work as well, and begins another
    expect(lab.page.locator(".vz-reading")).to_be_visible()
    lab.settled()
    assert lab.drawn("stability_figure", "mbat, D=64 length")
    expect(lab.page.locator(".stException, .vz-error")).to_have_count(0)
