"""Dates and times: near in time is near, and so is the same hour, weekday or season."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.atoms import AtomTable, Triplets
from vsaviz.features.kinds.base import Kind, Values, Writing, mixed
from vsaviz.features.numbers import as_float
from vsaviz.features.scales import Scale, fit_scale, on_ring, on_scale

DAY = 86_400.0
CYCLES = {"day": (DAY, 8), "week": (7 * DAY, 7), "year": (365.2425 * DAY, 12)}
"""The seconds of each cycle, and its knots."""

SPREAD = 2
"""A cycle counts where a field's times spread over at least so many."""

CYCLE_SHARE = 0.25
"""What all cycles together have of the squared norm."""

MONDAY = 4 * DAY
"""The first of January 1970 was a Thursday."""

_ISO = re.compile(
    r"\d{4}[-/]\d\d(?:[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?"
    r"(?: ?(?:Z|UTC|[+-]\d\d:?\d\d|[+-]\d\d))?)?)?"
    r"|\d{8}T\d{4,6}Z?",
    re.ASCII,
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_MONTH_FIRST = re.compile(rf"({_MONTH}) (\d\d?)\b", re.ASCII)
_HYPHENED = re.compile(rf"(\d)-({_MONTH})-(\d)", re.ASCII)
_NAMED = re.compile(
    rf"(?:[A-Z][a-z]{{2,8}},? )?(?:\d\d?[ -]{_MONTH}|{_MONTH} \d\d?,?)[ -]\d{{4}}(?: \d\d:\d\d(?::\d\d)?)?"
    r"(?: (?:GMT|UTC|[+-]\d{4}))?",
    re.ASCII,
)


def seconds(text: str) -> float | None:
    """Return the seconds since 1970 of a date or time in ISO 8601 or as mails write it, else None.

    It is UTC if it names no zone.

    >>> seconds("1970-01-02"), seconds("1970-01-01T01:00:00+01:00"), seconds("2 Jan 1970"), seconds("soon")
    (86400.0, 0.0, 86400.0, None)
    """
    try:
        if _ISO.fullmatch(text):
            moment = datetime.fromisoformat(_whole(text))
        elif _NAMED.fullmatch(text):
            moment = parsedate_to_datetime(_as_in_mail(text))
        else:
            return None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _whole(text: str) -> str:
    """Return a month as its first day, and what ``fromisoformat`` does not know as what it does."""
    text = text.replace("/", "-").replace("UTC", "Z").replace(" Z", "Z").replace(" +", "+")
    return text + "-01" if len(text) == 7 else text


def _as_in_mail(text: str) -> str:
    """Return a date with a month's name as mails write it: the day first, and with a time."""
    spaced = _HYPHENED.sub(r"\1 \2 \3", text.replace(",", ""))
    dated = _MONTH_FIRST.sub(r"\2 \1", spaced)
    return dated if ":" in dated else f"{dated} 00:00:00"


class Moment(Kind):
    """What dates, times and epoch times have in common."""

    def place(self, reading: Any) -> float:
        """Return the seconds since 1970."""
        return float(reading)

    def scales(self, readings: Sequence[Any], counts: NDArray[np.int64]) -> tuple[Scale, ...]:
        """Return the scale of the times, and the cycles that the field spreads over."""
        times = np.array(readings, dtype=np.float64)
        span = float(times.max() - times.min())
        phases = {name: np.unique(times % length) for name, (length, _) in CYCLES.items()}
        cycles = tuple(
            name for name, (length, _) in CYCLES.items() if span >= SPREAD * length and len(phases[name]) > 1
        )
        return (fit_scale(times.tolist(), counts, cycles),)

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return the knots beside each time, and those of its cycles."""
        (scale,) = to.scales
        if len(scale.fine) == 1:
            return Triplets.one_each([to.atoms.index((self.name, time)) for time in readings])
        line = on_scale(readings, scale, to.atoms, self.name)
        if not scale.cycles:
            return line
        times = np.array(readings, dtype=np.float64)
        each = CYCLE_SHARE / len(scale.cycles)
        rings = [(each, _ring(times, name, self.name, to.atoms)) for name in scale.cycles]
        return mixed([(1 - CYCLE_SHARE, line), *rings], len(times))


def _ring(times: NDArray[np.float64], cycle: str, of: str, atoms: AtomTable) -> Triplets:
    length, knots = CYCLES[cycle]
    return on_ring((times - (MONDAY if cycle == "week" else 0.0)) / length, knots, f"{of} {cycle}", atoms)


class Date(Moment):
    """Dates and times as text."""

    name = "date"

    def read(self, value: str) -> float | None:
        """Return the seconds since 1970."""
        return seconds(value) if 7 <= len(value) <= 40 else None


UNITS = {1: "seconds", 1_000: "milliseconds", 1_000_000: "microseconds", 1_000_000_000: "nanoseconds"}
SINCE, UNTIL = 631_152_000, 2_208_988_800
"""From 1990 to 2040: what is taken for an epoch time lies between."""


class EpochTime(Moment):
    """Numbers that count from the first of January 1970."""

    name = "epoch time"
    fewest = 10

    def read(self, value: float) -> float | None:
        """Return the seconds since 1970."""
        unit = _unit(value)
        return None if unit is None else as_float(value) / unit

    def reason(self, found: Values) -> str:
        """Return the unit, if all count in the same one."""
        units = {_unit(value) for value in found.values}
        unit = units.pop()
        if units or unit is None:
            return ""
        return f"all {len(found.values):,} values are {UNITS[unit]} since 1970, between 1990 and 2040"


def _unit(value: float) -> int | None:
    """Return in how many parts of a second a number counts, or None where it is no epoch time."""
    return next((unit for unit in UNITS if SINCE * unit <= as_float(value) < UNTIL * unit), None)
