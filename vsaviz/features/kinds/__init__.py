"""The kinds of leaves: how values of a field are recognised and become weighted atoms.

A kind is one file and one name in a table below, in the order in which fields are tried for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vsaviz.features.kinds.addresses import Address
from vsaviz.features.kinds.base import Kind, Values, Writing
from vsaviz.features.kinds.choices import Choice
from vsaviz.features.kinds.coordinates import Coordinates
from vsaviz.features.kinds.identifiers import Code, Identifier, RowNumber
from vsaviz.features.kinds.links import Link
from vsaviz.features.kinds.plain import Number, Text
from vsaviz.features.kinds.prose import Prose
from vsaviz.features.kinds.quantities import Quantity
from vsaviz.features.kinds.switches import Switch
from vsaviz.features.kinds.times import Date, EpochTime
from vsaviz.features.kinds.versions import Version
from vsaviz.features.scales import Scale

__all__ = ["NUMERIC", "TEXTUAL", "Coding", "Kind", "Values", "Writing", "recognized"]

TEXTUAL: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Date(),
        Switch(),
        Quantity(),
        Coordinates(),
        Address(),
        Version(),
        Link(),
        Identifier(),
        Code(),
        Choice(),
        Prose(),
        Text(),
    )
}
NUMERIC: dict[str, Kind] = {kind.name: kind for kind in (RowNumber(), EpochTime(), Number())}


@dataclass(frozen=True)
class Coding:
    """How the strings, or the numbers, of a field are written: their kind, and what was learnt of them."""

    kind: str
    scales: tuple[Scale, ...] = ()


def recognized(found: Values, kinds: Mapping[str, Kind]) -> tuple[Kind, str]:
    """Return the first kind that a field's values are of, and why."""
    n = len(found.values)
    reasons = ((kind, kind.reason(found)) for kind in kinds.values() if n >= kind.fewest)
    return next((kind, reason) for kind, reason in reasons if reason)
