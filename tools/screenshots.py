"""Make the pictures of the documentation, from the app as it is.

python tools/screenshots.py                  into docs/images
python tools/screenshots.py --look FOLDER    every page, light and dark, 1280 and 1920 wide
"""

import argparse
import shutil
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tools.serving import served

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
KINDS = {"values": "mbat", "integers": "map-i", "bits": "bsc", "phases": "fhrr", "blocks": "ghrr"}
"""Each way to draw vectors, and a scheme that is drawn so."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PLOT = ".js-plotly-plot .main-svg"
DRAWN = {
    "": ".st-key-map .vz-map",
    "encodings": f".st-key-strips {PLOT}",
    "compare": f'[class*="st-key-compare_maps"] {PLOT}',
    "ask": ".st-key-hits button",
    "lab": f'[class*="st-key-stability"] {PLOT}',
    "tour": f'[class*="st-key-tour"] {PLOT}',
}
"""Each page by its address, and what is there when it is drawn."""
PLACE_OF_POINT = "row => document.querySelector('.st-key-map .vz-map').map.places()[row]"
FRAME = """() => {
  const frame = document.querySelector('.st-key-map .vz-map').map.canvas.getBoundingClientRect();
  return [frame.x, frame.y, frame.width, frame.height];
}"""
LASSO = [(0.1, 0.35), (0.3, 0.2), (0.42, 0.5), (0.35, 0.8), (0.12, 0.75)]
"""Corners, as shares of the map's frame."""
MAP_DRAWN = "() => document.querySelector('.st-key-map .vz-map')?.map?.drawn"


def settled(page: Page) -> None:
    """Wait until the app has stopped running and drawing."""
    page.wait_for_timeout(800)
    page.wait_for_selector('[data-testid="stStatusWidget"]', state="detached", timeout=120_000)
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')", timeout=120_000)
    page.wait_for_timeout(1500)


def opened(page: Page, address: str, name: str) -> None:
    """Open a page by its own address and wait until its picture is drawn."""
    page.goto(f"{address}/{name}")
    page.locator(DRAWN[name]).first.wait_for(timeout=120_000)
    settled(page)


def shoot_explore(page: Page, address: str, ending: str) -> None:
    """Take the page Explore with a document chosen, a pair, and the table of fields."""
    opened(page, address, "")
    page.wait_for_function(MAP_DRAWN, timeout=120_000)
    x, y = page.evaluate(PLACE_OF_POINT, 12)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    page.wait_for_selector(".st-key-neighbors .vz-why > span", timeout=60_000)
    page.mouse.move(4, 4)
    settled(page)
    page.screenshot(path=IMAGES / f"explore{ending}.png")
    page.get_by_role("button", name="compare", exact=True).first.click()
    page.wait_for_selector(".st-key-pair .js-plotly-plot .main-svg", timeout=60_000)
    settled(page)
    page.locator(".st-key-pair").screenshot(path=IMAGES / f"pair{ending}.png")
    page.get_by_role("button", name="Close", exact=True).click()
    settled(page)
    page.get_by_text("Fields and their weights").click()
    page.locator('.st-key-fields [data-testid="stDataFrame"]').wait_for()
    settled(page)
    page.locator(".st-key-fields").screenshot(path=IMAGES / f"fields{ending}.png")


def shoot_selection(page: Page, ending: str) -> None:
    """Take what a lasso around a quarter of the map selects, with what sets it apart."""
    page.set_viewport_size({"width": 1280, "height": 1500})
    page.locator(".st-key-map [data-tool=lasso]").click()
    left, top, width, height = page.evaluate(FRAME)
    corners = [(left + u * width, top + v * height) for u, v in LASSO]
    page.mouse.move(*corners[-1])
    page.mouse.down()
    for corner in corners:
        page.mouse.move(*corner, steps=8)
    page.mouse.up()
    page.locator(".st-key-group .vz-told").wait_for(timeout=60_000)
    page.mouse.move(4, 4)
    settled(page)
    page.screenshot(
        path=IMAGES / f"selection{ending}.png", clip={"x": 0, "y": 0, "width": 1280, "height": 1344}
    )


def shoot_encodings(page: Page, ending: str) -> None:
    """Take the page Encodings of the chosen document, and vectors of each kind."""
    page.get_by_role("link", name="Encodings").click()
    page.locator(DRAWN["encodings"]).first.wait_for(timeout=60_000)
    settled(page)
    page.screenshot(path=IMAGES / f"encodings{ending}.png")
    for drawn, name in KINDS.items():
        page.locator(".st-key-scheme input").click()
        page.get_by_role("option", name=name, exact=True).click()
        page.get_by_text(f"{name}, D=").first.wait_for()
        settled(page)
        page.locator(".st-key-strips").screenshot(path=IMAGES / f"{drawn}{ending}.png")


def shoot(page: Page, address: str, ending: str) -> None:
    """Take the pictures of the documentation in one colour scheme."""
    shoot_explore(page, address, ending)
    shoot_encodings(page, ending)
    for name in ("ask", "compare", "lab", "tour"):
        opened(page, address, name)
        page.screenshot(path=IMAGES / f"{name}{ending}.png")
    opened(page, address, "")
    page.wait_for_function(MAP_DRAWN, timeout=120_000)
    shoot_selection(page, ending)


def look(browser: Browser, address: str, folder: Path) -> None:
    """Take every page, light and dark, 1280 and 1920 wide, to be looked at."""
    for scheme, width in product(SCHEMES, (1280, 1920)):
        height = 820 if width == 1280 else 1080
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        for name in DRAWN:
            opened(page, address, name)
            page.screenshot(path=folder / f"{name or 'explore'}-{scheme}-{width}.png", full_page=True)
        page.close()


def main() -> None:
    """Take the pictures of the documentation, or those to be looked at."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--look", type=Path, metavar="FOLDER", help="where all pages go, in all sizes")
    folder = parser.parse_args().look
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    (folder or IMAGES).mkdir(parents=True, exist_ok=True)
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        if folder:
            look(browser, server.address, folder)
            return
        for scheme in SCHEMES:
            page = browser.new_page(viewport={"width": 1280, "height": 820}, color_scheme=scheme)
            shoot(page, server.address, "" if scheme == "light" else "-dark")
            page.close()


if __name__ == "__main__":
    main()
