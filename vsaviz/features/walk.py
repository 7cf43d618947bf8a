"""Documents → their leaves: every distinct (place, value) once, and how much of each a document holds."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import le
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from scipy import sparse

from vsaviz.errors import InputError
from vsaviz.features.constants import EMPTY_ARRAY, EMPTY_OBJECT, FALSE, NULL, PRESENT, TRUE, Constant
from vsaviz.features.paths import ARRAY, Path, Role, at, collapsed, key, pointer
from vsaviz.ingest import LIMITS

LONGEST_FIXED = 8
"""Arrays of more items are sequences, even if all have the same length."""

Leaf = str | int | float | Constant


class Place:
    """A place that some document has: a node of the tree of all paths."""

    __slots__ = (
        "above",
        "arrays",
        "balance",
        "depth",
        "held",
        "items",
        "keys",
        "leaves",
        "role",
        "shortest",
        "sorted",
        "squares",
    )

    def __init__(self, above: Self | None, role: Role | None):
        self.above = above
        self.role = role
        self.depth: int = above.depth + 1 if above else 0
        self.balance = 0.0
        self.keys: dict[str, Self] = {}
        self.items: list[Self] = []
        self.leaves: dict[Leaf, int] = {}
        self.arrays = 0
        self.held = 0
        self.squares = 0
        self.shortest = 0
        self.sorted = 0

    @property
    def path(self) -> Path:
        """The roles from the root to here."""
        roles: list[Role] = []
        place: Place | None = self
        while place is not None and place.role is not None:
            roles += [place.role, ARRAY] if place.role[0] == "at" else [place.role]
            place = place.above
        return tuple(reversed(roles))


@dataclass(frozen=True)
class Arrays:
    """The arrays at one place: how many, how long, and what they hold."""

    path: Path
    n: int
    shortest: int
    longest: int
    held: int
    """How many items they hold together."""
    squares: int
    """The sum of the squares of their lengths."""
    numeric: bool
    """Whether they hold numbers alone."""
    ascending: int
    """How many hold two or more strings, or numbers, that ascend; −1 if any holds some that do not."""


@dataclass(frozen=True)
class Leaves:
    """The distinct leaves of some documents.

    ``shares`` (documents × leaves) says with which weight a document holds a leaf, once containers have
    divided theirs among their children; ``occurrences`` how often each leaf occurs in all.
    """

    paths: list[Path]
    place: np.ndarray[Any, np.dtype[np.int64]]
    """For each leaf the number of its path."""
    values: list[Leaf]
    shares: sparse.csr_array
    occurrences: np.ndarray[Any, np.dtype[np.int64]]
    arrays: list["Arrays"]

    @cached_property
    def n_documents(self) -> int:
        """The number of documents."""
        return int(self.shares.shape[0])


def walk(
    documents: Iterable[Any], balance: float = 0.0, balances: Mapping[Path, float] = MappingProxyType({})
) -> Leaves:
    """Return the leaves of JSON values, as ``json.loads`` gives them.

    A container of n children passes n^−balance of its weight to each; ``balances`` gives the balance of the
    arrays of some fields.

    Raises
    ------
    InputError
        If a document is no JSON value, or nested too deeply, or the documents have too many different places;
        the message names document and place.
    """
    walker = _Walker(balance, balances)
    for document in documents:
        walker.take(document)
    return walker.leaves()


class _Walker:
    def __init__(self, balance: float, balances: Mapping[Path, float]):
        self._balance = balance
        self._balances = balances
        self._divided: dict[tuple[int, float], float] = {}
        self._root = Place(None, None)
        self._n_places = 1
        self._with_arrays: list[Place] = []
        self._values: list[Leaf] = []
        self._places: list[Place] = []
        self._found = array("i")
        self._weights = array("f")
        self._ends = array("q", [0])

    def take(self, document: Any) -> None:
        """Add one document's leaves. The stack is our own: nesting never meets Python's limit."""
        stack: list[tuple[Any, Place, float]] = [(document, self._root, 1.0)]
        found, weighed = self._found.append, self._weights.append
        while stack:
            value, place, weight = stack.pop()
            kind = type(value)
            children: Iterable[tuple[Place, Any]]
            if kind is dict and value:
                weight *= self._divide(len(value), self._balance)
                keys = place.keys
                children = [
                    (keys.get(name) or self._enter_key(place, name), child) for name, child in value.items()
                ]
            elif kind is list and value:
                if place.role is not None and place.role[0] == "key":
                    self._leaf(PRESENT, place, weight)
                items = self._enter_array(place, len(value))
                weight *= self._divide(len(value), place.balance)
                if place.sorted >= 0 and len(value) > 1:
                    place.sorted = place.sorted + 1 if _ascends(value) else -1
                children = zip(items, value, strict=False)
            else:
                self._other(value, place, weight, stack)
                continue
            for below, child in children:
                kind = type(child)
                if kind is str or kind is int or kind is float:
                    leaf = below.leaves.get(child)
                    found(self._new_leaf(child, below) if leaf is None else leaf)
                    weighed(weight)
                else:
                    stack.append((child, below, weight))
        self._ends.append(len(self._found))

    def _leaf(self, value: Leaf, place: Place, weight: float) -> None:
        leaf = place.leaves.get(value)
        if leaf is None:
            leaf = self._new_leaf(value, place)
        self._found.append(leaf)
        self._weights.append(weight)

    def _new_leaf(self, value: Leaf, place: Place) -> int:
        if isinstance(value, float) and not np.isfinite(value):
            raise InputError(f"{self._where(place)}: {value} is not a JSON number; give null or leave it out")
        if isinstance(value, str):
            self._check_text(value, place)
        place.leaves[value] = leaf = len(self._values)
        self._values.append(value)
        self._places.append(place)
        return leaf

    def _divide(self, n: int, balance: float) -> float:
        share = self._divided.get((n, balance))
        if share is None:
            share = self._divided[n, balance] = n**-balance
        return share

    def _enter_key(self, place: Place, name: Any) -> Place:
        if not isinstance(name, str):
            raise InputError(f"{self._where(place)}: the key {name!r} is not a string; convert it first")
        self._check_text(name, place)
        place.keys[name] = below = self._below(place, key(str.__add__(name, "")))  # however a subclass prints
        return below

    def _enter_array(self, place: Place, n: int) -> list[Place]:
        """Return the places of the array's positions, at least n of them."""
        place.shortest = min(place.shortest, n) if place.arrays else n
        place.arrays += 1
        place.held += n
        place.squares += n * n
        if place.arrays == 1:
            self._with_arrays.append(place)
            place.balance = self._balance
            if self._balances:
                place.balance = self._balances.get(collapsed(place.path), self._balance)
        while len(place.items) < n:
            place.items.append(self._below(place, at(len(place.items))))
        return place.items

    def _below(self, place: Place, role: Role) -> Place:
        if place.depth >= LIMITS.depth:
            raise InputError(
                f"document {len(self._ends) - 1}: nested deeper than {LIMITS.depth} levels; flatten it first"
            )
        self._n_places += 1
        if self._n_places > LIMITS.places:
            raise LIMITS.error("places", f"documents 0 to {len(self._ends) - 1}")
        return Place(place, role)

    def _other(self, value: Any, place: Place, weight: float, stack: list[Any]) -> None:
        """Take what is rare: constants, empty containers, and subclasses of JSON's own types."""
        if value is None:
            self._leaf(NULL, place, weight)
        elif isinstance(value, bool):
            self._leaf(TRUE if value else FALSE, place, weight)
        elif isinstance(value, dict):
            if value:
                stack.append((dict(value), place, weight))
            else:
                self._leaf(EMPTY_OBJECT, place, weight)
        elif isinstance(value, list):
            if value:
                stack.append((list(value), place, weight))
            else:
                self._leaf(EMPTY_ARRAY, place, weight)
        elif isinstance(value, str):
            self._leaf(str.__add__(value, ""), place, weight)  # the text, however a subclass prints
        elif isinstance(value, int):
            self._leaf(int.__add__(value, 0), place, weight)
        elif isinstance(value, float):
            self._leaf(float.__add__(value, 0.0), place, weight)
        else:
            raise InputError(
                f"{self._where(place)}: {type(value).__name__} is not a JSON type; convert it to one of "
                "dict, list, str, int, float, bool or None"
            )

    def _check_text(self, text: str, place: Place) -> None:
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            raise InputError(f"{self._where(place)}: a lone surrogate is not Unicode text; replace it")

    def _where(self, place: Place) -> str:
        return f"document {len(self._ends) - 1}, at {pointer(place.path) or 'its root'}"

    def leaves(self) -> Leaves:
        """Return all that was taken."""
        number: dict[Place, int] = {}
        place = np.array([number.setdefault(p, len(number)) for p in self._places], dtype=np.int64)
        n = len(self._values)
        columns = np.frombuffer(self._found, dtype=np.int32)
        ends = np.frombuffer(self._ends, dtype=np.int64)
        shares = sparse.csr_array(
            (np.frombuffer(self._weights, dtype=np.float32), columns, ends),
            shape=(len(ends) - 1, n),
            copy=True,
        )
        shares.sum_duplicates()
        return Leaves(
            paths=[p.path for p in number],
            place=place,
            values=self._values,
            shares=shares,
            occurrences=np.bincount(columns, minlength=n),
            arrays=[_arrays(place) for place in self._with_arrays],
        )


def _arrays(place: Place) -> Arrays:
    # A long array need not be looked through: only short ones can be of fixed length.
    few = place.items[:LONGEST_FIXED]
    numeric = not any(item.keys or item.items for item in few) and all(
        isinstance(value, int | float) for item in few for value in item.leaves
    )
    path = (*place.path, ARRAY)
    return Arrays(
        path,
        place.arrays,
        place.shortest,
        len(place.items),
        place.held,
        place.squares,
        numeric,
        place.sorted,
    )


def _ascends(values: list[Any]) -> bool:
    """Whether strings, or numbers, ascend; equal neighbours do."""
    kinds = set(map(type, values))
    if kinds == {str} or kinds <= {int, float}:
        return all(map(le, values, islice(values, 1, None)))
    return False
