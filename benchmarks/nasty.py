"""Make random and mutated bytes for the reader: JSON that is odd, nearly JSON, and what no one would call so.

Input i depends on the seed and on i alone, so that any one of them can be made again.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Rng = np.random.Generator

TEXTS = (
    "", "a", "b", "id", "a.b", "a/b", "~0", "[]", "$ref", "constructor", "__proto__", " ", "\0",
    "\n\t\x1f", "\x7f\x85", "é", "e\u0301", "日本語", "\u202egnp", "\u2028", "\uffff", "😀", "𝄞" * 3,
    "<b>&amp;</b>", "=1+1", "NaN", "null", "true", "1", "1e400", "12.5 kg", "$8", "2021-02-29",
    "2021-02-28T23:59:60Z", "0000-00-00", "9999-12-31", "10:61", "999.1.1.1", "10.0.3.7", "1.2.3-rc.1+x",
    "https://x.y/z?q=#[", "a@b", "550e8400-e29b-41d4-a716-446655440000", "-122.4,37.8", "91,181", "yes",
    "TRUE", "the quick brown fox " * 5, "x" * 3000,
)  # fmt: skip
NUMBERS = (
    0, -1, 1, 7, 255, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**40, -(10**400), 1_600_000_000,
    1_600_000_000_000, 0.0, -0.0, 0.1, 5e-324, 1.7976931348623157e308, -1e308, 1e16, 3.0,
)  # fmt: skip
CONSTANTS: tuple[Any, ...] = (None, True, False, {}, [], "")
PIECES = (
    b"", b"\0", b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\xef\xbb\xbf", b'"', b"\\", b"\\u", b"\\ud800",
    b"[", b"]", b"{", b"}", b",", b":", b"\n", b"\r\n", b"\x0c", b"7" * 25, b"-", b"1e999", b"0" * 400,
    b".", b"E", b"NaN", b"Infinity", b"nul", b"true", b"//", b"'", b"[" * 600, b'{"a":' * 600, b"]" * 9,
)  # fmt: skip
SMALL = 12


def nasty(seed: int, i: int) -> tuple[str, bytes]:
    """Return the kind of input i, and its bytes."""
    rng = np.random.default_rng([seed, i])
    kind = _one(rng, DRAWN)
    return kind, KINDS[kind](rng)


def documents(rng: Rng) -> list[Any]:
    """Return up to a dozen documents, mostly of one shape, as collections are."""
    pattern = _value(rng, 3)
    return [_like(rng, pattern) for _ in range(1 + int(rng.integers(SMALL)))]


def _value(rng: Rng, levels: int) -> Any:
    draw = rng.random()
    if levels and draw < 0.35:
        return {_text(rng): _value(rng, levels - 1) for _ in range(rng.integers(6))}
    if levels and draw < 0.5:
        return [_value(rng, levels - 1) for _ in range(rng.integers(5))]
    if draw < 0.75:
        return _text(rng)
    if draw < 0.92:
        return _number(rng)
    return _one(rng, CONSTANTS)


def _like(rng: Rng, pattern: Any) -> Any:
    """Return a value of about the same shape, now and then of another."""
    if rng.random() < 0.06:
        return _value(rng, 1)
    if isinstance(pattern, dict):
        return {key: _like(rng, value) for key, value in pattern.items() if rng.random() < 0.9}
    if isinstance(pattern, list):
        return [_like(rng, value) for value in pattern] * int(rng.integers(1, 3))
    if isinstance(pattern, str):
        return _text(rng) if rng.random() < 0.5 else pattern + str(rng.integers(50))
    return _number(rng) if rng.random() < 0.9 else pattern


def _text(rng: Rng) -> str:
    if rng.random() < 0.8:
        return _one(rng, TEXTS)
    codes = rng.integers(0, _one(rng, (128, 0x3000, 0x110000)), rng.integers(9))
    return "".join(chr(code) for code in codes.tolist() if not 0xD800 <= code < 0xE000)


def _number(rng: Rng) -> int | float:
    if rng.random() < 0.4:
        return _one(rng, NUMBERS)
    return (
        int(rng.integers(-50, 50))
        if rng.random() < 0.6
        else float(rng.normal() * 10.0 ** rng.integers(-9, 9))
    )


def _one(rng: Rng, options: Sequence[Any]) -> Any:
    return options[int(rng.integers(len(options)))]


def _written(rng: Rng, value: Any) -> bytes:
    indent = _one(rng, (None, None, 1))
    return json.dumps(value, ensure_ascii=bool(rng.integers(2)), indent=indent).encode()


def _whole(rng: Rng) -> bytes:
    return _written(rng, documents(rng) if rng.random() < 0.8 else _value(rng, 4))


def _nested(rng: Rng) -> bytes:
    return _written(rng, {"meta": _value(rng, 1), "data": {"items": documents(rng)}})


def _lines(rng: Rng) -> bytes:
    end = _one(rng, (b"\n", b"\r\n", b"\n\n"))
    return end.join(json.dumps(document).encode() for document in documents(rng))


def _broken_lines(rng: Rng) -> bytes:
    lines = [json.dumps(document).encode() for document in documents(rng)]
    return b"\n".join(_mutated(rng, line) if rng.random() < 0.3 else line for line in lines)


def _mutated(rng: Rng, data: bytes) -> bytes:
    """Return bytes with a few pieces put in, taken out, doubled, or cut off."""
    for _ in range(rng.integers(1, 5)):
        at, n = int(rng.integers(len(data) + 1)), int(rng.integers(8))
        change = rng.integers(4)
        if change == 0:
            data = data[:at] + _one(rng, PIECES) + data[at:]
        elif change == 1:
            data = data[:at] + data[at + n :]
        elif change == 2:
            data = data[:at] + data[at : at + 10 * n] + data[at:]
        else:
            data = data[:at] + _one(rng, PIECES) + data[at + n :]
    return data if rng.random() < 0.9 else data[: int(rng.integers(len(data) + 1))]


def _random(rng: Rng) -> bytes:
    return rng.bytes(int(rng.integers(60)))


def _tokens(rng: Rng) -> bytes:
    words = (*PIECES, b'"a"', b"1", b'"a":', b"null", b" ")
    return b"".join(_one(rng, words) for _ in range(rng.integers(1, 14)))


def _deep(rng: Rng) -> bytes:
    n = int(rng.integers(400, 620))
    opened, closed = _one(rng, ((b"[", b"]"), (b'{"a":', b"}"), (b'[{"":', b"}]")))
    return opened * n + _written(rng, _value(rng, 1)) + closed * (n - int(rng.random() < 0.1))


def _gzipped(rng: Rng) -> bytes:
    return gzip.compress(_lines(rng) if rng.random() < 0.5 else _whole(rng), compresslevel=1, mtime=0)


def _zipped(rng: Rng) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", _one(rng, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for i in range(rng.integers(4)):
            name = _one(rng, ("{}.json", "../{}.jsonl", "a/{}.gz", ".{}", "{}.txt", "{}/"))
            archive.writestr(
                zipfile.ZipInfo(name.format(i)), _one(rng, (_whole, _lines, _gzipped, _random))(rng)
            )
    return written.getvalue()


KINDS: dict[str, Callable[[Rng], bytes]] = {
    "JSON": _whole,
    "documents within": _nested,
    "JSON Lines": _lines,
    "broken lines": _broken_lines,
    "mutated": lambda rng: _mutated(rng, _whole(rng)),
    "mutated lines": lambda rng: _mutated(rng, _lines(rng)),
    "random bytes": _random,
    "tokens": _tokens,
    "deep": _deep,
    "gzip": _gzipped,
    "mutated gzip": lambda rng: _mutated(rng, _gzipped(rng)),
    "ZIP": _zipped,
    "mutated ZIP": lambda rng: _mutated(rng, _zipped(rng)),
}
DRAWN = tuple(kind for kind in KINDS if kind != "deep") * 4 + ("deep",)
"""Kinds as often as they are drawn: what is deep takes long to encode."""
