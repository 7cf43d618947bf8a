"""A piece of JSON as a query: its leaves, the fields in which documents may hold them, and their features."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.errors import InputError
from vsaviz.features import Vocabulary
from vsaviz.features.constants import PRESENT
from vsaviz.features.fields import Codings
from vsaviz.features.numbers import as_float
from vsaviz.features.paths import Path, collapsed, field_name
from vsaviz.features.walk import Leaf, walk
from vsaviz.jsontext import one_line
from vsaviz.search.known_fields import KnownFields
from vsaviz.search.open_positions import fixed_lengths, possible_fields
from vsaviz.search.records import alone, record_features

NAMED_AT_MOST = 10
"""Unknown fields that notes name."""


@dataclass(frozen=True)
class Wanted:
    """What a leaf of the query looks like in one field."""

    field: Path
    keys: NDArray[np.uint64]
    """Of the features of its value; its presence is not among them."""
    weights: NDArray[np.float64]
    number: float | None
    """The value, if it is a number."""
    within: float
    """1, or less for a number beyond those of the field: what other numbers have in common with it."""


@dataclass(frozen=True)
class Asked:
    """One leaf of a query."""

    name: str
    """Of its field."""
    text: str
    """Its value, as people read it."""
    weight: float
    presence: float
    """What the bare presence of the field has of the leaf's squared norm."""
    value: float
    """What the value has of it."""
    places: list[Wanted]
    """Where documents may hold it: several where a position is left open."""


@dataclass(frozen=True)
class Query:
    """The leaves of a query that documents can hold, and what is to be said of the others."""

    asked: list[Asked]
    notes: list[str]

    @cached_property
    def whole(self) -> float:
        """The squared norm of all leaves: a share of 1."""
        return sum(leaf.weight * (leaf.presence + leaf.value) for leaf in self.asked)


def read_query(query: Any, vocabulary: Vocabulary, known: KnownFields, weights: Mapping[str, float]) -> Query:
    """Return what a query asks for; fields that are not known are left out and named in a note.

    ``known`` are the fields of the documents; ``weights`` multiplies what fields count, by their names.

    Raises
    ------
    InputError
        If the query is not JSON.
    ValueError
        If there is no field of a name in ``weights``, or a weight is not possible.
    """
    leaves: list[_Leaf] = []
    unknown: dict[str, None] = {}
    for (fields, value), mentions in _leaves(query, fixed_lengths(vocabulary.fields)).items():
        found = [field for field in fields if field in known.fields]
        name = field_name(found[0] if len(found) == 1 else collapsed(fields[0]))
        if found:
            leaves.append(_Leaf(found, value, name, weights.get(name, 1.0) * mentions))
        else:
            unknown[name] = None
    _check(weights, known, {leaf.name for leaf in leaves})
    return Query(_asked([leaf for leaf in leaves if leaf.weight], vocabulary), _notes(list(unknown), known))


@dataclass(frozen=True)
class _Leaf:
    fields: list[Path]
    value: Leaf
    name: str
    weight: float


def _leaves(query: Any, lengths: Mapping[Path, int]) -> dict[tuple[tuple[Path, ...], Leaf], int]:
    """Return the leaves of a query, each with the fields it may lie in, and how often it is mentioned."""
    try:
        walked = walk([query])
    except InputError as error:
        raise InputError(str(error).replace("document 0", "query", 1)) from None
    longest = {array.path: array.longest for array in walked.arrays}
    fields = [possible_fields(path, longest, lengths) for path in walked.paths]
    found: dict[tuple[tuple[Path, ...], Leaf], int] = {}
    for place, value, n in zip(
        walked.place.tolist(), walked.values, walked.occurrences.tolist(), strict=True
    ):
        found[fields[place], value] = found.get((fields[place], value), 0) + n
    return found


def _asked(leaves: list[_Leaf], vocabulary: Vocabulary) -> list[Asked]:
    """Return leaves with their features."""
    wanted = _wanted([(field, leaf.value) for leaf in leaves for field in leaf.fields], vocabulary)
    asked = []
    for leaf in leaves:
        places = [next(wanted) for _ in leaf.fields]
        keyed = leaf.fields[0][-1:] and leaf.fields[0][-1][0] == "key"
        asked.append(
            Asked(
                name=leaf.name,
                text=leaf.value[0] if isinstance(leaf.value, tuple) else one_line(leaf.value, 40),
                weight=leaf.weight,
                presence=vocabulary.settings.structure if keyed else 0.0,
                value=max(float(place.weights @ place.weights) for place in places),
                places=places,
            )
        )
    return asked


def _wanted(places: Sequence[tuple[Path, Leaf]], vocabulary: Vocabulary) -> Iterator[Wanted]:
    """Yield what leaves look like, given by their fields and values."""
    features = record_features(alone(places), vocabulary)
    T = features.T
    bare = np.array([atom == PRESENT for atom in features.atoms], dtype=bool)
    for leaf, (field, value) in enumerate(places):
        entries = slice(T.indptr[leaf], T.indptr[leaf + 1])
        columns, weights = T.indices[entries], T.data[entries]
        kept = ~bare[features.feature_atom[columns]]
        yield Wanted(
            field=field,
            keys=features.keys[columns[kept]],
            weights=weights[kept].astype(np.float64),
            number=as_float(value) if isinstance(value, int | float) else None,
            within=_within(value, vocabulary.codings.get(field)),
        )


def _within(value: Leaf, codings: Codings | None) -> float:
    """Return 1 for all but numbers beyond the scale of their field, less the farther they are from it.

    They are written as the end of the scale, which they must not be taken for.
    """
    if not isinstance(value, int | float) or codings is None or codings.number is None:
        return 1.0
    knots = codings.number.scales[0].fine if codings.number.scales else ()
    if len(knots) < 2:
        return 1.0
    number, span = as_float(value), knots[-1] - knots[0]
    beyond = max(knots[0] - number, number - knots[-1], 0.0)
    return span / (span + beyond) if isfinite(span + beyond) else 0.0


def _check(weights: Mapping[str, float], known: KnownFields, asked: Set[str]) -> None:
    for name, weight in weights.items():
        if name not in known.names | asked:
            raise ValueError(f"weights: {known.missing(name)}")
        if not isinstance(weight, int | float) or not (isfinite(weight) and weight >= 0):
            raise ValueError(f"weights: that of {name!r} must be 0 or more, got {weight!r}")


def _notes(unknown: list[str], known: KnownFields) -> list[str]:
    notes = [known.missing(name) for name in unknown[:NAMED_AT_MOST]]
    if len(unknown) > NAMED_AT_MOST:
        notes.append(f"no document has {len(unknown) - NAMED_AT_MOST} more of the query's fields")
    return notes
