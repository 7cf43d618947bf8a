"""One JSON text to one value: RFC 8259 to the letter, integers of any length exact.

orjson decides what is JSON. It refuses what the standard library lets through (NaN, lone
surrogates, 1e400), and it is fast. Where a text holds an integer beyond 64 bits, which orjson would
round, the standard library reads the accepted text once more for the value.
"""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

BLANK = b" \t\r\n"
EXPLAINED_AT_MOST = 5
"""Broken lines that are described; the others are counted."""

# Every digit as 0, and what may stand before a number as a blank.
KINDS = bytes.maketrans(b"123456789\t\r\n[,:", b"000000000      ")
# So translated, any integer beyond 64 bits has one of these: 20 digits, or a minus and 19.
LONG_POSITIVE = b"0" * 20
LONG_NEGATIVE = b"-" + b"0" * 19
NOT_BRACKETS_OR_QUOTES = bytes(byte for byte in range(256) if byte not in b'[]{}"')

# A string, to its closing quote or to the end of a text cut short; or a bracket.
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
# An integer that may exceed 64 bits, between what may stand around a number.
LONG_INTEGER = re.compile(rb"(?<![^\s\[,:])(?:-[1-9]\d{18,}+|[1-9]\d{19,}+)(?![^\s\],}])")

# What stands where the parser stopped, and the rule and cure in plain words.
COMMON_SLIPS = (
    (re.compile(r"NaN|-?Infinity"), "JSON has no NaN or Infinity: write null"),
    (re.compile(r"(True|False|None|undefined)\b"), "JSON writes true, false and null"),
    (re.compile(r"'"), "strings and keys stand in double quotes"),
    (re.compile(r"//|/\*|#"), "JSON has no comments: remove them"),
    (re.compile(r"[A-Za-z_$][\w$]*\s*:"), "a key stands in double quotes"),
    (
        re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"),
        "half of a surrogate pair: write the character itself, or both halves",
    ),
)


class TextError(Exception):
    """A text that is not accepted: the reason and its place, both counted from 1, in characters."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason, line, column)
        self.reason, self.line, self.column = reason, line, column


def loads(text: bytes, depth: int) -> Any:
    """Return the value of one JSON text in UTF-8 without a byte order mark.

    Raises
    ------
    TextError
        If the text is not JSON or nests deeper than ``depth``.

    >>> loads(b'{"n": 123456789012345678901234567890, "x": 1.0}', depth=500)
    {'n': 123456789012345678901234567890, 'x': 1.0}
    """
    shortened = _shorten_integers(text)
    value = _loads_fast(shortened, depth)
    return value if shortened == text else _loads_exact(text)


@dataclass(frozen=True)
class Lines:
    """What stands on the lines of a text: their values, and what is wrong with the first few others."""

    values: list[Any]
    n: int
    """How many lines there are, broken ones among them, blank ones not."""
    broken: list[TextError]


def loads_lines(text: bytes, depth: int) -> Lines:
    r"""Return the values of a text with one JSON value a line; blank lines are skipped.

    >>> loads_lines(b'1\n\n[2\n3', depth=500).values
    [1, 3]
    """
    read = loads if _may_have_long_integers(text) else _loads_fast
    values: list[Any] = []
    broken: list[TextError] = []
    n = 0
    for number, line in enumerate(split_lines(text), start=1):
        if not line.strip(BLANK):
            continue
        n += 1
        try:
            values.append(read(line, depth))
        except TextError as error:
            if len(broken) < EXPLAINED_AT_MOST:
                broken.append(TextError(error.reason, number, error.column))
    return Lines(values, n, broken)


def split_lines(text: bytes) -> Iterator[bytes]:
    """Yield the lines of a text one after the other: a large one is not copied as a whole."""
    start = 0
    while (end := text.find(b"\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def is_json(text: bytes) -> bool:
    """Return whether ``text`` is one complete JSON value, however deep within orjson's limit."""
    try:
        _orjson_value(_shorten_integers(text))
    except orjson.JSONDecodeError:
        return False
    return True


def _loads_fast(text: bytes, depth: int) -> Any:
    """As ``loads``, but integers beyond 64 bits become floats."""
    try:
        value = _orjson_value(text)
    except orjson.JSONDecodeError as error:
        raise _explained(text, error, depth) from error
    if len(text) > 2 * depth:  # each level needs two brackets
        _check_depth(text, depth)
    return value


