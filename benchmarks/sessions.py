"""Many people at once in one server: errors, leaks between them, and its memory before, during and after.

python benchmarks/sessions.py [-n 20] [-d 2000] [--pages Encodings Compare Ask Explore]

Every session is a browser context of its own that uploads documents of its own; each document carries a
word that no other session's has. All are open at once and change pages at the same time. A leak is the word
of one session in any message that another gets, in what its page says, or in a file that it downloads.
"""

import argparse
import math
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import orjson
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from benchmarks.made import made
from tools.screenshots import ARGUMENTS
from tools.serving import Served, served

PATIENCE = 600_000
"""Milliseconds that one step may take where twenty wait for two cores."""
AT_REST = 'document.querySelector(\'[data-testid="stApp"]\')?.dataset.testScriptState === "notRunning"'
AFTER = 180
"""Seconds until a server has freed what a closed session had: two minutes to come back, and some to look."""


def memory(server: Served, line: str = "VmRSS") -> float:
    """Return MB; ``VmHWM`` is the most that it ever was."""
    status = Path(f"/proc/{server.process}/status").read_text()
    found = re.search(rf"{line}:\s+(\d+) kB", status)
    return int(found[1]) / 1000 if found else math.nan


@dataclass
class Session:
    """One person: a page, a word of its own, and all that the server sent."""

    word: str
    page: Page
    got: list[bytes] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note whatever comes, and whatever goes wrong."""
        self.page.set_default_timeout(PATIENCE)
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._take))
        self.page.on("pageerror", lambda error: self.wrong.append(f"uncaught: {error}"))
        self.page.on("console", lambda one: self.wrong.append(one.text) if one.type == "error" else None)

    def _take(self, frame: str | bytes) -> None:
        self.got.append(frame if isinstance(frame, bytes) else frame.encode())

    def upload(self, n: int) -> None:
        """Give the app n documents that all carry the word."""
        documents = [{**one, "word": f"{self.word} {i}"} for i, one in enumerate(made(n))]
        file = FilePayload(
            name=f"{self.word}.json", mimeType="application/json", buffer=orjson.dumps(documents)
        )
        self.page.locator(".st-key-upload input[type=file]").set_input_files(file)

    def loaded(self, n: int) -> None:
        """Wait until they are there."""
        self.page.get_by_text(re.compile(f"^{n:,} documents, .*encoded in")).wait_for()
        self.settled()

    def settled(self) -> None:
        """Wait until the app rests, and note what it says of errors."""
        self.page.wait_for_function(AT_REST)
        for said in self.page.locator(".stException, .vz-error").all_inner_texts():
            self.wrong.append(f"said: {said}")

    def heard(self, word: str) -> bool:
        """Whether a word came, in a message or on the page."""
        return any(word.encode() in one for one in self.got) or word in self.page.content()


def opened(browser: Browser, address: str, n: int) -> list[Session]:
    """Open n sessions, one after the other, all of which stay open."""
    sessions = []
    for number in range(n):
        word = f"secret{blake2b(str(number).encode(), digest_size=8).hexdigest()}"
        session = Session(word, browser.new_context(viewport={"width": 1280, "height": 820}).new_page())
        session.listen()
        session.page.goto(address)
        session.page.locator(".st-key-upload").wait_for()
        sessions.append(session)
    return sessions


def leaks(sessions: list[Session]) -> list[tuple[int, int]]:
    """Return which session heard the word of which other."""
    return [
        (hearer, of)
        for hearer, session in enumerate(sessions)
        for of, other in enumerate(sessions)
        if of != hearer and session.heard(other.word)
    ]


def report(what: str, one: Served, start: float) -> None:
    """Print the memory of the server at a point of the run."""
    print(f"{what:<44} {memory(one):7,.0f} MB {time.perf_counter() - start:7.0f} s", flush=True)


def measure(n: int, documents: int, pages: list[str]) -> int:
    """Print what was found; return the number of things that were wrong."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    start = time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(log=Path(folder) / "log") as one,
        sync_playwright() as playwright,
    ):
        report("started", one, start)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        sessions = opened(browser, one.address, n)
        report(f"{n} sessions open", one, start)
        for session in sessions:
            session.upload(documents)
        for session in sessions:
            session.loaded(documents)
        report(f"{documents:,} documents in each", one, start)
        for name in pages:
            for session in sessions:
                session.page.get_by_role("link", name=name).click()
            for session in sessions:
                session.page.wait_for_timeout(300)
                session.settled()
            report(f"{name} in each at once", one, start)
        unheard = [session for session in sessions if not session.heard(session.word)]
        found, wrong = leaks(sessions), [text for session in sessions for text in session.wrong]
        messages = sum(map(len, (session.got for session in sessions)))
        browser.close()
        time.sleep(AFTER)
        report(f"all closed, {AFTER} s later", one, start)
        print(f"at most {memory(one, 'VmHWM'):,.0f} MB")
        log = (Path(folder) / "log").read_text(errors="replace")
    wrong += [f"{one.word} has not heard its own word: nothing could have been found" for one in unheard]
    print(f"errors {len(wrong)}, leaks {len(found)} in {messages:,} messages, mishaps in the log: ", end="")
    print(log.count("Traceback"))
    print(*wrong[:9], *found[:9], log[-3000:] if "Traceback" in log else "", sep="\n")
    return len(wrong) + len(found) + log.count("Traceback")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=20, help="sessions")
    parser.add_argument("-d", type=int, default=2_000, help="documents in each")
    parser.add_argument("--pages", nargs="*", default=["Encodings", "Compare", "Ask", "Explore"])
    given = parser.parse_args()
    sys.exit(bool(measure(given.n, given.d, given.pages)))


if __name__ == "__main__":
    main()
