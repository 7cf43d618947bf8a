"""What the map and the table show of the documents: controls decide it, and all parts follow."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def _none() -> Rows:
    return np.empty(0, np.int64)


@dataclass(frozen=True)
class Shown:
    """How the documents are shown. Rows are numbers of documents, ascending."""

    colors: list[Any] = field(repr=False)
    """One value a document: a number, or a category."""
    color_name: str
    method: str
    """Of projection, as asked for."""
    sizes: list[Any] | None = field(default=None, repr=False)
    """One number or None a document; None where all are of one size."""
    size_name: str = ""
    kept: Rows | None = field(default=None, repr=False)
    """What the filters leave; None where nothing is filtered."""
    lit: Rows = field(default_factory=_none, repr=False)
    """What a search found: lit on the map."""
    marked: Rows = field(default_factory=_none, repr=False)
    """What the map misplaces, marked where that is asked for."""
