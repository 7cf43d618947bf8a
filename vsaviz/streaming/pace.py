"""How fast it goes, and how long it will take: one line from time to time."""

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from vsaviz.streaming.lines import Block

SECONDS = 5.0
"""Between two lines."""


@dataclass
class Pace:
    """Says how many documents a task has done, at which rate, and the time that is left.

    ``share`` is the share of the input that is done, and only what this run did counts for the rate.
    """

    task: str
    say: Callable[[str], None]
    every: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    _began: tuple[float, int, float] = field(default=(0.0, 0, 0.0), init=False)
    _said: float = field(default=0.0, init=False)

    def begin(self, n: int = 0, share: float = 0.0) -> None:
        """Start the clock, with so much done before."""
        self._began = self.clock(), n, share
        self._said = self.clock()

    def __call__(self, n: int, share: float) -> None:
        """Take note that ``n`` documents are done, and say so if it is time."""
        now = self.clock()
        if now - self._said < self.every and share < 1:
            return
        self._said = now
        start, first, begun = self._began
        passed = max(now - start, 1e-9)
        left = passed * (1 - share) / max(share - begun, 1e-9)
        rate = (n - first) / passed
        ending = f", {duration(left)} left" if share < 1 else f" in {duration(passed)}"
        self.say(f"{self.task}: {n:,} documents, {rate:,.0f} a second{ending}")


def duration(seconds: float) -> str:
    """Return a time in words.

    >>> duration(8), duration(75), duration(7_300)
    ('8 s', '1 min 15 s', '2 h 1 min')
    """
    minutes, hours = round(seconds) // 60, round(seconds) // 3600
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min {round(seconds) % 60} s" if minutes else f"{round(seconds)} s"


def paced(blocks: Iterator[Block], pace: Pace) -> Iterator[Block]:
    """Yield blocks, and when each is done with let go of its garbage and say how it goes."""
    for n, block in enumerate(blocks):
        if not n:
            pace.begin(block.place.row, block.share * block.place.row / block.end.row)
        yield block
        gc.collect()  # places refer to each other: nothing else frees them
        pace(block.end.row, block.share)
