"""Exact filters: what ``where`` asks of documents, as predicates on paths or as a JSON Schema."""

from typing import Any

from vsaviz.errors import InputError
from vsaviz.features.paths import collapsed
from vsaviz.search.filters import Filter
from vsaviz.search.predicates import CURE, read_predicate
from vsaviz.search.schemas import schema_filter


def where_filters(where: Any) -> list[Filter]:
    """Return the filters that ``where`` asks for: all of them must keep a document.

    It is a predicate, a JSON Schema (a dict), a list of both, or None. A predicate is one of

    - ``age >= 45``, with ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` and a JSON value: some value at the path
      compares so. Numbers compare with numbers, texts with texts by their characters, as ISO dates do;
      1 equals 1.0 and is not true.
    - ``name ~ "smith"``: some text at the path contains this, whatever the case.
    - ``city in ["Paris", "Bern"]``: some value at the path equals one of these.
    - ``email exists``: there is something at the path, if only null.
    - any of them with ``not`` before it.

    A path is written as fields are printed: ``orders[].sku`` for some item, ``orders[0].sku`` for the first.

    Raises
    ------
    InputError
        If a predicate or schema is wrong; the message says where, why, and how to write it.
    ImportError
        If there is a schema, and the extra ``vsaviz[search]`` is not installed.
    """
    asked = where if isinstance(where, list | tuple) else [] if where is None else [where]
    return [_filter(one) for one in asked]


def _filter(asked: Any) -> Filter:
    if isinstance(asked, str):
        return predicate(asked)
    if isinstance(asked, dict):
        return schema_filter(asked)
    raise InputError(f"where: {asked!r} is neither a predicate nor a JSON Schema; {CURE}")


def predicate(text: str) -> Filter:
    """Return the filter that a predicate describes, as ``where_filters`` explains."""
    read = read_predicate(text)
    return Filter(read.text, read.keeps, (collapsed(read.path),))
