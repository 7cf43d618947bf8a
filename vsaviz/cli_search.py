"""``vsaviz search``: the documents that hold the most of a piece of JSON."""

import argparse
import os
from pathlib import Path
from typing import Any

from vsaviz import cli_collection, labels
from vsaviz.cli_hits import hit_json, hit_line
from vsaviz.console import add_file, field_weight, plain, read_documents, say, show
from vsaviz.errors import InputError
from vsaviz.search import Index
from vsaviz.search.filters import told
from vsaviz.search.where import where_filters
from vsaviz.search.written import read_json
from vsaviz.vectorizer import JSONVectorizer


def add(commands: Any) -> None:
    """Add the command to those of the command line."""
    search = commands.add_parser("search", help="print the documents that hold the most of a piece of JSON")
    add_file(search)
    search.add_argument(
        "query", metavar="JSON", help='what to look for, such as {"tags": ["red"], "age": 45}'
    )
    search.add_argument("-k", type=int, default=5, help="how many (default 5)")
    search.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="PREDICATE",
        help="keep documents for which this is true, such as 'age >= 45'; may be repeated",
    )
    search.add_argument("--schema", type=Path, metavar="FILE", help="keep documents that fit a JSON Schema")
    search.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="JSON",
        help="leave out documents that hold the whole of this piece; may be repeated",
    )
    search.add_argument(
        "--weight",
        action="append",
        default=[],
        type=field_weight,
        metavar="FIELD=NUMBER",
        help="what a field of the query counts instead of 1; may be repeated",
    )
    search.add_argument(
        "--exact", action="store_true", help="of a collection: do without its approximate index"
    )
    search.add_argument("--json", action="store_true", help="print one JSON object a line")
    search.set_defaults(run=_search)


def _search(options: argparse.Namespace) -> None:
    query = read_json(os.fsencode(options.query), "query")
    without = [read_json(os.fsencode(piece), "--without") for piece in options.without]
    where = [*options.where, *([_schema(options.schema)] if options.schema else [])]
    where_filters(where)  # what is wrong should fail before the work
    if options.k < 1:
        raise InputError(f"-k must be at least 1, got {options.k}")
    if Path(options.file).is_dir():
        cli_collection.search(query, where, without, options)
        return
    documents = read_documents(options)
    index = Index(documents, JSONVectorizer())
    found = index.search(query, options.k, where=where, without=without, weights=dict(options.weight))
    say(told(found.steps))
    for note in found.notes:
        say(plain(note))
    ids = labels.document_ids(documents, index.vectorizer.vocabulary_.fields)
    for hit in found:
        show(hit_json(hit, ids[hit.row]) if options.json else hit_line(hit, ids[hit.row]))


def _schema(file: Path) -> dict[str, Any]:
    schema = read_json(file.read_bytes(), file.name)
    if not isinstance(schema, dict):
        raise InputError(f"{file.name}: a JSON Schema is an object, got {type(schema).__name__}")
    return schema
