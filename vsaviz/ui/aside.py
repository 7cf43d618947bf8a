"""Work that cannot say how far it is: it runs in a thread, so that the page stays alive and can leave it."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

Made = TypeVar("Made")
Tell = Callable[[str, float], None]

BETWEEN_REPORTS = 0.1
"""Seconds."""


class Report(Protocol):
    """Takes the share that is done, and in a few words what is being done."""

    def __call__(self, share: float, step: str = "") -> None:
        """Report."""


class _LeftError(Exception):
    """Nobody waits for this work any more."""


def aside(work: Callable[[Tell], Made], report: Report) -> Made:
    """Return what ``work`` makes in a thread of its own, and report meanwhile, several times a second.

    ``work`` is called with a function to tell its steps and the share that is done. Where ``report`` raises,
    the thread is left: it ends at the next step that it tells, and what it makes is forgotten.

    >>> aside(lambda tell: 6 * 7, lambda share, step="": None)
    42
    """
    left, state = threading.Event(), ("", 0.0)
    made: list[Made] = []
    wrong: list[BaseException] = []

    def tell(step: str, share: float) -> None:
        nonlocal state
        if left.is_set():
            raise _LeftError
        state = step, share

    def run() -> None:
        try:
            made.append(work(tell))
        except BaseException as error:  # it is raised where the work is waited for
            wrong.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(BETWEEN_REPORTS)
            report(state[1], state[0])
    finally:
        left.set()
    if wrong:
        raise wrong[0]
    return made[0]
