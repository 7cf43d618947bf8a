"""Whether a document holds a piece of JSON, exactly: what ``without`` excludes."""

from typing import Any

from vsaviz.errors import InputError
from vsaviz.features.paths import Path, collapsed
from vsaviz.features.walk import walk
from vsaviz.features.words import words
from vsaviz.jsontext import one_line
from vsaviz.search.filters import Filter


def equal(a: Any, b: Any) -> bool:
    """Return whether two JSON values are equal: 1 is 1.0 and is not true, the order of keys is nothing.

    >>> equal(1, 1.0), equal(1, True), equal([{"a": 0}], [{"a": False}])
    (True, False, False)
    """
    if isinstance(a, dict) and isinstance(b, dict):
        if a.keys() != b.keys():
            return False
        for name, below in a.items():  # noqa: SIM110 - loops take half the frames of generators, in deep documents
            if not equal(below, b[name]):
                return False
        return True
    if isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            return False
        for one, other in zip(a, b, strict=True):  # noqa: SIM110
            if not equal(one, other):
                return False
        return True
    return isinstance(a, bool) == isinstance(b, bool) and bool(a == b)


def holds(document: Any, piece: Any) -> bool:  # noqa: C901 - in one piece, since it takes one frame a level
    """Return whether a document holds the whole of a piece of JSON.

    Of an object it has every key, of an array some item for each of the piece's items; numbers, true, false
    and null are equal. A text holds another if all words of that one, folded, are among its words. An empty
    object, array or text is held only where there is the same.

    >>> holds({"tags": ["Dark red", "new"], "n": 3}, {"tags": ["red"]})
    True
    >>> holds({"tags": ["red"]}, {"tags": ["dark red"]})
    False
    """
    if isinstance(piece, dict) and piece:
        if not isinstance(document, dict):
            return False
        for name, below in piece.items():
            if name not in document or not holds(document[name], below):
                return False
        return True
    if isinstance(piece, list) and piece:
        if not isinstance(document, list):
            return False
        for below in piece:
            for item in document:  # one frame a level, as above
                if holds(item, below):
                    break
            else:
                return False
        return True
    if isinstance(piece, str) and isinstance(document, str):
        return _text_holds(document, piece)
    return equal(document, piece)


def _text_holds(text: str, piece: str) -> bool:
    wanted = words(piece)
    return set(wanted) <= set(words(text)) if wanted else text == piece


def without_filters(without: Any) -> list[Filter]:
    """Return a filter for each piece of JSON that documents must not hold; a list is a list of pieces.

    Raises
    ------
    InputError
        If a piece is not JSON.
    """
    pieces = without if isinstance(without, list) else [] if without is None else [without]
    return [_excluding(piece) for piece in pieces]


def _excluding(piece: Any) -> Filter:
    paths = _fields_of(piece)
    return Filter(f"without {one_line(piece)}", lambda document: not holds(document, piece), paths)


def _fields_of(piece: Any) -> tuple[Path, ...]:
    try:
        return tuple(dict.fromkeys(collapsed(path) for path in walk([piece]).paths))
    except InputError as error:
        raise InputError(str(error).replace("document 0", "without", 1)) from None
