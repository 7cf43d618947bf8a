"""JSON values as text, also integers of more digits than Python prints."""

import json
import re
from decimal import Decimal
from typing import Any

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Characters that are not seen, or turn the text around them; line breaks and tabs are not among them."""


def visible(text: str) -> str:
    r"""Return text with control characters as escapes: none is lost or turns the text beside it around.

    >>> visible("exe.\u202egnp")
    'exe.\\u202egnp'
    """
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def scalar(value: Any) -> str:
    """Return a string, number or constant as JSON, control characters escaped.

    >>> scalar("a"), scalar(True), len(scalar(10**5000))
    ('"a"', 'true', 5001)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return format(Decimal(value), "f")
    return json.dumps(value, ensure_ascii=False)


def short(value: Any) -> str:
    """Return a value for a label: as JSON, strings without quotes, what is missing as an en dash."""
    if value is None:
        return "–"
    return value if isinstance(value, str) else scalar(value)


def indented(value: Any) -> str:
    """Return a whole document as JSON text, two spaces a level."""
    written: list[str] = []
    _write(value, "\n", written)
    return "".join(written)


def one_line(value: Any, longest: int = 80) -> str:
    """Return a value as one line of JSON, cut where it is longer than so many characters.

    >>> one_line({"tags": ["red", 1]}), one_line("abcdefgh", longest=6)
    ('{"tags": ["red", 1]}', '"abcd…')
    """
    text = re.sub(r"(?<=[\[{])\n *|\n *(?=[\]}])", "", indented(value))
    text = re.sub(r"\n *", " ", text)  # a line break in a string is written \n
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _write(value: Any, newline: str, written: list[str]) -> None:
    """Append a value's text. One frame a level: the deepest document that is read fits Python's stack."""
    if not isinstance(value, dict | list) or not value:
        written.append(scalar(value))
        return
    is_object = isinstance(value, dict)
    inner = newline + "  "
    separator = "{" if is_object else "["
    for item in value.items() if isinstance(value, dict) else value:
        written.append(separator + inner)
        if is_object:
            written.append(scalar(item[0]) + ": ")
            item = item[1]
        _write(item, inner, written)
        separator = ","
    written.append(newline + ("}" if is_object else "]"))
