"""Differences in a few words, for a legend: ``status = error``, ``price higher``, ``no address``."""

from collections import Counter
from collections.abc import Iterable

from vsaviz.features.paths import field_path
from vsaviz.groups import Difference
from vsaviz.jsontext import short

LETTERS = 24
"""Of a value or a field's name; more are cut."""


def short_fields(names: Iterable[str]) -> dict[str, str]:
    """Return for each of some fields the end of its name by which it is known among them.

    >>> short_fields(["orders[].sku", "user.name", "shop.name", "$"])
    {'orders[].sku': 'sku', 'user.name': 'user.name', 'shop.name': 'shop.name', '$': 'value'}
    """
    steps = {name: tuple(_steps(name)) for name in names}
    found: dict[tuple[str, ...], str] = {}
    for n in range(1, max(map(len, steps.values()), default=0) + 1):
        ends = {of: ".".join(of[-n:]) for of in steps.values()}
        often = Counter(ends.values())
        found |= {of: end for of, end in ends.items() if of not in found and often[end] == 1}
    return {name: _cut_front(found.get(of, name)) for name, of in steps.items()}


def _steps(name: str) -> list[str]:
    """Return the keys of a field; a position that is kept stays behind its key."""
    steps: list[str] = []
    for role in field_path(name):
        if role[0] == "key":
            steps.append(str(role[-1]))
        elif role[0] == "at":
            steps[-1:] = [f"{steps[-1] if steps else ''}[{role[-1]}]"]
    return steps or ["value"]


def in_words(one: Difference, field: str) -> str:
    """Return what differs in a few words; ``field`` is the name that is shown."""
    more = one.effect > 0
    match one.kind:
        case "level":
            words = ("earlier", "later") if one.dated else ("lower", "higher")
            return f"{field} {words[more]}"
        case "presence":
            return f"has {field}" if more else f"no {field}"
        case "word":
            return f"{field} {'has' if more else 'without'} {_cut(str(one.value))}"
        case _:
            value = "null" if one.value is None else _cut_value(short(one.value)) or "empty"
            return f"{field} {'=' if more else 'not'} {value}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LETTERS else line[: LETTERS - 1] + "…"


def _cut_value(text: str) -> str:
    return _cut_front(text) if "://" in text else _cut(text)  # links begin alike


def _cut_front(text: str) -> str:
    return text if len(text) <= LETTERS else "…" + text[1 - LETTERS :]
