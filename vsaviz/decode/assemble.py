"""Leaves at their paths → a JSON document."""

from collections.abc import Iterable, Sequence
from typing import Any

from vsaviz.features.paths import ARRAY, ITEM, Path, Role

Tree = dict[Role, Any]
"""For each next step the tree below; at ``VALUES`` what stands there."""

VALUES: Role = ("values",)


def assembled(leaves: Sequence[tuple[Path, Any]], arrays: Iterable[Path] = ()) -> Any:
    """Return the document that has these leaves; ``arrays`` are paths of arrays, whose items may be unknown.

    Items of bags come in the order of the leaves: which values of objects in a bag belong together is not
    known. Positions at which nothing stands are None. Of leaves that cannot all be there, such as a value and
    one below it, the first stays.

    >>> from vsaviz.features.paths import field_path
    >>> assembled([(field_path("a.b"), 1), (field_path("c[1].d"), "x"), (field_path("e[]"), 2)])
    {'a': {'b': 1}, 'c': [None, {'d': 'x'}], 'e': [2]}
    """
    root: Tree = {}
    for path, value in leaves:
        _put(root, (*path, VALUES), value)
    for path in arrays:
        _put(root, (*path, ARRAY), None)
    return _value(root, 0)


def _put(tree: Tree, path: Path, value: Any) -> None:
    for role in path[:-1]:
        if VALUES in tree or (tree and (role == ARRAY) != (ARRAY in tree) and role[0] in ("key", "array")):
            return
        tree = tree.setdefault(role, {})
    if path[-1] == ARRAY:
        if not tree:
            tree[ARRAY] = {}
    elif VALUES in tree:
        tree[VALUES].append(value)
    elif not tree:
        tree[VALUES] = [value]


def _value(tree: Tree, number: int) -> Any:
    """Return what a tree stands for; of several values in a bag the one of this number."""
    if VALUES in tree:
        return tree[VALUES][min(number, len(tree[VALUES]) - 1)]
    if ARRAY in tree:
        return _items(tree[ARRAY])
    return {str(role[-1]): _value(below, number) for role, below in tree.items() if number < _most(below)}


def _items(items: Tree) -> list[Any]:
    if ITEM in items:
        return [_value(items[ITEM], number) for number in range(_most(items[ITEM]))]
    positions = {int(role[-1]): below for role, below in items.items()}
    return [
        _value(positions[i], 0) if i in positions else None for i in range(max(positions, default=-1) + 1)
    ]


def _most(tree: Tree) -> int:
    """Return how many items of a bag a tree tells of."""
    if VALUES in tree:
        return len(tree[VALUES])
    return 1 if ARRAY in tree else max(map(_most, tree.values()), default=1)
