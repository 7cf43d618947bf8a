"""Draws that every maker needs. All of them take the generator they draw from."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_WORD = 5


def rows(table: str) -> list[list[str]]:
    r"""Return the lines of a table whose columns are separated by bars.

    >>> rows("a | b c\nd | e")
    [['a', 'b c'], ['d', 'e']]
    """
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def items(text: str) -> list[str]:
    """Return what semicolons separate: ``"a; b c"`` gives ``["a", "b c"]``."""
    return [part for part in (piece.strip() for piece in text.split(";")) if part]


def happens(rng: Random, probability: float) -> bool:
    """Return True with this probability."""
    return rng.random() < probability


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """Return a key, as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def some(rng: Random, choices: Sequence[T], low: int, high: int) -> list[T]:
    """Return ``low`` to ``high`` different choices (fewer if there are no more), in random order."""
    return rng.sample(choices, min(rng.randint(low, high), len(choices)))


def near(rng: Random, mean: float, deviation: float, digits: int = 0) -> float:
    """Return a rounded normal draw, an int where ``digits`` is 0."""
    value = round(rng.gauss(mean, deviation), digits)
    return value if digits else int(value)


def skewed(rng: Random, median: float, spread: float, digits: int = 0) -> float:
    """Return a rounded log-normal draw; ``spread`` is the deviation of its natural logarithm."""
    value = round(median * math.exp(rng.gauss(0, spread)), digits)
    return value if digits else int(value)


def hexadecimal(rng: Random, length: int) -> str:
    """Return an identifier of ``length`` hexadecimal digits."""
    return f"{rng.getrandbits(4 * length):0{length}x}"


def uuid(rng: Random) -> str:
    """Return a random UUID of version 4."""
    digits = hexadecimal(rng, 32)
    variant = rng.choice("89ab")
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def day(rng: Random, first: date, last: date) -> date:
    """Return a day from ``first`` to ``last``."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def moment(rng: Random, on: date, hour: int | None = None) -> datetime:
    """Return a moment on a day, within ``hour`` if one is given."""
    chosen = rng.randint(0, 23) if hour is None else hour
    return datetime(on.year, on.month, on.day, chosen, rng.randint(0, 59), rng.randint(0, 59))


def misspelt(rng: Random, text: str, rate: float) -> str:
    """Return ``text`` with about ``rate`` of its longer words mistyped."""
    return " ".join(
        _mistyped(rng, word) if len(word) > LONG_WORD and happens(rng, rate) else word
        for word in text.split(" ")
    )


def _mistyped(rng: Random, word: str) -> str:
    at = rng.randint(1, len(word) - 3)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + rng.choice(LETTERS) + word[at + 1 :],
    )
    return rng.choice(slips)
