"""Steps, paths and fields: where in a document a leaf lies.

A path is the tuple of roles from the root to the leaf, never a joined string, so that ``("a.b",)`` is
not ``("a", "b")``. Entering an array always applies ``ARRAY`` first, so that key "0" and position 0
differ. A field is a path with its positions collapsed to ``ITEM``.
"""

import json
import re
from collections.abc import Sequence, Set
from functools import lru_cache

from vsaviz.errors import InputError
from vsaviz.jsontext import CONTROLS, visible

Role = tuple[str] | tuple[str, str] | tuple[str, int]
Path = tuple[Role, ...]

ARRAY: Role = ("array",)
ITEM: Role = ("item",)
ANYWHERE: Role = ("anywhere",)
"""Stands for all that lies above a subtree, wherever it hangs."""

_PLAIN_KEY = re.compile(r'(?!\$$)[^\s.\[\]"\x00-\x1f]+')
_STEP = re.compile(
    r'\[(?P<quoted>"(?:[^"\\]|\\.)*")\]|\[(?P<position>[0-9]{0,9})\]|\.(?P<plain>' + _PLAIN_KEY.pattern + ")",
    re.DOTALL,
)


def key(name: str) -> Role:
    """Return the role of an object's key."""
    return ("key", name)


def at(position: int) -> Role:
    """Return the role of a position in an array, counted from 0."""
    return ("at", position)


def collapsed(path: Path, fixed: Set[Path] = frozenset()) -> Path:
    """Return the field of a path: every position becomes "some item".

    Positions are kept in the arrays ``fixed``, given as paths that end in ``ARRAY``: those always of one
    length, such as a pair of coordinates, whose positions are names.
    """
    positions = [step for step, role in enumerate(path) if role[0] == "at"]
    if not positions:
        return path
    field = list(path)
    for step in positions:
        if not fixed or tuple(field[:step]) not in fixed:
            field[step] = ITEM
    return tuple(field)


def elsewhere(field: Path) -> Path:
    """Return a field without what lies above its last key: the same for a subtree wherever it hangs.

    >>> elsewhere((key("ship"), key("tags"), ARRAY, ITEM))
    (('anywhere',), ('key', 'tags'), ('array',), ('item',))
    """
    step = len(field) - 1
    while step > 0 and field[step][0] != "key":
        step -= 1
    return (ANYWHERE, *field[max(step, 0) :])


def field_name(path: Path) -> str:
    """Return a path or field as people read it; different ones are printed differently.

    >>> field_name((key("orders"), ARRAY, ITEM, key("sku")))
    'orders[].sku'
    >>> field_name((key("a.b"), ARRAY, at(3)))
    '["a.b"][3]'
    >>> field_name(())
    '$'
    """
    printed = "".join(map(_printed, path))
    return printed.removeprefix(".") or "$"


def field_names(paths: Sequence[Path]) -> list[str]:
    """Return many paths or fields as people read them; what several begin with is printed once.

    >>> field_names([(key("a"), key("b")), (key("a"),), ()])
    ['a.b', 'a', '$']
    """
    printed: dict[Path, str] = {(): ""}

    def text(path: Path) -> str:
        above = printed.get(path[:-1])
        if above is None:
            above = printed[path[:-1]] = "".join(map(_printed, path[:-1]))
        return above + _printed(path[-1])

    return [text(path).removeprefix(".") or "$" if path else "$" for path in paths]


def field_path(name: str) -> Path:
    """Return the path or field that ``field_name`` prints so.

    >>> field_path('orders[3]["a.b"]')
    (('key', 'orders'), ('array',), ('at', 3), ('key', 'a.b'))

    Raises
    ------
    InputError
        If nothing is printed so; the message says from which character on.
    """
    if name == "$":
        return ()
    text = name if name.startswith("[") else f".{name}"
    path: Path = ()
    end = 0
    while end < len(text):
        step = _STEP.match(text, end)
        if step is None:
            place = max(1, end + 1 + len(name) - len(text))
            raise InputError(
                f"path {name!r}, from character {place}: write keys with dots between them, [] for some "
                'item, [3] for one, and ["any key"] for a key with spaces, dots, brackets or quotes'
            )
        path += _read(step)
        end = step.end()
    return path


def _read(step: re.Match[str]) -> Path:
    if step["plain"] is not None:
        return (key(step["plain"]),)
    if step["quoted"] is not None:
        try:
            return (key(json.loads(step["quoted"])),)
        except ValueError:
            raise InputError(f"path: {step['quoted']} is not a JSON string; write it as one") from None
    return (ARRAY, at(int(step["position"])) if step["position"] else ITEM)


@lru_cache(maxsize=1 << 16)
def _printed(role: Role) -> str:
    match role:
        case ("key", str(name)):
            plain = _PLAIN_KEY.fullmatch(name) and not CONTROLS.search(name)
            return f".{name}" if plain else f"[{visible(json.dumps(name, ensure_ascii=False))}]"
        case ("at", int(position)):
            return f"[{position}]"
        case ("item",):
            return "[]"
        case ("anywhere",):
            return "…"
        case _:
            return ""


def pointer(path: Path) -> str:
    """Return a concrete path as a JSON Pointer (RFC 6901); "some item" is printed ``-``.

    >>> pointer((key("a/b"), ARRAY, at(3)))
    '/a~1b/3'
    """
    steps = ["-" if role == ITEM else str(role[-1]) for role in path if role != ARRAY]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
