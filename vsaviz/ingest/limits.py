"""The most that is taken in: every limit here, with its message, and settable from outside."""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Self

from vsaviz.errors import InputError

VARIABLE = "VSAVIZ_LIMIT_"
DEEPEST = 500
"""What writes and compares documents goes one call deeper with each level."""


class LimitError(InputError):
    """More was given than the limits allow."""


@dataclass(frozen=True)
class Limits:
    """The most that is taken in.

    Each limit is set from outside, for the command line and the app alike, by an environment variable of its
    name before vsaviz starts: ``VSAVIZ_LIMIT_BYTES=4_000_000_000 vsaviz app``. All but ``depth``, which is
    500 at most, may be raised; memory is what they guard.
    """

    bytes: int = field(default=2 << 30, metadata={"what": "bytes", "cure": "split the file"})
    """Of all files together, after expansion."""
    values: int = field(default=40_000_000, metadata={"what": "values", "cure": "split the file"})
    """Numbers, texts, arrays and objects of all files, told by the commas and brackets around them."""
    documents: int = field(
        default=200_000, metadata={"what": "documents", "cure": "show a sample, or split the file"}
    )
    """That the app shows at once; of more it takes a sample. What runs without the app takes them all."""
    depth: int = field(default=DEEPEST, metadata={"what": "levels of nesting", "cure": "flatten or split it"})
    """Levels of arrays and objects within each other."""
    expansion: int = field(
        default=200,
        metadata={"what": "times its size when expanded", "cure": "give the file that it was made of"},
    )
    """How many times its size compressed data may become; the first 16 MB are free."""
    files: int = field(default=10_000, metadata={"what": "files", "cure": "join them, one document a line"})
    """At once, those in archives counted."""
    places: int = field(
        default=2_000_000,
        metadata={
            "what": "different places in the documents",
            "cure": "make keys that are data, or very long arrays, documents of their own",
        },
    )
    """Paths from the root, each position of an array and each key a place of its own."""
    fields: int = field(
        default=200_000,
        metadata={
            "what": "different fields in the documents",
            "cure": "make keys that are data, such as names, documents of their own",
        },
    )
    """Paths from the root, with all positions of an array taken together."""
    features: int = field(
        default=150_000_000,
        metadata={"what": "features", "cure": "leave out documents, or their longest texts"},
    )
    """Words, pieces of words, numbers … of all different values together."""

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"the limit {one.name} must be a whole number of at least 1, got {value!r}")
        if self.depth > DEEPEST:
            raise ValueError(f"the limit depth must be at most {DEEPEST}, got {self.depth}")

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Return the limits with those changed that an environment sets.

        Raises
        ------
        ValueError
            If one is no whole number, or there is no limit of that name.

        >>> Limits.of({"VSAVIZ_LIMIT_FILES": "20"}).files
        20
        """
        known = {f"{VARIABLE}{one.name.upper()}": one.name for one in fields(cls)}
        chosen = {}
        for variable, text in environment.items():
            if not variable.startswith(VARIABLE):
                continue
            if variable not in known:
                raise ValueError(f"{variable} is no limit; there are: {', '.join(known)}")
            try:
                chosen[known[variable]] = int(text)
            except ValueError:
                raise ValueError(f"{variable} must be a whole number, got {text[:40]!r}") from None
        return cls(**chosen)

    def error(self, name: str, place: str) -> LimitError:
        """Return the error that says which limit was met where, and what to do.

        >>> raise Limits(files=20).error("files", "letters.zip")
        Traceback (most recent call last):
        vsaviz.ingest.limits.LimitError: letters.zip: more than 20 files: join them, one document a line,
        or set VSAVIZ_LIMIT_FILES higher
        """
        about = next(one.metadata for one in fields(self) if one.name == name)
        cure = f"{about['cure']}, or set {VARIABLE}{name.upper()} higher"
        return LimitError(f"{place}: more than {getattr(self, name):,} {about['what']}: {cure}")


LIMITS = Limits.of(os.environ)


class Budget:
    """What one reading has spent of its limits; several files share it."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self._spent: Counter[str] = Counter()

    def check(self, name: str, amount: int, place: str) -> None:
        """Raise LimitError if the limit ``name`` does not allow ``amount`` more."""
        if self._spent[name] + amount > getattr(self.limits, name):
            raise self.limits.error(name, place)

    def spend(self, name: str, amount: int, place: str) -> None:
        """Count ``amount`` against the limit ``name``, or raise LimitError."""
        self.check(name, amount, place)
        self._spent[name] += amount
