"""What is chosen for a field beside its weight: the share of presence, the power of rarity, the balance.

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
VARIED = 1.0
"""Lengths of arrays vary where their deviation is more than so many times their mean."""
SHARED = 3 / 2
"""Arrays of such lengths divide their weight among their items with so many times the power of others."""
FEWEST_ARRAYS = 10
"""So many arrays show what all of a field are like."""
SCALED = {kind.name for kind in (*TEXTUAL.values(), *NUMERIC.values()) if kind.measures}


@dataclass(frozen=True)
class Lengths:
    """How long the arrays of a field are."""

    n: int
    """How many there are."""
    mean: float
    deviation: float


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
    lengths: Lengths | None = None
    """Of the arrays at the field, if it has any."""


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


def division(field: Signals, balance: float) -> tuple[float, str]:
    """Return the power with which arrays divide weight among their items: more where lengths vary much.

    There one long array would else outweigh all that its document has beside it.
    """
    lengths = field.lengths
    if lengths is None or lengths.n < FEWEST_ARRAYS or lengths.deviation <= VARIED * lengths.mean:
        return balance, ""
    chosen = min(1.0, balance * SHARED)
    varied = lengths.deviation / lengths.mean
    return chosen, f"lengths vary by {varied:.1f} times their mean (above {VARIED:g}) → balance {chosen:.2g}"


RULES: dict[str, Callable[[Signals, float], tuple[float, str]]] = {
    "structure": presence,
    "idf": rarity,
    "balance": division,
}
"""For each setting that a field has of its own, what chooses it, given what the collection has."""


def joined(*reasons: str) -> str:
    """Return what there is to say of a field, one reason behind the other."""
    return "; ".join(filter(None, reasons))
