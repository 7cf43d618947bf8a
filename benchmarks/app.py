"""How long a person waits in the browser: from a dropped file to the map, and after a change of the settings.

python benchmarks/app.py [-n 5000]
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import orjson
from playwright.sync_api import Page, sync_playwright

from benchmarks.made import made
from tools.screenshots import ARGUMENTS
from tools.serving import served

PRESSED = """() => {
  window.pressed = 0;
  const now = () => { window.pressed ||= performance.now(); };
  for (const event of ['pointerdown', 'keydown', 'change'])
    addEventListener(event, now, {capture: true, once: true});
}"""
DRAWN = """([n, before, words]) => {
  const map = document.querySelector('.st-key-map .vz-map')?.map;
  const said = Array.from(document.querySelectorAll('.vz-caption')).map(line => line.textContent).join(' ');
  if (!map?.drawn || !words.every(word => said.includes(word))) return false;
  if (map.data.n !== n || Array.from(map.data.places.slice(0, 6)).join() === before) return false;
  window.drawn ||= performance.now();
  return true;
}"""
FINGERPRINT = """() => {
  const map = document.querySelector('.st-key-map .vz-map')?.map;
  return map?.data ? Array.from(map.data.places.slice(0, 6)).join() : '';
}"""


def waited(page: Page, act: Callable[[], object], n: int, *words: str) -> float:
    """Return the seconds from an act until another map of n points is drawn and the sidebar says so.

    The page's own clock counts, from the press of the button or key: what the driver takes is not in it.
    """
    before = page.evaluate(FINGERPRINT)
    page.evaluate("() => { window.drawn = 0 }")
    page.evaluate(PRESSED)
    act()
    page.wait_for_function(DRAWN, arg=[n, before, list(words)], timeout=60_000, polling=20)
    return float(page.evaluate("() => window.drawn - window.pressed")) / 1000


def chosen(page: Page, key: str, option: str) -> Callable[[], None]:
    """Open one of the sidebar's boxes; return the click on an option, with which the waiting begins."""
    page.locator(f".st-key-{key} input").click()
    place = page.get_by_role("option", name=option, exact=True)
    place.wait_for()
    page.wait_for_timeout(500)
    return place.click


def moved(page: Page, key: str, press: str) -> Callable[[], None]:
    """Take a slider or a number; return the press of a key on it."""
    control = page.locator(f".st-key-{key} input").first
    control.focus()
    page.wait_for_timeout(500)
    return lambda: control.press(press)


def measure(n: int, repeats: int) -> dict[str, list[float]]:
    """Return the seconds of each act, for several visits."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    times: dict[str, list[float]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        served() as server,
        sync_playwright() as playwright,
    ):
        file = Path(folder) / "made.ndjson"
        file.write_bytes(b"\n".join(map(orjson.dumps, made(n))))
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*ARGUMENTS, "--enable-unsafe-swiftshader"]
        )
        for _ in range(repeats):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(server.address)
            page.wait_for_function(
                "() => document.querySelector('.st-key-map .vz-map')?.map?.drawn", timeout=120_000
            )
            page.wait_for_timeout(3000)
            upload = page.locator(".st-key-upload input[type=file]")
            total = f"{n:,} documents"
            taken = waited(page, partial(upload.set_input_files, file), n, total, "mbat")
            times.setdefault("upload to map", []).append(taken)
            for scheme in ("permutation", "map-i", "hrr", "hrr-unitary", "mbat"):
                page.wait_for_timeout(1500)
                taken = waited(page, chosen(page, "scheme", scheme), n, f" {scheme}, D=")
                if scheme != "mbat":  # it is remembered from before
                    times.setdefault(f"change to {scheme}", []).append(taken)
            for dimensions in ("512", "256"):
                page.wait_for_timeout(1500)
                taken = waited(page, moved(page, "dimensions", "ArrowLeft"), n, f"D={dimensions},")
                times.setdefault(f"mbat, D={dimensions}", []).append(taken)
            page.get_by_test_id("stSidebarUserContent").get_by_text("More", exact=True).click()
            for dimensions in ("512", "1,024"):
                waited(page, moved(page, "dimensions", "ArrowRight"), n, f"D={dimensions},")
            page.wait_for_timeout(1500)
            page.locator(".st-key-seed input").fill("1")
            taken = waited(page, moved(page, "seed", "Enter"), n, "mbat, D=1,024")
            times.setdefault("mbat, D=1024, seed 1", []).append(taken)
            page.close()
        browser.close()
    return times


def main() -> None:
    """Measure and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    for act, seconds in measure(options.n, options.repeats).items():
        print(f"{act:24} {median(seconds):5.1f} s   ({', '.join(f'{taken:.1f}' for taken in seconds)})")


if __name__ == "__main__":
    main()
