"""The values within documents, numbered so that equal ones have the same number, and arrays aligned by it."""

from collections import defaultdict
from typing import Any

ALIGNED_AT_MOST = 200
"""Arrays with more unequal items are not searched for what these have in common: it would take too long."""


class Node:
    """A value in a document, and the nodes that it holds by key or position."""

    __slots__ = ("children", "number", "value")

    def __init__(self, value: Any):
        self.value = value
        self.number = -1
        self.children: dict[Any, Node] = {}

    def held(self) -> set[tuple[Any, int]]:
        """Return what the node holds: keys with their values' numbers, of arrays the numbers alone."""
        keyed = isinstance(self.value, dict)
        return {(name if keyed else None, child.number) for name, child in self.children.items()}


def numbered(value: Any, numbers: dict[Any, int]) -> Node:
    """Return a document as nodes; ``numbers`` has those of all values met so far, and grows.

    Equal are values of one JSON type: 1 and 1.0 are, 1 and true are not. Keys have no order, items do.
    """
    root = Node(value)
    nodes = [root]
    for node in nodes:  # the list grows on the way; nesting never meets Python's limit
        if isinstance(node.value, dict | list):
            named = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
            node.children = {name: Node(child) for name, child in named}
            nodes += node.children.values()
    for node in reversed(nodes):  # what is held comes before what holds it
        node.number = numbers.setdefault(_identity(node), len(numbers))
    return root


def _identity(node: Node) -> tuple[Any, ...]:
    value = node.value
    if isinstance(value, dict):
        return "object", frozenset(node.held())
    if isinstance(value, list):
        return "array", *(child.number for child in node.children.values())
    if value is None or isinstance(value, bool):
        return "constant", value
    return "string" if isinstance(value, str) else "number", value


Items = dict[int, Node]
"""Items of an array by their positions."""


def aligned(one: Items, other: Items) -> list[tuple[int, int]]:
    """Return which items of two arrays belong together, as pairs of positions.

    First equal ones, wherever they stand; then those that have most in common; the rest in their order.
    """
    pairs: list[tuple[int, int]] = []
    for pairing in (_equal, _most_in_common, _in_order):
        found = pairing(one, other)
        pairs += found
        one, other = (_without(items, side) for items, side in zip((one, other), _sides(found), strict=True))
    return pairs


def _equal(one: Items, other: Items) -> list[tuple[int, int]]:
    standing = defaultdict[int, list[int]](list)
    for position in reversed(other):
        standing[other[position].number].append(position)
    return [(i, standing[item.number].pop()) for i, item in one.items() if standing[item.number]]


def _most_in_common(one: Items, other: Items) -> list[tuple[int, int]]:
    if max(len(one), len(other)) > ALIGNED_AT_MOST:
        return []
    held = {position: item.held() for position, item in other.items()}
    ranked = []
    for i, item in one.items():
        own = item.held()
        ranked += [(-len(own & those), abs(i - j), i, j) for j, those in held.items() if own & those]
    pairs: dict[int, int] = {}
    taken = set[int]()
    for _, _, i, j in sorted(ranked):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def _in_order(one: Items, other: Items) -> list[tuple[int, int]]:
    return list(zip(one, other, strict=False))


def _sides(pairs: list[tuple[int, int]]) -> tuple[set[int], set[int]]:
    return {i for i, _ in pairs}, {j for _, j in pairs}


def _without(items: Items, taken: set[int]) -> Items:
    return {position: item for position, item in items.items() if position not in taken}
