"""How the app bears many documents, in a real browser: upload to map, memory, bytes sent, a lasso, a click.

Beside the seconds stand those of processor time that the server took: they are the same on a busy machine.

python benchmarks/size.py [-n 50000] [--lasso 5000] [--pictures FOLDER]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, WebSocket, sync_playwright

from tools.screenshots import ARGUMENTS, ROOT
from tools.serving import served

LONGEST = 900_000
"""Milliseconds that a step may take."""
MAP = "document.querySelector('.st-key-map .vz-map')?.map"
TOLD = """n => {
  const count = n.toLocaleString('en'), card = document.querySelector('.st-key-group');
  const lines = Array.from(document.querySelectorAll('.vz-heading small'), line => line.textContent);
  if (!lines.some(line => line.startsWith(`${count} selected`))) return false;
  if (!card || !card.textContent.startsWith(`${count} selected`)) return false;
  if (!card.querySelector('.vz-told') || !document.querySelector('.st-key-typical button')) return false;
  if (document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'notRunning') return false;
  return performance.now();
}"""
AROUND = """most => {
  const map = document.querySelector('.st-key-map .vz-map').map, frame = map.canvas.getBoundingClientRect();
  const places = Object.values(map.places());
  const middle = axis => places.map(place => place[axis]).sort((a, b) => a - b)[places.length >> 1];
  const [x, y] = [middle(0), middle(1)];
  const far = places.map(([u, v]) => Math.max(Math.abs(u - x), Math.abs(v - y)));
  const inside = reach => far.filter(one => one < reach).length;
  let reach = 2;
  while (reach < frame.height / 2 - 20 && inside(reach * 1.03) <= most) reach *= 1.03;
  return [x, y, reach];
}"""
PRESSED = """() => addEventListener('pointerup', () => { window.up = performance.now() },
  {capture: true, once: true})"""
QUICKEST = """() => {
  const map = document.querySelector('.st-key-map .vz-map').map, took = [];
  for (let turn = 0; turn < 20; turn++) { map.drawNow(); took.push(map.took); }
  return Math.min(...took);
}"""


@dataclass
class Watch:
    """What a page received through its web sockets."""

    received: int = 0
    frames: list[int] = field(default_factory=list)

    def follow(self, socket_of_page: WebSocket) -> None:
        """Count all that comes."""
        socket_of_page.on("framereceived", self.take)

    def take(self, frame: str | bytes) -> None:
        """Count one frame."""
        size = len(frame if isinstance(frame, bytes) else frame.encode())
        self.received += size
        self.frames.append(size)

    def since(self) -> int:
        """Return the bytes since this was last asked."""
        received, self.received = self.received, 0
        return received


def peak(process: int) -> float:
    """Return the most memory that a process has had, in GB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1e6


