"""Positions in a query: names in some arrays, and open where the query's array is of another length."""

from collections.abc import Iterable, Mapping

from vsaviz.features.paths import ITEM, Path, Role, at


def fixed_lengths(fields: Iterable[Path]) -> dict[Path, int]:
    """Return how many items the arrays have in which positions are names."""
    lengths: dict[Path, int] = {}
    for field in fields:
        for step, role in enumerate(field):
            if role[0] == "at":
                lengths[field[:step]] = max(lengths.get(field[:step], 0), int(role[-1]) + 1)
    return lengths


def possible_fields(path: Path, longest: Mapping[Path, int], lengths: Mapping[Path, int]) -> tuple[Path, ...]:
    """Return the fields in which documents may hold a leaf of a query.

    ``longest`` gives the number of items of the query's arrays, ``lengths`` that of the documents' where
    positions are names. With fewer or more items than these a query cannot mean positions: any will do.
    """

    def roles(field: Path, step: int) -> list[Role]:
        if path[step][0] != "at":
            return [path[step]]
        n = lengths.get(field)
        if n is None:
            return [ITEM]
        return [path[step]] if longest[path[:step]] == n else [at(i) for i in range(n)]

    fields: list[Path] = [()]
    for step in range(len(path)):
        fields = [(*field, role) for field in fields for role in roles(field, step)]
    return tuple(fields)
