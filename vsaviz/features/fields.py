"""What is known of each field of a collection: its kind, its scale, and the weight it deserves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.constants import EMPTY_ARRAY, EMPTY_OBJECT, FALSE, NULL, PRESENT, TRUE
from vsaviz.features.numbers import Scale, fit_scale
from vsaviz.features.paths import Path, field_name
from vsaviz.features.walk import Leaf, Leaves

IDENTIFIER_WEIGHT = 0.1
FEWEST_VALUES = 50
"""A smaller field is never taken for an identifier."""
MOSTLY = 0.9
"""The share of values that must be distinct, and of the shape in question."""

_CONSTANT_KINDS = {
    NULL: "null",
    TRUE: "boolean",
    FALSE: "boolean",
    EMPTY_OBJECT: "empty",
    EMPTY_ARRAY: "empty",
    PRESENT: "array",
}
_SHAPES = {
    "UUID": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
    "hash": re.compile(r"[0-9a-f]{16,128}", re.IGNORECASE),
    # Letters and digits in one piece or a few; digits alone could be dates, times or quantities.
    "code": re.compile(r"(?=\S*[0-9])(?=\S*[a-z])[a-z0-9]{1,32}([-_:#/][a-z0-9]{1,32}){0,4}", re.IGNORECASE),
}
_NOT_A_CODE = re.compile(
    r"\d{4}-\d\d(-\d\d)?(T.*)?|\d+(st|nd|rd|th|px|cm|mm|kg|mg|ml|g|m|s|h|d|w|y|x)", re.IGNORECASE
)
_ID_KEY = re.compile(
    r"(.*[^a-z])?(id|uid|pk|key|no|nr|num|number|index|idx|seq|serial|row)|.*[a-z](Id|ID|Key|No|Number|Index|Seq)"
)


@dataclass(frozen=True)
class Field:
    """One row of the table of fields."""

    name: str
    kind: str
    """number, string, boolean, null, empty, array (its presence), identifier, or mixed."""
    documents: int
    """How many documents have it."""
    distinct: int
    """How many different values it has."""
    weight: float
    why: str
    """The reason of a weight that is not 1, with what was measured."""


def fit_fields(leaves: Leaves) -> tuple[dict[Path, Field], dict[Path, Scale]]:
    """Return the table of fields, and the scales of numeric ones; all arrays must be read as bags."""
    table: dict[Path, Field] = {}
    scales: dict[Path, Scale] = {}
    order = np.argsort(leaves.place, kind="stable")
    bounds = np.searchsorted(leaves.place[order], np.arange(len(leaves.paths) + 1))
    counts = leaves.occurrences
    documents = _documents_with(leaves)
    for place, path in enumerate(leaves.paths):
        chosen = order[bounds[place] : bounds[place + 1]]
        values = [leaves.values[leaf] for leaf in chosen.tolist()]
        table[path] = _field(path, values, counts[chosen], int(documents[place]))
        numeric = [i for i, value in enumerate(values) if isinstance(value, int | float)]
        if numeric:
            scales[path] = fit_scale([values[i] for i in numeric], counts[chosen[numeric]])
    return table, scales


def _documents_with(leaves: Leaves) -> NDArray[np.int64]:
    """Return for each place the number of documents that have it."""
    entries = len(leaves.place)
    place_of = sparse.csr_array(
        (np.ones(entries), leaves.place, np.arange(entries + 1)), shape=(entries, len(leaves.paths))
    )
    return np.bincount((leaves.shares @ place_of).indices, minlength=len(leaves.paths))


def _field(path: Path, values: Sequence[Leaf], counts: NDArray[np.int64], documents: int) -> Field:
    kinds = {_kind(value) for value in values} - {"null", "empty", "array"}
    kind = kinds.pop() if len(kinds) == 1 else "mixed"
    if not kinds and kind == "mixed":
        kind = _kind(values[0])
    why = _identifier_reason(path, values, int(counts.sum())) if kind in ("string", "number") else ""
    return Field(
        name=field_name(path),
        kind="identifier" if why else kind,
        documents=documents,
        distinct=len(values),
        weight=IDENTIFIER_WEIGHT if why else 1.0,
        why=why,
    )


def _kind(value: Leaf) -> str:
    if isinstance(value, str):
        return "string"
    return _CONSTANT_KINDS[value] if isinstance(value, tuple) else "number"


def _identifier_reason(path: Path, values: Sequence[Any], occurrences: int) -> str:
    """Return why the field's values are identifiers, or "" if they do not look like it."""
    if occurrences < FEWEST_VALUES or len(values) < MOSTLY * occurrences:
        return ""
    distinct = f"{len(values):,} of {occurrences:,} values distinct"
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) >= MOSTLY * len(values):
        for shape, pattern in _SHAPES.items():
            if sum(map(bool, map(pattern.fullmatch, texts))) >= MOSTLY * len(texts):
                dated = sum(map(bool, map(_NOT_A_CODE.fullmatch, texts)))
                return "" if dated > (1 - MOSTLY) * len(texts) else f"{distinct}, {shape} shape"
        return ""
    if all(isinstance(value, int) for value in values) and _in_sequence(values) and _keyed_like_an_id(path):
        return f"{distinct}, whole numbers in sequence under a key like id"
    return ""


def _in_sequence(values: Sequence[int]) -> bool:
    """Whether whole numbers, in the order of the documents, count up or fill a range."""
    rising = sum(after > before for before, after in pairwise(values))
    return rising >= MOSTLY * (len(values) - 1) or max(values) - min(values) < 2 * len(values)


def _keyed_like_an_id(path: Path) -> bool:
    names = [str(role[-1]) for role in path if role[0] == "key"]
    return (
        bool(names) and _ID_KEY.fullmatch(names[-1].lower() if names[-1].isupper() else names[-1]) is not None
    )
