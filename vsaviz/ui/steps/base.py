"""What the tour shows of every step around its picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vsaviz.ui.steps.exhibit import Exhibit


@dataclass(frozen=True)
class Step:
    """One step of the tour: one idea, one picture, one control, two sentences."""

    title: str
    idea: str
    """The first sentence, for people who have never heard of it; it holds no measured number."""
    control: Callable[[Exhibit], Any]
    """Draws the control and returns what is chosen."""
    draw: Callable[[Exhibit, Any], str]
    """Draws the picture of what is chosen, and returns the second sentence, built from what it shows."""
