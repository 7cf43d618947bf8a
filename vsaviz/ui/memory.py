"""What one person's visit has worked out, kept so that going back is instant.

Kept in the session, never globally: one person's data is never another's. The oldest is dropped first.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

Made = TypeVar("Made")

KEPT = 6


def remembered(kind: str, key: Hashable, make: Callable[[], Made], most: int = KEPT) -> Made:
    """Return what was made for this key, making it now if it is not among the last few of its kind."""
    kept: OrderedDict[Hashable, Made] = st.session_state.setdefault(f"_kept {kind}", OrderedDict())
    if key not in kept:
        made = make()
        kept[key] = made
        while len(kept) > most:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def known(kind: str, key: Hashable) -> bool:
    """Whether something is kept for this key."""
    return key in st.session_state.get(f"_kept {kind}", ())
