"""A real server and a real browser: one of each for the tests of a process, and a new visit for each test."""

import json
import os
import random
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tools.serving import served
from vsaviz.shipped import GIVEN_FILE

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--enable-unsafe-swiftshader",
)
PATIENCE = 60
"""Seconds that anything may take on busy cores; nothing waits longer than it must."""

expect.set_options(timeout=PATIENCE * 1000)


KINDS = ["bird", "fish", "tree"]
COLORS = [["red", "blue"], ["silver", "gold"], ["green", "brown"]]


def pets():
    """Return the documents that the app is served with: three kinds, told apart by several fields."""
    draw = random.Random(5)  # noqa: S311 - not for secrets
    return [
        {
            "id": f"p-{i}",
            "kind": KINDS[i % 3],
            "color": draw.choice(COLORS[i % 3]),
            "size": 10 * (i % 3) + draw.randrange(8),
            "seen": [{"year": 2000 + draw.randrange(20), "far": draw.random() < 0.5} for _ in range(i % 4)],
        }
        for i in range(36)
    ]


@pytest.fixture(scope="session")
def documents():
    """The documents that the app is served with."""
    return pets()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of the app, served as ``vsaviz app pets.json`` serves it."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "pets.json").write_text(json.dumps(pets()))
    # One thread for BLAS: on busy cores several wait for each other.
    environment = {"OPENBLAS_NUM_THREADS": "1", GIVEN_FILE: str(folder / "pets.json")}
    log = folder / "log.txt"
    with served(environment, log) as one:
        yield one.address
    said = log.read_text()
    assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def chromium():
    """A browser; without one the tests are left out, but never in continuous integration."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = f"no browser among {', '.join(NAMES)}: install the package 'chromium' to run these tests"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(server, chromium):
    """Return a function that opens the app as a new person would.

    Whatever a test does, nothing may be asked of any other host and nothing may go wrong in the page.
    """
    contexts, wrong = [], []

    def visit(**options):
        context = chromium.new_context(viewport={"width": 1400, "height": 1000}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(f"uncaught: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: _is_local(request.url) or wrong.append(f"asked: {request.url}"))
        page.goto(server)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


def _is_local(url):
    place = urlsplit(url)
    return place.scheme in ("data", "blob", "about") or place.hostname in ("127.0.0.1", "localhost")
