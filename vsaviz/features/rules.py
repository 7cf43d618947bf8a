"""What is chosen for a field beside its weight: the share of presence, and the power of rarity.

Each rule says what it measured. None looks at a name, and a person can decide otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass

from vsaviz.features.kinds import NUMERIC, TEXTUAL
from vsaviz.features.kinds.plain import Text

EVIDENCE = 10
"""With n documents, frequencies count n / (n + 10) of their due: those of a handful say little."""

MOST = 0.5
"""Most documents have a field where more than this share of them do."""
REPEATED = 1 / 3
"""Texts repeat where fewer than this share of the values are distinct: each three times on average."""
TELLING = 9 / 8
"""The rarity of texts that repeat counts with so many times the power of that of other values."""
MEASURED = 7 / 8
"""The same for values on a scale, whose knots are about equally frequent by their making."""
SCALED = {kind.name for kind in (*TEXTUAL.values(), *NUMERIC.values()) if kind.measures}


@dataclass(frozen=True)
class Signals:
    """What is measured of a field."""

    kind: str
    n: int
    """The number of all documents."""
    documents: int
    """How many have the field."""
    distinct: int
    occurrences: int


def presence(field: Signals, structure: float) -> tuple[float, str]:
    """Return the share of bare presence: what nearly all documents have tells by its values alone.

    Against the values, presence counts times the share of documents that do not have the field.
    """
    bare = structure * (1 - field.documents / (field.n + EVIDENCE))
    chosen = bare / (bare + (1 - structure))
    return chosen, f"in {field.documents:,} of {field.n:,} documents → structure {chosen:.2g}"


def rarity(field: Signals, idf: float) -> tuple[float, str]:
    """Return the power of rarity: more for texts that repeat, less for values on a scale.

    A text that repeats is a name, and a rare one says what a document is; where texts are nearly all
    different, rare words are noise. Where few documents have the field, all its values are rare already.
    """
    if field.documents <= MOST * field.n:
        return idf, ""
    if field.kind in SCALED:
        return idf * MEASURED, f"on a scale, in {_most(field)} → idf {idf * MEASURED:.2g}"
    if field.kind == Text.name and field.distinct < REPEATED * field.occurrences:
        told = f"{field.distinct:,} of {field.occurrences:,} texts distinct (below a third)"
        return idf * TELLING, f"{told}, in {_most(field)} → idf {idf * TELLING:.2g}"
    return idf, ""


def _most(field: Signals) -> str:
    return f"{field.documents / field.n:.0%} of documents (above {MOST:.0%})".replace("%", " %")


RULES: dict[str, Callable[[Signals, float], tuple[float, str]]] = {"structure": presence, "idf": rarity}
"""For each setting that a field has of its own, what chooses it, given what the collection has."""


def joined(*reasons: str) -> str:
    """Return what there is to say of a field, one reason behind the other."""
    return "; ".join(filter(None, reasons))
