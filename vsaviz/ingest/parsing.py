"""One text to its value: a JSON value, or the list of those on its lines."""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from vsaviz import strict_json
from vsaviz.errors import InputError
from vsaviz.garbage import without_collection
from vsaviz.ingest.left_out import Broken, BrokenParts, LeftOut
from vsaviz.ingest.limits import LIMITS, Budget, Limits
from vsaviz.ingest.sources import Source, contents, expanded, name_of, utf8
from vsaviz.strict_json import TextError

FIRST_OF_SEVERAL_LINES = re.compile(rb"[ \t\r\n]*+([^\n]++)\n[ \t\r\n]*+[^ \t\r\n]")
LINES_TRIED = 200
"""So many lines tell whether a text that is no JSON holds a value on each line."""


@dataclass(frozen=True)
class Parsed:
    """What a source holds: the top value or, for JSON Lines, the list of the lines' values."""

    name: str
    top: Any = field(repr=False)  # may be large, or hold integers too long for repr
    lines: bool
    left_out: LeftOut | None = None
    """The lines that are broken, where there are any."""


def parse(
    source: Source, name: str | None = None, limits: Limits = LIMITS, broken: Broken = "refuse"
) -> Parsed:
    r"""Return what ``source`` holds; ``name`` stands in messages, by default the file's name.

    A str is always a path. JSON Lines are known by content: the first line is a complete value,
    and more follow. ``broken="leave out"`` leaves out lines that are no JSON, and ``left_out`` says so.

    Raises
    ------
    InputError
        If the source cannot be read, is too large, or is not JSON: `BrokenParts` if some of its lines are.

    >>> parse(b'{"a": 1}\n{"a": 2}\n').top
    [{'a': 1}, {'a': 2}]
    """
    name = name or name_of(source)
    budget = Budget(limits)
    parsed = parsed_data(contents(source, name, budget), name, budget)
    if parsed.left_out and broken == "refuse":
        raise BrokenParts([parsed.left_out])
    return parsed


@without_collection()
def parsed_data(data: bytes, name: str, budget: Budget) -> Parsed:
    """Return what the bytes of one file hold, its broken lines left out.

    Raises
    ------
    InputError
        If nothing can be read of it.
    """
    text = utf8(expanded(data, name, budget), name)
    first = FIRST_OF_SEVERAL_LINES.match(text)
    lines = first is not None and strict_json.is_json(first[1])
    budget.spend("values", sum(map(text.count, (b",", b"[", b"{") + (b"\n",) * lines)), name)
    if lines:
        return _of_lines(text, name, budget.limits.depth)
    try:
        return Parsed(name, strict_json.loads(text, budget.limits.depth), lines=False)
    except TextError as error:
        if _is_mostly_lines(text):
            return _of_lines(text, name, budget.limits.depth)
        raise InputError(f"{name}, {_said(error)}") from error


def parse_lines(text: bytes, name: str, limits: Limits = LIMITS) -> list[Any]:
    """Return the values of a text that has one on each line; blank lines are none.

    Raises
    ------
    BrokenParts
        If a line is no JSON.
    """
    parsed = _of_lines(text, name, limits.depth)
    if parsed.left_out:
        raise BrokenParts([parsed.left_out])
    values: list[Any] = parsed.top
    return values


def _of_lines(text: bytes, name: str, depth: int) -> Parsed:
    lines = strict_json.loads_lines(text, depth)
    if not lines.broken:
        return Parsed(name, lines.values, lines=True)
    n = lines.n - len(lines.values)
    left_out = LeftOut(name, tuple(map(_said, lines.broken)), n, lines.n)
    if not lines.values:
        raise InputError(str(left_out))
    return Parsed(name, lines.values, lines=True, left_out=left_out)


def _is_mostly_lines(text: bytes) -> bool:
    """Whether a text that is no JSON holds a value on each of most lines, judged by the first of them."""
    lines = list(islice(filter(None, map(bytes.strip, strict_json.split_lines(text))), LINES_TRIED))
    return len(lines) > 2 and sum(map(strict_json.is_json, lines)) > len(lines) / 2


def _said(error: TextError) -> str:
    return f"line {error.line}, column {error.column}: {error.reason}"
