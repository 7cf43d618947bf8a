"""JSON Schemas as filters: the library ``jsonschema`` reads them, an extra, and nothing is fetched."""

from typing import Any

from vsaviz.errors import InputError
from vsaviz.jsontext import one_line
from vsaviz.search.filters import Filter


def schema_filter(schema: dict[str, Any]) -> Filter:
    """Return the filter that keeps the documents for which a JSON Schema is valid.

    Without ``$schema`` it is read as draft 2020-12. What it refers to must be in it: no address is called.

    Raises
    ------
    InputError
        If the schema is wrong, here or, where it refers to what is not there, as soon as that is needed.
    ImportError
        If the extra ``vsaviz[search]`` is not installed.
    """
    try:
        from jsonschema.validators import Draft202012Validator, validator_for
        from referencing import Registry
    except ImportError:
        raise ImportError("JSON Schemas need an extra: pip install 'vsaviz[search]'") from None
    kind = validator_for(schema, default=None) if "$schema" in schema else Draft202012Validator
    if kind is None:
        raise InputError(f"where: $schema {schema['$schema']!r} is not known; leave it out for draft 2020-12")
    _check(schema, kind)
    validator = kind(schema, registry=Registry())

    def keeps(document: Any) -> bool:
        return _valid(validator, document)

    return Filter(f"schema {one_line(schema)}", keeps)


def _check(schema: dict[str, Any], kind: Any) -> None:
    """Raise InputError if this is no schema; one without any keyword is JSON put here by mistake."""
    from jsonschema.exceptions import SchemaError

    try:
        kind.check_schema(schema)
    except SchemaError as error:
        place = error.json_path
        raise InputError(f"where: the schema at {place}: {error.message}; correct it there") from None
    if schema and not schema.keys() & {*kind.VALIDATORS, "$schema", "$defs", "title", "description"}:
        raise InputError(
            f"where: {one_line(schema)} has no keyword of JSON Schema, so that all documents would pass; "
            'write {"properties": …}, or a predicate such as: city = "Paris"'
        )


def _valid(validator: Any, document: Any) -> bool:
    from referencing.exceptions import Unresolvable

    try:
        return bool(validator.is_valid(document))
    except Unresolvable as error:
        raise InputError(
            f"where: the schema refers to what is not in it: {error}; put it under $defs, nothing is fetched"
        ) from None
    except RecursionError:
        raise InputError(
            "where: the schema refers to itself without end, or a document nests too deeply for it; "
            "let each $ref go one level down"
        ) from None
