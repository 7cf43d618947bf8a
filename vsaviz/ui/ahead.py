"""Work begun before anybody asks for it, in a thread of its own: a click meanwhile is answered at once."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from typing import TypeVar

from vsaviz.ui.aside import BETWEEN_REPORTS
from vsaviz.ui.memory import remembered

Made = TypeVar("Made")


def begun(kind: str, key: Hashable, make: Callable[[], Made], most: int = 2) -> Future[Made]:
    """Return the work for this key, beginning it now if it is not among the last few of its kind.

    ``make`` runs in a thread: it calls nothing of Streamlit's.
    """
    return remembered(kind, key, lambda: _started(make), most)


def _started(make: Callable[[], Made]) -> Future[Made]:
    work: Future[Made] = Future()

    def run() -> None:
        try:
            work.set_result(make())
        except BaseException as error:  # it is raised where the work is waited for
            work.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return work


def waited(work: Future[Made], report: Callable[[float], None]) -> Made:
    """Return what work made once it is done; ``report`` is called meanwhile, and may leave by raising."""
    while not work.done():
        wait([work], BETWEEN_REPORTS)
        report(0.0)
    return work.result()
