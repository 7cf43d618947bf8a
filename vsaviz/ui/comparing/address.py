"""Settings of a comparison as they stand in the address of the page: ``mbat-1024~hrr-1024.seed-3``."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vsaviz import schemes
from vsaviz.features import FeatureSettings
from vsaviz.schemes.base import SMALLEST
from vsaviz.ui.encoding import KNOBS, LARGEST_SEED, SIZES, Encoding

FEWEST, MOST = 2, 6
"""Settings in a comparison."""
PLAIN = FeatureSettings()


def written(encodings: Sequence[Encoding]) -> str:
    """Return settings as one short text; what is as usual is not in it."""
    return "~".join(map(_written, encodings))


def _written(one: Encoding) -> str:
    parts = [f"{one.scheme}-{one.dimensions}", *(f"{name}-{value}" for name, value in unusual(one).items())]
    return ".".join(parts)


def unusual(one: Encoding) -> dict[str, str]:
    """Return the knobs of an encoding that are not as they are at first, with their values."""
    values = {name: str(getattr(one.features, name)) for name in KNOBS}
    found = {name: value for name, value in values.items() if value != getattr(PLAIN, name)}
    return found | ({"seed": str(one.seed)} if one.seed else {})


def told(one: Encoding) -> str:
    """Return an encoding as people read it.

    >>> told(read("hrr-512.arrays-bag")[0][0])
    'hrr, D=512, arrays bag'
    """
    more = "".join(f", {name} {value}" for name, value in unusual(one).items())
    return f"{one.scheme}, D={one.dimensions:,}{more}"


def read(text: str) -> tuple[list[Encoding], list[str]]:
    """Return the settings that a text stands for, and what was wrong in it, a sentence each.

    >>> read("mbat-1024~none-3")[1]
    ["'none-3' in the address is left out: unknown scheme 'none'"]
    """
    found: list[Encoding] = []
    wrong: list[str] = []
    pieces = [piece for piece in text.replace(",", "~").split("~") if piece]
    for piece in pieces[:MOST]:
        try:
            found.append(_read(piece, wrong))
        except ValueError as error:
            wrong.append(f"{cut(piece)} in the address is left out: {error}")
    if len(pieces) > MOST:
        wrong.append(f"The address names {len(pieces):,} settings: the first {MOST} are compared.")
    return found, wrong


def _read(piece: str, wrong: list[str]) -> Encoding:
    first, *rest = piece.split(".")
    name, _, size = first.rpartition("-")
    if name not in schemes.SCHEMES:
        raise ValueError(f"unknown scheme {cut(name or first)}")
    wanted = _number(size, "D", SMALLEST, SIZES[-1])
    near = schemes.scheme_type(name).dimensions_near(wanted)[0]
    if near != wanted:
        wrong.append(f"{name} has no D={wanted:,}: D={near:,} is shown.")
    one = Encoding(name, near, 0, PLAIN)
    for part in rest:
        knob, _, value = part.partition("-")
        one = _read_knob(one, knob, value)
    return one


def _read_knob(one: Encoding, knob: str, value: str) -> Encoding:
    value = value.replace(" ", "+")  # an address may write a space for it
    if knob == "seed":
        return replace(one, seed=_number(value, "seed", 0, LARGEST_SEED))
    if knob not in KNOBS:
        raise ValueError(f"unknown knob {cut(knob)}; known: {', '.join([*KNOBS, 'seed'])}")
    if value not in KNOBS[knob]:
        raise ValueError(f"{knob} must be one of {', '.join(KNOBS[knob])}, got {cut(value)}")
    return turned(one, knob, value)


def turned(one: Encoding, knob: str, value: str) -> Encoding:
    """Return an encoding with one of the ``KNOBS`` set to one of its choices."""
    change: dict[str, Any] = {knob: value}
    return replace(one, features=replace(one.features, **change))


def _number(text: str, name: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high):
        raise ValueError(f"{name} must be a whole number from {low:,} to {high:,}, got {cut(text)}")
    return int(text)


def cut(text: str) -> str:
    """Return what an address says, in quotes and not too long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
