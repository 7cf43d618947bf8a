"""What is known of each field of a collection: its kind, its scales, and the weight it deserves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.constants import EMPTY_ARRAY, EMPTY_OBJECT, FALSE, NULL, PRESENT, TRUE
from vsaviz.features.kept import KEPT, Kept, kept_values
from vsaviz.features.kinds import NUMERIC, TEXTUAL, Coding, Values, recognized
from vsaviz.features.paths import Path, collapsed, field_names
from vsaviz.features.rules import RULES, Lengths, Signals, joined
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.walk import Arrays, Leaf, Leaves

_CONSTANT_KINDS = {
    NULL: "null",
    TRUE: "boolean",
    FALSE: "boolean",
    EMPTY_OBJECT: "empty",
    EMPTY_ARRAY: "empty",
    PRESENT: "array",
}

FEW = 4
"""Fields of so few values are remembered by them."""


@dataclass(frozen=True)
class Field:
    """One row of the table of fields."""

    name: str
    kind: str
    """One of those of ``vsaviz.features.kinds``, boolean, null, empty, array (its presence), or mixed."""
    documents: int
    """How many documents have it."""
    distinct: int
    """How many different values it has."""
    weight: float
    structure: float
    """The share of its presence in the squared norm of its leaves."""
    idf: float
    """The power of the inverse document frequency of its values."""
    balance: float
    """The power of their length with which arrays at the field divide their weight among their items."""
    why: str
    """What was measured to choose kind, weight, structure, idf and balance."""


@dataclass(frozen=True)
class Codings:
    """How the strings and the numbers of a field are written; None where it had none."""

    text: Coding | None = None
    number: Coding | None = None


@dataclass(frozen=True)
class Fitted:
    """What the fields of a collection are: the table, how values are written, and which ones there are."""

    table: dict[Path, Field]
    codings: dict[Path, Codings]
    kept: dict[Path, Kept]


def fit_fields(leaves: Leaves, settings: FeatureSettings) -> Fitted:
    """Return what the values of each field say of it; all arrays must be read as bags."""
    kept: dict[Path, Kept] = {}
    table: dict[Path, Field] = {}
    codings: dict[Path, Codings] = {}
    documents = _documents_with(leaves).tolist()
    names = field_names(leaves.paths)
    lengths = _lengths(leaves.arrays)
    known = _Known()
    alike: dict[tuple[_Field, int, Lengths | None], tuple[tuple[Any, ...], Kept]] = {}
    for place, (path, values, counts) in enumerate(_by_place(leaves)):
        field = known.field(values, counts)
        told = field, documents[place], lengths.get(path)
        if told not in alike:
            measured = Signals(
                field.kind, leaves.n_documents, documents[place], len(values), field.occurrences, told[-1]
            )
            alike[told] = _row(field, measured, settings), kept_values(values, counts)
        row, kept[path] = alike[told]
        codings[path] = field.codings
        table[path] = Field(names[place], *row)
    return Fitted(table, codings, kept)


def _row(field: "_Field", measured: Signals, settings: FeatureSettings) -> tuple[Any, ...]:
    """Return what the table says of a field behind its name."""
    structure, idf, balance, reasons = _chosen(measured, settings)
    kept_why = "" if measured.distinct <= KEPT else f"the most frequent {KEPT:,} are kept"
    why = joined(field.why, *reasons, kept_why)
    return field.kind, measured.documents, measured.distinct, field.weight, structure, idf, balance, why


def _lengths(arrays: Sequence[Arrays]) -> dict[Path, Lengths]:
    """Return how long the arrays of each field are."""
    sums: dict[Path, tuple[int, int, int]] = {}
    for one in arrays:
        field = collapsed(one.path[:-1])
        n, held, squares = sums.get(field, (0, 0, 0))
        sums[field] = n + one.n, held + one.held, squares + one.squares
    return {
        field: Lengths(n, held / n, max(0.0, squares / n - (held / n) ** 2) ** 0.5)
        for field, (n, held, squares) in sums.items()
    }


def _chosen(measured: Signals, settings: FeatureSettings) -> tuple[float, float, float, list[str]]:
    """Return what rules choose, and why. Records are not weighed: all of their fields have the same."""
    if settings.weights != "similarity":
        return settings.structure, settings.idf, settings.balance, []
    found = {name: rule(measured, getattr(settings, name)) for name, rule in RULES.items()}
    chosen = {name: number for name, (number, _) in found.items()}
    return chosen["structure"], chosen["idf"], chosen["balance"], [why for _, why in found.values()]


def fit_codings(leaves: Leaves) -> dict[Path, Codings]:
    """Return how the values at each path are written."""
    known = _Known()
    return {path: known.field(values, counts).codings for path, values, counts in _by_place(leaves)}


def _by_place(leaves: Leaves) -> list[tuple[Path, list[Leaf], NDArray[np.int64]]]:
    order = np.argsort(leaves.place, kind="stable")
    bounds = np.searchsorted(leaves.place[order], np.arange(len(leaves.paths) + 1)).tolist()
    counts = leaves.occurrences[order]
    values = [leaves.values[leaf] for leaf in order.tolist()]
    return [
        (path, values[start:stop], counts[start:stop])
        for path, start, stop in zip(leaves.paths, bounds, bounds[1:], strict=False)
    ]


def _documents_with(leaves: Leaves) -> NDArray[np.int64]:
    """Return for each place the number of documents that have it."""
    entries = len(leaves.place)
    place_of = sparse.csr_array(
        (np.ones(entries), leaves.place, np.arange(entries + 1)), shape=(entries, len(leaves.paths))
    )
    return np.bincount((leaves.shares @ place_of).indices, minlength=len(leaves.paths))


class _Known:
    """The fields met so far: those of few values often have the same ones, and say the same."""

    def __init__(self) -> None:
        self._fields: dict[tuple[Any, ...], _Field] = {}

    def field(self, values: Sequence[Leaf], counts: NDArray[np.int64]) -> "_Field":
        """Return what the values of a field say of it."""
        if len(values) > FEW:
            return _Field(values, counts)
        told = (*values, *map(type, values), *counts.tolist())  # 1 and 1.0 are equal, but not the same
        if told not in self._fields:
            self._fields[told] = _Field(values, counts)
        return self._fields[told]


class _Field:
    """What the values of a field say of it."""

    def __init__(self, values: Sequence[Leaf], counts: NDArray[np.int64]):
        self.occurrences = int(counts.sum())
        kinds = dict.fromkeys(map(_CONSTANT_KINDS.get, (v for v in values if isinstance(v, tuple))))
        reasons, weights, codings = [], [], {}
        numbers = [row for row, value in enumerate(values) if isinstance(value, int | float)]
        texts = [row for row, value in enumerate(values) if isinstance(value, str)]
        for name, rows, known in (("text", texts, TEXTUAL), ("number", numbers, NUMERIC)):
            if rows:
                found = Values([values[row] for row in rows], counts[rows])
                kind, why = recognized(found, known)
                kinds[kind.name] = None
                weights.append(kind.weight)
                reasons += [why] * (why != kind.name)
                codings[name] = Coding(kind.name, kind.fit(found))
        telling = [kind for kind in kinds if kind not in ("null", "empty", "array")] or list(kinds)
        self.kind = str(telling[0]) if len(telling) == 1 else "mixed"
        self.weight = max(weights) if weights and len(telling) == len(weights) else 1.0
        self.codings = Codings(**codings)
        self.why = "; ".join(reasons) + (f" → {self.weight:g}" if self.weight != 1 else "")
