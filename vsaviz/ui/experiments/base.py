"""What the Lab shows of every experiment around its live figure."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Experiment:
    """One experiment of the Lab.

    ``show`` draws its controls, its live figure, and below it what the figure says, in a sentence built from
    the result. The other texts stand around it and hold no measured number.
    """

    name: str
    """One word; stands in the address of the page and begins the keys of its widgets."""
    title: str
    claim: str
    """What it shows, in one or two sentences for people who have never heard of it."""
    control: str
    """Which setting breaks the claim, and why."""
    tries: tuple[str, ...]
    """What to try, each a short imperative sentence."""
    source: str
    """Author, title and year of what it is after."""
    show: Callable[[], None]
