"""What somebody may have meant who typed a name that is not known."""

from collections.abc import Collection
from difflib import get_close_matches

MOST = 3
ALIKE = 0.4
"""How much of two names must agree, from 0 to 1."""


def near_names(name: str, names: Collection[str]) -> str:
    """Return up to three of the names, those most like the given one, or the first of all if none is.

    >>> near_names("citty", ["age", "city", "zip"])
    'city'
    """
    return ", ".join(get_close_matches(name, names, n=MOST, cutoff=ALIKE) or sorted(names)[:MOST])
