"""Whether what was decoded is there: for laboratories and benchmarks, which know the document."""

from typing import Any

from vsaviz.decode.values import Decoded
from vsaviz.features.paths import Path


def values_at(document: Any, path: Path) -> list[Any]:
    """Return what a document holds at a path; some item stands for any.

    >>> from vsaviz.features.paths import field_path
    >>> values_at({"tags": ["a", "b"]}, field_path("tags[]")), values_at({"tags": []}, field_path("tags[1]"))
    (['a', 'b'], [])
    """
    values = [document]
    for role in path:
        if role[0] == "key":
            values = [one[role[-1]] for one in values if isinstance(one, dict) and role[-1] in one]
        elif role[0] == "at":
            position = int(role[-1])
            values = [one[position] for one in values if isinstance(one, list) and len(one) > position]
        elif role[0] == "item":
            values = [item for one in values if isinstance(one, list) for item in one]
    return values


def is_right(found: Decoded, value: Any) -> bool:
    """Whether a value was found: what lies on a line within the stated range.

    >>> is_right(Decoded(10, 0.4, 0.9, low=9, high=11), 11), is_right(Decoded(1, 0.4, 0.9), True)
    (True, False)
    """
    if isinstance(value, bool) != isinstance(found.value, bool):
        return False
    comparable = isinstance(value, int | float) and isinstance(found.low, int | float)
    if comparable or (isinstance(value, str) and isinstance(found.low, str)):
        return bool(found.low <= value <= found.high) or value == found.value
    return bool(value == found.value)