def processor(process: int) -> float:
    """Return the seconds of processor time that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def quiet(page: Page) -> None:
    """Wait until the app has nothing more to do."""
    page.wait_for_timeout(500)
    page.wait_for_selector('[data-testid=stApp][data-test-script-state="notRunning"]', timeout=LONGEST)
    page.wait_for_timeout(500)


def idle(process: int) -> float:
    """Wait until a process does nothing more, such as what it prepares once the map is drawn; return 0."""
    before = -1.0
    while processor(process) - before > 0.1:
        before = processor(process)
        time.sleep(1)
    return 0.0


def upload(page: Page, file: Path, n: int) -> float:
    """Return the seconds from a dropped file to the map of its n documents."""
    start = time.perf_counter()
    page.locator(".st-key-upload input[type=file]").set_input_files(file)
    page.wait_for_function(f"n => {MAP}?.data?.n === n && {MAP}.drawn", arg=n, timeout=LONGEST)
    return time.perf_counter() - start


def lasso(page: Page, most: int) -> float:
    """Draw a lasso around the middle; return the seconds to the table and the card of its documents."""
    x, y, reach = page.evaluate(AROUND, most)
    page.locator(".st-key-map [data-tool=lasso]").click()
    page.mouse.move(x - reach, y - reach)
    page.mouse.down()
    for right, below in ((1, -1), (1, 1), (-1, 1), (-1, -1)):
        page.mouse.move(x + right * reach, y + below * reach, steps=6)
    page.evaluate(PRESSED)
    page.mouse.up()
    rows = page.evaluate(f"{MAP}.selectedRows().length")
    done: Any = page.wait_for_function(TOLD, arg=rows, timeout=LONGEST, polling=50).json_value()
    return float(done - page.evaluate("() => window.up")) / 1000


def click(page: Page) -> float:
    """Click a point; return the seconds until its document and its neighbours are read."""
    row = page.evaluate(f"{MAP}.selectedRows()[0]")
    x, y = page.evaluate(f"row => {MAP}.places()[row]", row)
    page.evaluate(PRESSED)
    page.mouse.click(x, y)
    read = "() => document.querySelector('.st-key-neighbor_9') && performance.now()"
    done: Any = page.wait_for_function(read, timeout=LONGEST, polling=50).json_value()
    return float(done - page.evaluate("() => window.up")) / 1000


@dataclass
class Told:
    """Prints what each step takes."""

    page: Page
    watch: Watch
    server: int
    pictures: Path | None

    def step(self, name: str, act: Callable[[], float]) -> None:
        """Do one step; print its seconds, the server's processor time, and what came to the browser."""
        self.watch.since()
        before = processor(self.server)
        seconds = act()
        self.page.wait_for_timeout(800)
        took, came = processor(self.server) - before, self.watch.since() / 1e6
        print(f"{name:20} {seconds:8.1f} s  processor {took:7.1f} s  came {came:6.2f} MB", flush=True)
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{name}.png")


def measure(n: int, most: int, pictures: Path | None) -> None:
    """Print what a visit takes, step by step."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as folder, served() as server, sync_playwright() as driver:
        file = Path(folder) / "made.ndjson"
        # By a process of its own: so many documents would fill this one's memory too.
        subprocess.run([sys.executable, "-m", "benchmarks.made", str(n), "-o", file], cwd=ROOT, check=True)
        print(f"{n:,} documents, {file.stat().st_size / 1e6:.0f} MB")
        browser = driver.chromium.launch(
            executable_path=chromium, args=[*ARGUMENTS, "--enable-unsafe-swiftshader"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        watch = Watch()
        page.on("websocket", watch.follow)
        page.goto(server.address)
        page.wait_for_function(f"{MAP}?.drawn", timeout=LONGEST)
        quiet(page)
        told = Told(page, watch, server.process, pictures)
        told.step("upload to map", lambda: upload(page, file, n))
        quiet(page)
        told.step("prepared ahead", partial(idle, server.process))
        print(f"a frame of the map     {page.evaluate(QUICKEST):8.1f} ms")
        page.mouse.move(500, 400)
        page.mouse.wheel(0, -150)
        page.wait_for_timeout(300)
        zoom = page.evaluate(f"{MAP}.lens.zoom")
        for turn, part in (("first", 1), ("second", 2)):
            told.step(f"{turn} lasso", partial(lasso, page, most // part))
            print(f"  of {page.evaluate(f'{MAP}.selectedRows().length'):,} documents")
        page.locator(".st-key-map [data-tool=move]").click()
        told.step("click", lambda: click(page))
        print(f"zoom kept: {page.evaluate(f'{MAP}.lens.zoom') == zoom}")
        page.emulate_media(color_scheme="dark")
        told.step("dark", lambda: 0.0)
        print(f"peak memory {peak(server.process):.2f} GB")
        browser.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=50_000)
    parser.add_argument("--lasso", type=int, default=5_000)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    measure(options.n, options.lasso, options.pictures)


if __name__ == "__main__":
    main()
