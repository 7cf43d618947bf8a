"""Make the pictures of the documentation, from the app as it is.

python tools/screenshots.py
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

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
PLACE_OF_POINT = """row => {
  const plot = document.querySelector('.st-key-map .js-plotly-plot');
  const frame = plot.getBoundingClientRect(), layout = plot._fullLayout;
  for (const trace of plot.calcdata) {
    const at = Array.from(trace[0].trace.customdata || []).indexOf(row);
    if (at >= 0) return [frame.left + layout.xaxis._offset + layout.xaxis.d2p(trace[at].x),
                         frame.top + layout.yaxis._offset + layout.yaxis.d2p(trace[at].y)];
  }
}"""


@contextmanager
def served() -> Iterator[str]:
    """Serve the app and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait()


def settled(page: Page) -> None:
    """Wait until the app has stopped running and drawing."""
    page.wait_for_timeout(800)
    page.wait_for_selector('[data-testid="stStatusWidget"]', state="detached", timeout=120_000)
    page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')", timeout=120_000)
    page.wait_for_timeout(1500)


def shoot(page: Page, address: str, scheme: str) -> None:
    """Take the pictures of every page in one colour scheme."""
    ending = "" if scheme == "light" else "-dark"
    page.goto(address)
    page.wait_for_selector(".st-key-map .js-plotly-plot .main-svg", timeout=120_000)
    settled(page)
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
    page.get_by_role("link", name="Encodings").click()
    page.wait_for_selector(".st-key-strips .js-plotly-plot .main-svg", timeout=60_000)
    settled(page)
    page.screenshot(path=IMAGES / f"encodings{ending}.png")
    for drawn, name in KINDS.items():
        page.locator(".st-key-scheme input").click()
        page.get_by_role("option", name=name, exact=True).click()
        page.get_by_text(f"{name}, D=").first.wait_for()
        settled(page)
        page.locator(".st-key-strips").screenshot(path=IMAGES / f"{drawn}{ending}.png")
    page.goto(f"{address}/ask")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    settled(page)
    page.screenshot(path=IMAGES / f"ask{ending}.png")
    for name, chart in (("compare", "compare_maps"), ("lab", "stability"), ("tour", "tour")):
        page.goto(f"{address}/{name}")
        page.wait_for_selector(f'[class*="st-key-{chart}"] .js-plotly-plot .main-svg', timeout=120_000)
        settled(page)
        page.screenshot(path=IMAGES / f"{name}{ending}.png")


def main() -> None:
    """Take all pictures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for scheme in ("light", "dark"):
            page = browser.new_page(
                viewport={"width": 1280, "height": 820}, color_scheme="light" if scheme == "light" else "dark"
            )
            shoot(page, address, scheme)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
