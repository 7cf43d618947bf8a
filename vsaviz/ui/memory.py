"""What one person's visit has worked out, kept so that going back is instant.

Kept in the session, never globally: one person's data is never another's. All visits together keep to a
budget of bytes; what was used least recently, in whichever visit, is dropped first.
"""

import os
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

import streamlit as st

from vsaviz.ui.budget import Budget, Store
from vsaviz.ui.turns import TURNS

Made = TypeVar("Made")

KEPT = 6
"""Of each kind in a visit."""
VARIABLE = "VSAVIZ_MEMORY"
USUAL = 4_000_000_000
"""Bytes that are kept for all visits together, unless the variable says otherwise."""
PLACE = "_kept"


def budget_of(environment: Mapping[str, str]) -> Budget:
    """Return the budget that an environment sets, in bytes, or the usual one.

    Raises
    ------
    ValueError
        If it sets no whole number.

    >>> budget_of({"VSAVIZ_MEMORY": "500_000_000"}).most
    500000000
    """
    text = environment.get(VARIABLE, str(USUAL))
    try:
        return Budget(int(text))
    except ValueError:
        raise ValueError(f"{VARIABLE} must be a whole number of bytes, got {text[:40]!r}") from None


BUDGET = budget_of(os.environ)
"""Of this process."""


def remembered(kind: str, key: Hashable, make: Callable[[], Made], most: int = KEPT) -> Made:
    """Return what was made for this key, making it now if it is not among the last few of its kind.

    Where many visits make something at once, some of them wait for their turn.
    """

    def in_turn() -> Made:
        # A look at the session is where the framework ends a run that a person has clicked away.
        with TURNS.taken(lambda: PLACE in st.session_state):
            return make()

    return this_visit().remembered(kind, key, in_turn, most)


def known(kind: str, key: Hashable) -> bool:
    """Whether something is kept for this key."""
    return this_visit().knows(kind, key)


def this_visit() -> Store:
    """Return what the visit keeps that this script runs for."""
    if PLACE not in st.session_state:
        st.session_state[PLACE] = Store(BUDGET)
    store: Store = st.session_state[PLACE]
    return store
