"""Colours: the data is the only thing with a strong one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.jsontext import short

# Okabe and Ito's colours, told apart by colour-blind people too; the quietest first.
CATEGORIES = ("#56B4E9", "#009E73", "#E69F00", "#CC79A7", "#0072B2", "#D55E00", "#F0E442", "#8C8C8C")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "star", "hexagon")
FONT = "Inter, Segoe UI, Helvetica Neue, DejaVu Sans, Arial, sans-serif"
OTHER = "#9AA0A6"
MORE, LESS = CATEGORIES[0], CATEGORIES[2]
"""What lies on the two sides of zero."""
ORDERED = "Cividis"
SIGNED = ((0.0, "#2166AC"), (0.25, "#92C5DE"), (0.5, "#F7F7F7"), (0.75, "#F4A582"), (1.0, "#B2182B"))
SIGNED_DARK = ((0.0, "#6BB3F0"), (0.25, "#3A6A96"), (0.5, "#1B1F24"), (0.75, "#9C5238"), (1.0, "#F58A63"))

MOST_CATEGORIES = len(CATEGORIES)


@dataclass(frozen=True)
class Ink:
    """What is drawn in the page's own colours."""

    text: str
    quiet: str
    ring: str


LIGHT = Ink(text="#1F2933", quiet="#9AA5B1", ring="#111827")
DARK = Ink(text="#E6E9ED", quiet="#6B7683", ring="#FFFFFF")


def ink(dark: bool) -> Ink:
    """Return the colours of the page's own text and rings."""
    return DARK if dark else LIGHT


def modebar(dark: bool) -> dict[str, Any]:
    """Return the looks of a figure's own buttons: as quiet as they can be."""
    return {"bgcolor": "rgba(0,0,0,0)", "color": ink(dark).quiet, "activecolor": ink(dark).text}


@dataclass(frozen=True)
class Category:
    """One class of documents on a map."""

    name: str
    color: str
    symbol: str
    rows: NDArray[np.int64]


def categories(values: Sequence[Any]) -> list[Category]:
    """Return the classes of some values, the largest first and quietest; beyond eight the rest is "other"."""
    texts = [short(value) for value in values]
    counted = [name for name, _ in sorted(Counter(texts).items(), key=lambda item: (-item[1], item[0]))]
    shown = counted if len(counted) <= MOST_CATEGORIES else counted[: MOST_CATEGORIES - 1]
    rest = len(counted) - len(shown)
    code = {name: i for i, name in enumerate(shown)}
    codes = np.array([code.get(text, len(shown)) for text in texts], dtype=np.int64)
    classes = [
        Category(name, CATEGORIES[i], SYMBOLS[i], np.flatnonzero(codes == i)) for i, name in enumerate(shown)
    ]
    if rest:
        classes.append(Category(f"other ({rest})", OTHER, "circle", np.flatnonzero(codes == len(shown))))
    return classes


def is_ordered(values: Sequence[Any]) -> bool:
    """Whether values are numbers of so many sizes that a scale says more than classes."""
    numbers = {value for value in values if isinstance(value, int | float) and not isinstance(value, bool)}
    others = {value for value in values if value is not None} - numbers
    return len(numbers) > MOST_CATEGORIES and not others
