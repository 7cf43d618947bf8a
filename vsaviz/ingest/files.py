"""Several files to the values that they hold, and what of them is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from vsaviz.errors import InputError
from vsaviz.ingest.archives import Member, is_archive, members
from vsaviz.ingest.left_out import Broken, BrokenParts, LeftOut, listed
from vsaviz.ingest.limits import LIMITS, Budget, LimitError, Limits
from vsaviz.ingest.parsing import Parsed, parsed_data
from vsaviz.ingest.records import records
from vsaviz.ingest.sources import Source, contents, name_of


@dataclass(frozen=True)
class Files:
    """What several files hold, those in archives each one of its own, and what is left out of them."""

    parsed: tuple[Parsed, ...] = field(repr=False)
    left_out: tuple[LeftOut, ...]

    def documents(self, pointer: str | None = None) -> tuple[list[Any], list[str]]:
        """Return the documents at a place of each file, by default at its likeliest, and each one's file.

        Raises
        ------
        InputError
            If a file has no documents there.
        """
        found = [(records(one, pointer), one.name) for one in self.parsed]
        documents = found[0][0] if len(found) == 1 else [document for here, _ in found for document in here]
        return documents, [name for here, name in found for _ in here]


def read_json(source: Source, record_path: str | None = None, broken: Broken = "refuse") -> list[Any]:
    """Return the documents of a path, bytes or binary file: JSON, JSON Lines, gzipped or a ZIP of such files.

    ``record_path`` says where they lie, such as "/data/items"; None takes the likeliest place.
    ``broken="leave out"`` goes on without the lines and files that are no JSON where others are.

    Raises
    ------
    InputError
        If the source cannot be read, is not JSON, or has no documents at ``record_path``.
    """
    return read_files([(None, source)], broken=broken).documents(record_path)[0]


def read_files(
    sources: Iterable[tuple[str | None, Source]], limits: Limits = LIMITS, broken: Broken = "refuse"
) -> Files:
    r"""Return what files hold, each given as its name (None takes its own) and where its bytes are.

    Files in an archive that were never meant as JSON are left out in any case, and ``left_out`` says so.

    Raises
    ------
    InputError
        If nothing can be read, or the limits are met: `BrokenParts` if something is broken among others that
        are not, unless ``broken="leave out"``.

    >>> sources = [("a.jsonl", b'{"n": 1}\n{"n": \n{"n": 3}'), ("b.json", b"[{}]")]
    >>> files = read_files(sources, broken="leave out")
    >>> files.documents()
    ([{'n': 1}, {'n': 3}, {}], ['a.jsonl', 'a.jsonl', 'b.json'])
    >>> print(*files.left_out)
    a.jsonl, line 2, column 7: ... (1 of 3 lines is broken)
    """
    parsed: list[Parsed] = []
    left_out: list[LeftOut] = []
    for one in _read(sources, Budget(limits)):
        if isinstance(one, LeftOut):
            left_out.append(one)
            continue
        parsed.append(one)
        if one.left_out:
            left_out.append(one.left_out)
    if not parsed:
        raise InputError(listed(left_out) or "no files: name at least one")
    if broken == "refuse" and (wrong := [one for one in left_out if not one.foreign]):
        raise BrokenParts(wrong)
    return Files(tuple(parsed), tuple(left_out))


def _read(sources: Iterable[tuple[str | None, Source]], budget: Budget) -> Iterator[Parsed | LeftOut]:
    for name, source in sources:
        own = name or name_of(source)
        budget.spend("files", 1, own)
        try:
            data = contents(source, own, budget)
            if is_archive(data):
                for one in members(data, own, budget):
                    yield one if isinstance(one, LeftOut) else _parsed(one, budget)
            else:
                yield parsed_data(data, own, budget)
        except LimitError:
            raise
        except InputError as error:
            yield LeftOut(own, (str(error),))


def _parsed(member: Member, budget: Budget) -> Parsed | LeftOut:
    try:
        return parsed_data(member.data, member.name, budget)
    except LimitError:
        raise
    except InputError as error:
        return LeftOut(member.name, (str(error),), foreign=not member.meant)
