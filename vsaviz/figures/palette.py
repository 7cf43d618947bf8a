"""Colours: the data is the only thing with a strong one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.jsontext import short

# Okabe and Ito's colours, told apart by colour-blind people too; the quietest first. The grey stands for
# their black, which a dark page would hide: a lighter one looks like the reddish purple without green cones.
CATEGORIES = ("#56B4E9", "#009E73", "#E69F00", "#CC79A7", "#0072B2", "#D55E00", "#F0E442", "#60646C")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "star", "hexagon")
FONT = "Inter, Segoe UI, Helvetica Neue, DejaVu Sans, Arial, sans-serif"
OTHER = "#646870"
"""Of all classes beyond eight, and of what is in none: never on one map with the eighth."""
MORE, LESS = CATEGORIES[0], CATEGORIES[2]
"""What lies on the two sides of zero."""
ORDERED = "Cividis"
SIGNED = ((0.0, "#2166AC"), (0.25, "#92C5DE"), (0.5, "#F7F7F7"), (0.75, "#F4A582"), (1.0, "#B2182B"))
SIGNED_DARK = ((0.0, "#6BB3F0"), (0.25, "#3A6A96"), (0.5, "#1B1F24"), (0.75, "#9C5238"), (1.0, "#F58A63"))

BLANK = '""'
"""How an empty text is named."""
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


class Apart(str):
    """The name of what is in no class, such as "no cluster": drawn in grey, behind the classes."""

    __slots__ = ()


@dataclass(frozen=True)
class Category:
    """One class of documents on a map."""

    name: str
    color: str
    symbol: str
    rows: NDArray[np.int64]


def categories(values: Sequence[Any]) -> list[Category]:
    """Return the classes of some values, the largest first and quietest; beyond eight the rest is one class.

    What is in no class, None or `Apart`, comes last, grey and hollow; where all is, it is the one class.
    """
    texts = [short(value) for value in values]
    counted = Counter(texts)
    apart = {
        text for text, value in zip(texts, values, strict=True) if value is None or isinstance(value, Apart)
    }
    apart = apart if len(apart) < len(counted) else set()
    named = sorted(counted.keys() - apart, key=lambda name: (-counted[name], name))
    room = MOST_CATEGORIES - bool(apart)
    shown = named if len(named) <= room else named[: MOST_CATEGORIES - 1]
    rest = len(named) - len(shown)
    code = {name: i for i, name in enumerate(shown)} | dict.fromkeys(apart, len(shown) + 1)
    codes = np.array([code.get(text, len(shown)) for text in texts], dtype=np.int64)
    classes = [
        Category(name or BLANK, CATEGORIES[i], SYMBOLS[i], np.flatnonzero(codes == i))
        for i, name in enumerate(shown)
    ]
    if rest:
        classes.append(Category(f"{rest} other values", OTHER, "circle", np.flatnonzero(codes == len(shown))))
    if apart:
        rows = np.flatnonzero(codes == len(shown) + 1)
        classes.append(Category(", ".join(sorted(apart)), OTHER, "circle-open", rows))
    return classes


def is_ordered(values: Sequence[Any]) -> bool:
    """Whether values are numbers of so many sizes that a scale says more than classes."""
    numbers = {value for value in values if isinstance(value, int | float) and not isinstance(value, bool)}
    others = {value for value in values if value is not None} - numbers
    return len(numbers) > MOST_CATEGORIES and not others
