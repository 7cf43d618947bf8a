"""The formats in which tables are taken away, and what each cannot hold."""

from collections.abc import Callable
from dataclasses import dataclass

from vsaviz.exports.csv_table import csv_bytes
from vsaviz.exports.json_lines import json_lines
from vsaviz.exports.numpy_archive import npz_bytes
from vsaviz.exports.parquet import parquet_bytes
from vsaviz.exports.tables import Table


@dataclass(frozen=True)
class Format:
    """One way to write a table."""

    suffix: str
    mime: str
    write: Callable[[Table], bytes]
    bytes_a_number: int
    """About how many a component of a vector takes."""
    about: str
    """How it holds documents and vectors, and what it does not hold."""
    columned: bool = False
    """Whether each field and each component is a column of its own."""


FORMATS: dict[str, Format] = {
    "JSON Lines": Format(
        ".jsonl",
        "application/jsonl",
        json_lines,
        12,
        "One JSON value a line, exact to the last digit. Documents alone can be uploaded here again.",
    ),
    "CSV": Format(
        ".csv",
        "text/csv",
        csv_bytes,
        12,
        'A column for each field and each component. It cannot tell 1 from "1", nor an empty text from a '
        "missing field; arrays are written as JSON. What a spreadsheet would calculate gets an apostrophe.",
        columned=True,
    ),
    "Parquet": Format(
        ".parquet",
        "application/vnd.apache.parquet",
        parquet_bytes,
        4,
        "Documents as JSON text, vectors as lists of 32-bit floats, the settings in the file's metadata.",
    ),
    "NumPy": Format(
        ".npz",
        "application/x-npz",
        npz_bytes,
        4,
        'Arrays without pickles. Documents are the bytes of JSON Lines: archive["documents"].tobytes().',
    ),
}
"""By the name that people choose."""
