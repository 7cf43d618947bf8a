"""What is broken, and may be left out so that the rest can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vsaviz.errors import InputError

Broken = Literal["refuse", "leave out"]
"""What becomes of broken lines and files among others: an error that names them, or they are left out."""

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class LeftOut:
    """What is not read of a file: some of its lines, or all of it.

    >>> str(LeftOut("log.jsonl", ("line 3, column 9: end of data",), n=1, of=200))
    'log.jsonl, line 3, column 9: end of data (1 of 200 lines is broken)'
    """

    name: str
    reasons: tuple[str, ...]
    """The first few: of each line its place and what is wrong; of a file one that names it."""
    n: int = 0
    """How many lines; 0 where it is the whole file."""
    of: int = 0
    """How many lines there are, blank ones not counted."""
    foreign: bool = False
    """Whether it is a file that was never meant to be read, such as a picture in an archive."""

    @property
    def amount(self) -> str:
        """How much it is: so many lines of the file, or the file."""
        return f"{self.n:,} of {self.of:,} lines of {self.name}" if self.n else self.name

    def __str__(self) -> str:
        if not self.n:
            return self.reasons[0]
        if self.n == 1:
            return f"{self.name}, {self.reasons[0]} (1 of {self.of:,} lines is broken)"
        named = "; ".join(self.reasons)
        more = f"; and {self.n - len(self.reasons):,} more" if self.n > len(self.reasons) else ""
        return f"{self.name}: {self.n:,} of {self.of:,} lines are broken: {named}{more}"


class BrokenParts(InputError):  # noqa: N818 - it is about the input, as InputError is
    """Some lines or files are broken and others are not: ``left_out`` says which."""

    def __init__(self, left_out: Sequence[LeftOut]):
        super().__init__(f"{listed(left_out)}: mend this, or go on without it: broken='leave out'")
        self.left_out = tuple(left_out)


def listed(left_out: Sequence[LeftOut]) -> str:
    """Return the first few as one line of text, with how many more there are."""
    more = len(left_out) - NAMED_AT_MOST
    return "; ".join(map(str, left_out[:NAMED_AT_MOST])) + (f"; and {more:,} more files" if more > 0 else "")
