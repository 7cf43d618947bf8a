"""Questions and filters as people write them, in the app and on the command line."""

from typing import Any

from vsaviz import strict_json
from vsaviz.errors import InputError
from vsaviz.ingest import LIMITS


def read_json(text: bytes, name: str, line: int = 1) -> Any:
    """Return the value of a JSON text; ``name`` and ``line``, where it begins, are for the message.

    Raises
    ------
    InputError
        If it is not JSON; the message says where and why.

    >>> read_json(b'{"a": }', "the question")
    Traceback (most recent call last):
    vsaviz.errors.InputError: the question, line 1, column 7: ...
    """
    try:
        return strict_json.loads(text, LIMITS.depth)
    except strict_json.TextError as error:
        place = f"{name}, line {error.line + line - 1}, column {error.column}"
        raise InputError(f"{place}: {error.reason}") from None


def read_where(text: str) -> list[Any]:
    r"""Return what a text asks of documents: a JSON Schema if it begins with ``{``, else a predicate a line.

    >>> read_where("age >= 40\n\nemail exists")
    ['age >= 40', 'email exists']
    """
    if text.lstrip().startswith("{"):
        return [read_json(_bytes(text), "where")]
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_without(text: str) -> list[Any]:
    """Return the pieces of JSON of a text, one a line.

    >>> read_without('{"tags": ["red"]}')
    [{'tags': ['red']}]
    """
    lines = enumerate(text.split("\n"), start=1)
    return [read_json(_bytes(line), "without", number) for number, line in lines if line.strip()]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
