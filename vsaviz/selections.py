"""Named selections of documents: how two are combined, and the file that holds them by the documents' ids."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.errors import InputError
from vsaviz.search.written import read_json

Rows = NDArray[np.int64]

ROWS = re.compile(r"[0-9]{1,9}(-[0-9]{1,9})?(\.[0-9]{1,9}(-[0-9]{1,9})?)*")
LONGEST_NAME = 80
LARGEST_FILE = 64 << 20
"""Bytes that are read."""

COMBINED: dict[str, Callable[[Rows, Rows], Rows]] = {
    "together with": np.union1d,
    "that are also in": np.intersect1d,
    "without": np.setdiff1d,
}
"""How two selections make a third."""


@dataclass(frozen=True)
class Found:
    """What a file of selections says of some documents."""

    rows: dict[str, tuple[int, ...]]
    """Of each selection, ascending."""
    strangers: int
    """Ids in the file that none of the documents has."""


def write_selections(collection: str, selections: Mapping[str, Sequence[int]], ids: Sequence[str]) -> bytes:
    """Return selections as a JSON file: the ids of the documents of each, by its name."""
    named = {name: [ids[row] for row in rows] for name, rows in selections.items()}
    return json.dumps({"collection": collection, "selections": named}, indent=1).encode()


def read_selections(data: bytes, ids: Sequence[str]) -> Found:
    """Return the selections that ``write_selections`` wrote, as rows of the documents with these ids.

    Raises
    ------
    InputError
        If it is no such file.

    >>> read_selections(write_selections("pets", {"cats": [2, 0]}, ["a", "b", "c"]), ["c", "b"])
    Found(rows={'cats': (0,)}, strangers=1)
    """
    if len(data) > LARGEST_FILE:
        raise InputError(f"selections: more than {LARGEST_FILE:,} bytes; save fewer of them")
    row_of = {name: row for row, name in enumerate(ids)}
    rows: dict[str, tuple[int, ...]] = {}
    strangers = 0
    for name, members in _named(read_json(data, "selections")).items():
        known = {row_of[one] for one in members if one in row_of}
        strangers += sum(one not in row_of for one in members)
        rows[name[:LONGEST_NAME]] = tuple(sorted(known))
    return Found(rows, strangers)


def rows_text(rows: Sequence[int]) -> str:
    """Return ascending rows as a short text that fits an address.

    >>> rows_text([0, 1, 2, 5, 7, 8])
    '0-2.5.7-8'
    """
    given = np.asarray(rows, np.int64)
    if not len(given):
        return ""
    starts = np.concatenate([[0], np.flatnonzero(np.diff(given) != 1) + 1])
    firsts, lasts = given[starts].tolist(), given[np.append(starts[1:], len(given)) - 1].tolist()
    ends = zip(firsts, lasts, strict=True)
    return ".".join(str(first) if first == last else f"{first}-{last}" for first, last in ends)


def read_rows(text: str, n_documents: int) -> tuple[int, ...]:
    """Return the rows that ``rows_text`` wrote, ascending.

    Raises
    ------
    InputError
        If it is no such text, or a row is none of the documents.

    >>> read_rows("0-2.5", 6)
    (0, 1, 2, 5)
    """
    if not (text.isascii() and ROWS.fullmatch(text)):
        raise InputError("rows are written as 0-2.5.7")
    rows: set[int] = set()
    for piece in text.split("."):
        first, _, last = piece.partition("-")
        low, high = int(first), int(last or first)
        if not low <= high < n_documents:
            raise InputError(f"rows {piece} are none of {n_documents:,} documents")
        rows.update(range(low, high + 1))
    return tuple(sorted(rows))


def _named(whole: Any) -> dict[str, list[str]]:
    named = whole.get("selections") if isinstance(whole, dict) else None
    if not isinstance(named, dict):
        raise InputError(
            'selections: the file must be {"selections": {NAME: [ID, …]}}; save one here to see it'
        )
    for name, members in named.items():
        if not isinstance(members, list) or not all(isinstance(one, str) for one in members):
            raise InputError(f"selections: {name[:LONGEST_NAME]!r} must be a list of ids, each a text")
    return named
