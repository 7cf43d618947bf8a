"""What sets some documents apart from the others: everything is tried, and what differs is named once."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from scipy.stats import false_discovery_control

from vsaviz.errors import InputError
from vsaviz.features.readings import fixed_arrays, read_arrays
from vsaviz.features.walk import walk
from vsaviz.groups.columns import columns
from vsaviz.groups.difference import Difference
from vsaviz.groups.effects import Effects, Floats, Ints
from vsaviz.groups.leaf_traits import Trait
from vsaviz.groups.shares import of_shares
from vsaviz.groups.standings import Measured, standings_of
from vsaviz.groups.telling import Statement, Told, of_set
from vsaviz.groups.traits import traits_of

CERTAIN = 0.05
"""What is at least so probable by chance is not told."""

DECIMALS = 12
"""Effects that agree to so many decimals are equal."""


def explain_group(docs: Sequence[Any], rest_docs: Sequence[Any], most: int = 20) -> list[Difference]:
    """Return what sets documents apart from others: at most ``most`` differences, the largest first.

    See `Groups`, which prepares a collection once for many selections.

    Raises
    ------
    InputError
        If there are no documents on one side, or one is not JSON.

    >>> cats, dogs = [{"pet": "cat"}] * 8, [{"pet": "dog"}] * 8
    >>> [(one.label, one.told) for one in explain_group(cats, dogs)]
    [('pet = "cat"', '100 % against 0 %')]
    """
    if not len(docs):
        raise InputError("the group has no documents; select at least one")
    if not len(rest_docs):
        raise InputError("there are no documents to compare the group with; leave some out of it")
    return Groups([*docs, *rest_docs]).differences(range(len(docs)), most)


class Groups:
    """Documents, prepared for telling what sets some of them apart from the others.

    Three kinds of things are compared: whether documents have a field; whether some item of it is a value, or
    has a word where texts vary; and how high its numbers and times are. Things of fewer than three documents
    are not.

    Raises
    ------
    InputError
        If a document is not JSON.
    """

    def __init__(self, documents: Sequence[Any]):
        walked = walk(documents)
        leaves = read_arrays(walked, "bag", frozenset(fixed_arrays(walked.arrays)))
        held = np.bincount(leaves.shares.indices, minlength=len(leaves.values))
        table = list(columns(leaves, held))
        self._n = leaves.n_documents
        self._traits = traits_of(leaves, held, table)
        self._standings = standings_of(leaves, table)

    def differences(self, rows: Sequence[int] | Ints, most: int = 20) -> list[Difference]:
        """Return what sets the documents ``rows`` apart from all others, the largest effects first.

        Only what is certain: with p up to 0.05, adjusted over all that was tried. What the same documents
        have is told once, and so is what nearly the same have of one field. Of two values that divide a
        field's documents between them one is told, of numbers the level or the values, of fields within one
        another the presence of one.

        Raises
        ------
        InputError
            If rows are none or all.
        ValueError
            If a row does not exist, or ``most`` is below 1.
        """
        chosen = self._checked(rows, most)
        shares = of_shares(self._traits.inside(chosen), self._traits.total, len(chosen), self._n)
        measured, levels = self._standings.compared(chosen, self._n)
        effects = Effects.joined([shares, levels])
        p = false_discovery_control(effects.p) if len(effects.p) else effects.p
        told, found = Told(self._traits), list[Difference]()
        for statement in self._by_size(effects.effect, np.flatnonzero(p <= CERTAIN), measured):
            if len(found) == most:
                break
            if told.takes(statement):
                found.append(_difference(statement, effects, p))
        return found

    def _by_size(self, effect: Floats, certain: Ints, measured: Sequence[Measured]) -> Iterator[Statement]:
        """Yield statements, the largest effect first; of equal ones first those of more inside."""
        n_sets = len(self._traits.total)

        def statement(number: int) -> Statement:
            if number < n_sets:
                return of_set(self._traits, number)
            level = measured[number - n_sets]
            return Statement(Trait(level.path, "level", None), number, level.dated)

        sizes = np.round(np.abs(effect), DECIMALS)
        order = certain[np.argsort(-sizes[certain], kind="stable")]
        for _, equal in groupby(order.tolist(), key=sizes.__getitem__):
            made = map(statement, equal)
            yield from sorted(made, key=lambda one: (effect[one.number] < 0, *one.order))

    def _checked(self, rows: Sequence[int] | Ints, most: int) -> Ints:
        chosen = np.unique(np.asarray(rows))
        if not len(chosen):
            raise InputError("the group has no documents; select at least one")
        if chosen.dtype.kind not in "iu" or chosen[0] < 0 or chosen[-1] >= self._n:
            raise ValueError(f"rows must be whole numbers in 0..{self._n - 1}, got {rows}")
        if len(chosen) == self._n:
            raise InputError(f"all {self._n:,} documents are in the group; leave some out to compare it with")
        if most < 1:
            raise ValueError(f"most must be at least 1, got {most}")
        return chosen.astype(np.int64)


def _difference(statement: Statement, effects: Effects, p: Floats) -> Difference:
    number = statement.number
    return Difference(
        field=statement.name,
        kind=statement.trait.kind,
        value=statement.value,
        inside=float(effects.inside[number]),
        outside=float(effects.outside[number]),
        effect=float(effects.effect[number]),
        low=float(effects.low[number]),
        high=float(effects.high[number]),
        p=float(p[number]),
        compared=(int(effects.n_inside[number]), int(effects.n_outside[number])),
        dated=statement.dated,
        also=statement.also,
    )
