"""Documents as exact JSON text, and back."""

from typing import Any

import orjson

from vsaviz import strict_json
from vsaviz.errors import InputError
from vsaviz.ingest import LIMITS
from vsaviz.jsontext import indented


def as_text(document: Any) -> str:
    r"""Return a JSON value as text that reads back as the same: integers of any length, floats to the bit.

    Raises
    ------
    InputError
        If it nests more deeply than what is read.

    >>> as_text({"n": 10**20, "x": 1.0}).replace("\n", ""), as_text([True, "a"])
    ('{  "n": 100000000000000000000,  "x": 1.0}', '[true,"a"]')
    """
    try:
        return orjson.dumps(document).decode()
    except TypeError:  # integers beyond 64 bits, or nested deeper than 254 levels
        text = indented(document)
    try:
        strict_json.loads(text.encode(), LIMITS.depth)
    except strict_json.TextError as error:
        raise InputError(error.reason) from None
    return text


def from_text(text: str) -> Any:
    """Return the value of a text that ``as_text`` has written."""
    return strict_json.loads(text.encode(), LIMITS.depth)
