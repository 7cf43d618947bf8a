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


def ordered_like(document: Any, model: Any) -> Any:
    """Return a document with its keys in the order of another one; those that this lacks come last.

    >>> ordered_like({"b": 1, "c": 2, "a": 3}, {"a": 0, "b": 0})
    {'a': 3, 'b': 1, 'c': 2}
    """
    if isinstance(document, dict) and isinstance(model, dict):
        names = [name for name in model if name in document]
        names += [name for name in document if name not in model]
        return {name: ordered_like(document[name], model.get(name)) for name in names}
    if isinstance(document, list) and isinstance(model, list):
        models = model + [None] * (len(document) - len(model))
        return [ordered_like(one, other) for one, other in zip(document, models, strict=False)]
    return document