def _orjson_value(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if "allocate" not in error.msg:
            raise
    # orjson sets memory aside by the length of the text, too little for one that only opens
    # brackets; with blanks behind it the error is about the text.
    return orjson.loads(text + b" " * len(text))


def _loads_exact(text: bytes) -> Any:
    """Return the value of a text that ``_loads_fast`` accepted, with every integer exact."""
    decoded = text.decode()
    try:
        return json.loads(decoded, parse_int=_integer)
    except RecursionError:
        # The caller's stack leaves no room for the levels of the text; a new thread's stack does.
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(json.loads, decoded, parse_int=_integer).result()


def _integer(digits: str) -> int:
    """Return int(digits) for any number of digits; int() itself may stop at 640.

    Halving takes 20 ms for 100,000 digits, where ``int(decimal.Decimal(digits))`` takes 350.
    """
    if len(digits) <= 640:
        return int(digits)
    if digits[0] == "-":
        return -_integer(digits[1:])
    n_low = len(digits) // 2
    return int(_integer(digits[:-n_low]) * 10**n_low + _integer(digits[-n_low:]))


def _may_have_long_integers(text: bytes) -> bool:
    kinds = text.translate(KINDS)
    return kinds.startswith(LONG_POSITIVE) or b" " + LONG_POSITIVE in kinds or LONG_NEGATIVE in kinds


def _shorten_integers(text: bytes) -> bytes:
    """Return ``text`` with integers that may exceed 64 bits cut to two characters and padded.

    orjson would refuse one of 400 digits because it overflows a double. The length stays, so all
    else keeps its place. What looks the same in a string is cut too: use this to check, not to read.
    """
    if not _may_have_long_integers(text):
        return text
    return LONG_INTEGER.sub(lambda integer: integer[0][:2].ljust(len(integer[0])), text)


def _check_depth(text: bytes, depth: int) -> None:
    """Raise TextError at the first bracket of ``text``, JSON or its beginning, beyond ``depth``."""
    if text.count(b"[") + text.count(b"{") <= depth or _depth(text) <= depth:
        return
    document = text.decode()
    level = 0
    for token in STRING_OR_BRACKET.finditer(document):
        level += (token[0] in "[{") - (token[0] in "]}")
        if level > depth:
            reason = f"nested deeper than {depth} levels: flatten or split the document"
            raise _error_at(document, token.start(), reason)


def _depth(text: bytes) -> int:
    """Return how deep ``text``, JSON or its beginning, nests, without a loop over its tokens."""
    unescaped = text.replace(rb"\\", b"").replace(rb"\"", b"")
    marks = unescaped.translate(None, NOT_BRACKETS_OR_QUOTES).replace(b'""', b"")
    outside_strings = b"".join(marks.split(b'"')[::2])
    brackets = np.frombuffer(outside_strings, np.uint8)
    opens = (brackets == ord("[")) | (brackets == ord("{"))
    return int(np.where(opens, 1, -1).cumsum(dtype=np.int32).max(initial=0))


def _explained(text: bytes, error: orjson.JSONDecodeError, depth: int) -> TextError:
    """Return the first thing wrong with ``text``, which orjson refused with ``error``."""
    try:
        document = text.decode()
    except UnicodeDecodeError as wrong:
        reason = f"byte 0x{text[wrong.start]:02x} is not UTF-8: save the file as UTF-8"
        before = text[: wrong.start].decode()
        return _error_at(before, len(before), reason)
    try:
        _check_depth(document[: error.pos].encode(), depth)
    except TextError as too_deep:
        return too_deep
    return _error_at(document, min(error.pos, len(document)), _reason(document, error))


def _reason(document: str, error: orjson.JSONDecodeError) -> str:
    for pattern, reason in COMMON_SLIPS:
        if pattern.match(document, error.pos):
            return reason
    if "infinity" in error.msg:
        return "number beyond the range of a double, about 1.8e308"
    if "unexpected" in error.msg and error.pos < len(document):
        return f"{error.msg}, found {document[error.pos]!r}"
    return error.msg


def _error_at(document: str, offset: int, reason: str) -> TextError:
    line = document.count("\n", 0, offset) + 1
    return TextError(reason, line, offset - document.rfind("\n", 0, offset))
