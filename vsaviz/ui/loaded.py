"""What is looked at: the documents on the screen, and what is known beside them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Loaded:
    """The documents on the screen; ``key`` changes whenever they do."""

    key: str
    name: str
    documents: list[Any] = field(repr=False)
    label: str = ""
    labels: list[str] = field(default_factory=list, repr=False)
    """One a document, no part of it; none for documents of one's own."""
    files: list[str] = field(default_factory=list, repr=False)
    """The name of each document's file; none where all are of one file."""
