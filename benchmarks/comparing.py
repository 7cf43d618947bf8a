"""How long Compare takes in the browser: from the click to four maps, and from a lasso to its marks in all.

python benchmarks/comparing.py [--repeats 10]
"""

import argparse
import shutil
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tools.screenshots import ARGUMENTS
from tools.serving import served

SETTINGS = "mbat-1024~hrr-1024~map-i-1024~permutation-1024"
COLLECTION = "products"
DRAWN = """n => {
  const plot = document.querySelector('.st-key-compare_maps .js-plotly-plot');
  if (!plot || !plot._fullData || !plot.calcdata) return false;
  const points = plot._fullData.reduce((sum, trace) => sum + (trace.customdata || []).length, 0);
  if (points !== n) return false;
  window.drawn ||= performance.now();
  return true;
}"""
MARKED = """maps => {
  const plot = document.querySelector('.st-key-compare_maps .js-plotly-plot');
  if (!plot || !plot._fullData) return null;
  const chosen = {};
  for (const trace of plot._fullData) if (trace.customdata) {
    const rows = Array.from(trace.selectedpoints || [], i => trace.customdata[i]);
    chosen[trace.xaxis] = (chosen[trace.xaxis] || []).concat(rows);
  }
  const texts = Object.values(chosen).map(rows => rows.sort((a, b) => a - b).join());
  return texts.length === maps && texts[0] && new Set(texts).size === 1 ? texts[0] : null;
}"""
WATCH = """([maps, before]) => {
  const marked = MARKED;
  window.released = window.marked = 0;
  addEventListener('mouseup', () => { window.released ||= performance.now(); }, {capture: true, once: true});
  const look = () => {
    const rows = marked(maps);
    if (!window.released || !rows || rows === before) return setTimeout(look, 10);
    requestAnimationFrame(() => { window.marked = performance.now(); });
  };
  look();
}""".replace("MARKED", MARKED)
PLACE = """() => {
  const plot = document.querySelector('.st-key-compare_maps .js-plotly-plot');
  const box = plot.getBoundingClientRect(), {xaxis, yaxis} = plot._fullLayout;
  return [box.left + xaxis._offset, box.top + yaxis._offset, xaxis._length, yaxis._length];
}"""


def settled(page: Page) -> None:
    """Wait until the app has nothing more to do."""
    page.wait_for_timeout(500)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=120_000)
    page.wait_for_timeout(500)


def opened(page: Page, n: int) -> float:
    """Return the seconds from the click on Compare until its maps are drawn."""
    page.evaluate(
        "() => { window.drawn = 0; addEventListener('click', () => { window.clicked = performance.now(); },"
        " {capture: true, once: true}); }"
    )
    page.get_by_role("link", name="Compare").click()
    page.wait_for_function(DRAWN, arg=n, timeout=120_000, polling=20)
    return float(page.evaluate("() => window.drawn - window.clicked")) / 1000


def lassoed(page: Page, maps: int, number: int) -> float:
    """Draw a lasso in the first map; return the seconds from letting go until all maps mark its documents."""
    before = page.evaluate(MARKED, maps)
    left, top, width, height = page.evaluate(PLACE)
    page.locator('.st-key-compare_maps [data-title="Lasso Select"]').click()
    x, y = left + width * (0.42 + 0.015 * number), top + height * 0.5
    page.mouse.move(x - 40, y - 40)
    page.mouse.down()
    for dx, dy in ((40, -40), (40, 40), (-40, 40), (-40, -40)):
        page.mouse.move(x + dx, y + dy, steps=4)
    page.evaluate(WATCH, [maps, before])
    page.mouse.up()
    page.wait_for_function("() => window.marked", timeout=60_000, polling=20)
    return float(page.evaluate("() => window.marked - window.released")) / 1000


def measure(repeats: int) -> dict[str, list[float]]:
    """Return the seconds of opening the page in several visits, and of several lassos in the last of them."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    times: dict[str, list[float]] = {"four maps open": [], "lasso to marks in all": []}
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*ARGUMENTS, "--enable-unsafe-swiftshader"]
        )
        for visit in range(max(1, repeats // 3)):
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            times["four maps open"].append(_visit(page, server.address))
            if visit == 0:
                times["lasso to marks in all"] = [_settled_lasso(page, number) for number in range(repeats)]
            page.close()
        browser.close()
    return times


def _visit(page: Page, address: str) -> float:
    """Open the collection on the page Explore first: its vectors are then those of the first setting."""
    page.goto(f"{address}/?collection={COLLECTION}")
    page.wait_for_function("() => document.querySelector('.st-key-map .vz-map')?.map?.drawn", timeout=120_000)
    settled(page)
    n = page.evaluate("() => document.querySelector('.st-key-map .vz-map').map.data.n")
    taken = opened(page, 4 * int(n))
    settled(page)
    return taken


def _settled_lasso(page: Page, number: int) -> float:
    settled(page)
    return lassoed(page, 4, number)


def main() -> None:
    """Measure and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=10)
    options: Any = parser.parse_args()
    for act, seconds in measure(options.repeats).items():
        print(f"{act:24} {median(seconds):5.2f} s   ({', '.join(f'{taken:.2f}' for taken in seconds)})")


if __name__ == "__main__":
    main()
