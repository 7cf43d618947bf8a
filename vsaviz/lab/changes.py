"""Documents that are changed more and more: numbers moved, dates moved, texts edited, arrays edited.

Each kind of change brings a small made collection along, which gives its field a scale.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

FIELD = "value"
DOCUMENTS = 300
ORIGINALS = 24
"""Documents that are changed at each distance."""
HIGHEST = 100.0
"""Numbers lie between 0 and this."""
FIRST_DAY, DAYS = date(2022, 1, 1), 3 * 365
WORDS_A_TEXT = 8
ITEMS = 10

_LIST = """
apple anchor barn basket bell bottle bridge butter candle canyon castle cedar cherry clock copper cotton
desert dragon eagle engine feather fiddle forest garden glass hammer harbor honey island ivory jungle kettle
ladder lantern lemon marble meadow mirror needle ocean orchid paper pepper pillow quarry rabbit river saddle
silver spider temple thunder tunnel umbrella valley velvet violin walnut window winter
"""
WORDS = tuple(_LIST.split())
"""What texts and arrays are made of."""


@dataclass(frozen=True)
class Change:
    """One way to change documents."""

    panel: str
    """What is changed: number, date, text or array."""
    name: str
    """How."""
    distances: tuple[int, ...]
    collection: list[Any]
    originals: list[Any]
    changed: list[list[Any]]
    """For each distance the originals, changed by so much."""


Draw = np.random.Generator
Make = Callable[[Draw, bool], Any]
"""Makes a value; one that will be changed leaves room for that."""
Edit = Callable[[Draw, Any, int], Any]


def changes(seed: int = 0) -> list[Change]:
    """Return all kinds of change, in the order in which they are shown."""
    made: tuple[tuple[str, str, range, Make, Edit], ...] = (
        ("number", "apart", range(0, 51, 2), _number, _moved_number),
        ("date", "days apart", range(61), _day, _moved_day),
        ("text", "letters changed", range(9), _text, _letters_changed),
        ("text", "words replaced", range(9), _text, _words_replaced),
        ("array", "items put in", range(6), _array, _items_put_in),
        ("array", "pairs swapped", range(6), _array, _pairs_swapped),
    )
    return [
        _change(np.random.default_rng((seed, number)), *one)  # of its own: one more kind moves no other
        for number, one in enumerate(made)
    ]


def _change(draw: Draw, panel: str, name: str, distances: range, make: Make, edit: Edit) -> Change:
    collection = [{FIELD: make(draw, False)} for _ in range(DOCUMENTS)]
    originals = [make(draw, True) for _ in range(ORIGINALS)]
    changed = [[{FIELD: edit(draw, value, by)} for value in originals] for by in distances]
    return Change(panel, name, tuple(distances), collection, [{FIELD: one} for one in originals], changed)


def _number(draw: Draw, room: bool) -> float:
    return round(float(draw.uniform(0, HIGHEST / 2 if room else HIGHEST)), 2)


def _moved_number(_: Draw, value: float, by: int) -> float:
    return round(value + by, 2)


def _day(draw: Draw, room: bool) -> str:
    return (FIRST_DAY + timedelta(int(draw.integers(DAYS - 60 if room else DAYS)))).isoformat()


def _moved_day(_: Draw, day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(by)).isoformat()


def _words(draw: Draw, n: int, without: Sequence[str] = ()) -> list[str]:
    return [str(word) for word in draw.permutation([word for word in WORDS if word not in without])[:n]]


def _text(draw: Draw, _room: bool) -> str:
    return " ".join(_words(draw, WORDS_A_TEXT))


def _letters_changed(draw: Draw, text: str, by: int) -> str:
    letters = list(text)
    places = [place for place, letter in enumerate(letters) if letter != " "]
    for place in draw.permutation(places)[:by].tolist():
        step = int(draw.integers(1, 26))
        letters[place] = chr((ord(letters[place]) - ord("a") + step) % 26 + ord("a"))
    return "".join(letters)


def _words_replaced(draw: Draw, text: str, by: int) -> str:
    words = text.split()
    places = draw.permutation(len(words))[:by].tolist()
    for place, word in zip(places, _words(draw, by, words), strict=True):
        words[place] = word
    return " ".join(words)


def _array(draw: Draw, _room: bool) -> list[str]:
    return _words(draw, ITEMS)


def _items_put_in(draw: Draw, items: list[str], by: int) -> list[str]:
    longer = list(items)
    for word in _words(draw, by, items):
        longer.insert(int(draw.integers(len(longer) + 1)), word)
    return longer


def _pairs_swapped(draw: Draw, items: list[str], by: int) -> list[str]:
    swapped, places = list(items), draw.permutation(len(items))
    for one, other in places[: 2 * by].reshape(by, 2).tolist():
        swapped[one], swapped[other] = swapped[other], swapped[one]
    return swapped
