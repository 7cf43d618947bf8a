"""The command line: ``vsaviz encode | join | neighbors | search | index | map | fields | schemes | app``.

Progress goes to standard error, results to standard output or to the named file. Bad input ends with exit
code 2 and one line that says what was wrong, where, and what to do.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vsaviz import cli_collection, cli_encode, cli_search, labels, schemes, shipped
from vsaviz.console import add_file, field_weight, plain, read_documents, say, show
from vsaviz.errors import InputError
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.readings import ARRAYS
from vsaviz.features.settings import WEIGHTS
from vsaviz.features.strings import STRINGS
from vsaviz.neighbors import nearest
from vsaviz.project import METHODS, projection
from vsaviz.schemes.keyed import Floats
from vsaviz.schemes.properties import properties
from vsaviz.vectorizer import JSONVectorizer

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (InputError, ValueError, ImportError, OSError) as error:
        say(f"vsaviz: {' '.join(str(error).split())}")
        return BAD_INPUT
    except KeyboardInterrupt:
        say("vsaviz: stopped")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vsaviz", description="See how JSON documents resemble each other.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    cli_encode.add(commands, _add_settings, _vectorizer)

    neighbors = commands.add_parser("neighbors", help="print the documents most like one of them")
    _add_encoding(neighbors)
    neighbors.add_argument("--row", type=int, default=0, help="the document, counted from 0 (default 0)")
    neighbors.add_argument("-k", type=int, default=5, help="how many (default 5)")
    neighbors.add_argument("--json", action="store_true", help="print one JSON object a line")
    neighbors.set_defaults(run=_neighbors)

    cli_search.add(commands)
    cli_collection.add(commands, _add_settings, _vectorizer)

    mapped = commands.add_parser("map", help="write a map of the documents as one standalone HTML file")
    _add_encoding(mapped)
    mapped.add_argument("-o", "--output", type=Path, required=True, metavar="MAP.html")
    mapped.add_argument("--projection", choices=list(METHODS), default="pca")
    mapped.add_argument("--color", metavar="FIELD", help="colour by a field, such as 'orders[].status'")
    mapped.set_defaults(run=_map)

    told = commands.add_parser("fields", help="print what each field is taken for, what it weighs, and why")
    _add_features(told)
    told.add_argument("--json", action="store_true", help="print one JSON object a line")
    told.set_defaults(run=_fields)

    listed = commands.add_parser("schemes", help="print all binding schemes and their properties")
    listed.add_argument("--json", action="store_true", help="print one JSON object a line")
    listed.set_defaults(run=_schemes)

    app = commands.add_parser("app", help="serve the app, with a file if one is named")
    app.add_argument("file", nargs="?", type=Path, metavar="FILE")
    app.add_argument("--port", type=int, default=8501)
    app.add_argument(
        "--host",
        default=shipped.HERE_ALONE,
        metavar="ADDRESS",
        help=f"who can reach it: {shipped.HERE_ALONE} (default) this machine alone, 0.0.0.0 every other too",
    )
    app.add_argument(
        "--collections",
        type=Path,
        metavar="FOLDER",
        help="a folder of collections on disk, which anybody who uses the app may open there",
    )
    app.set_defaults(run=_app)
    return parser


def _add_encoding(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    _add_settings(parser)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    _add_feature_settings(parser)
    parser.add_argument("--scheme", choices=schemes.names(), default="mbat")
    parser.add_argument("--dimensions", type=int, default=1024, metavar="D")
    parser.add_argument("--seed", type=int, default=0)


def _add_features(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    _add_feature_settings(parser)


def _add_feature_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--arrays", choices=list(ARRAYS), default="soft")
    parser.add_argument("--numbers", choices=list(NUMBERS), default="quantile")
    parser.add_argument("--strings", choices=list(STRINGS), default="words+ngrams")
    parser.add_argument("--weights", choices=WEIGHTS, default="similarity")
    parser.add_argument(
        "--weight",
        action="append",
        default=[],
        type=field_weight,
        metavar="FIELD=NUMBER",
        help="what a field weighs instead of what the rules say, such as 'orders[].sku=0'; may be repeated",
    )


def _chosen(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Return the settings of a vectorizer that were chosen on the command line."""
    names = (*names, "arrays", "numbers", "strings", "weights")
    return {"field_weights": dict(options.weight) or None} | {name: getattr(options, name) for name in names}


def _vectorizer(options: argparse.Namespace) -> JSONVectorizer:
    return JSONVectorizer(**_chosen(options, "scheme", "dimensions", "seed"))


def _encoded(options: argparse.Namespace) -> tuple[list[Any], JSONVectorizer, Floats]:
    documents = read_documents(options)
    vectorizer = _vectorizer(options)
    say(f"encoding {len(documents):,} documents with {options.scheme}, D={options.dimensions:,}")
    return documents, vectorizer, vectorizer.fit_transform(documents)


def _ids(documents: list[Any], vectorizer: JSONVectorizer) -> list[str]:
    return labels.document_ids(documents, vectorizer.vocabulary_.fields)


def _neighbors(options: argparse.Namespace) -> None:
    documents, vectorizer, vectors = _encoded(options)
    n = len(documents)
    if not 0 <= options.row < n:
        raise InputError(f"--row must be between 0 and {n - 1}, got {options.row}")
    if not 1 <= options.k < max(n, 2):
        raise InputError(f"-k must be between 1 and {n - 1}, the number of other documents, got {options.k}")
    ids = _ids(documents, vectorizer)
    if n == 1:
        say("there is no other document")
        return
    rows, similarities = nearest(vectors[[options.row]], vectors, options.k, exclude=[options.row])
    for row, similarity in zip(rows[0].tolist(), similarities[0].tolist(), strict=True):
        if options.json:
            show(json.dumps({"row": row, "id": ids[row], "similarity": round(similarity, 6)}))
        else:
            show(f"{row:>8}  {similarity:.4f}  {plain(ids[row])}")


def _map(options: argparse.Namespace) -> None:
    try:
        from vsaviz.figures import map_figure  # plotly is an extra
    except ImportError:
        raise ImportError("the map needs plotly, an extra: pip install 'vsaviz[app]'") from None
    documents, vectorizer, vectors = _encoded(options)
    fields = vectorizer.vocabulary_.fields
    values: list[Any] = [None] * len(documents)
    if options.color is not None:
        paths = {field.name: path for path, field in fields.items()}
        if options.color not in paths:
            raise InputError(
                f"--color: no field {options.color!r}; there are: {', '.join(sorted(paths)[:12])}"
            )
        values = labels.column(documents, paths[options.color])
    placed = projection(vectors, options.projection, options.seed, lambda step, _: say(step))
    if placed.note:
        say(placed.note)
    figure = map_figure(placed.points, _ids(documents, vectorizer), values, color_name=options.color or "")
    figure.write_html(
        options.output, include_plotlyjs=True, config={"displaylogo": False, "scrollZoom": True}
    )
    say(f"wrote {options.output}")


def _fields(options: argparse.Namespace) -> None:
    fields = JSONVectorizer(**_chosen(options)).fit(read_documents(options)).fields_
    rows = [vars(field) for field in fields]
    _print_rows(rows, options.json)


def _schemes(options: argparse.Namespace) -> None:
    _print_rows([properties(kind) for kind in schemes.SCHEMES.values()], options.json)


def _print_rows(rows: Sequence[dict[str, Any]], as_json: bool) -> None:
    """Print rows with the same keys as lines of JSON, or as a table."""
    if as_json:
        show("\n".join(map(json.dumps, rows)))
        return
    table = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        show("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    """Return a value as it stands in a table: one line, no control codes."""
    return plain(f"{value:g}" if isinstance(value, float) else str(value))


def _app(options: argparse.Namespace) -> int:
    environment = dict(os.environ)
    if options.file is not None:
        if not options.file.is_file():
            raise InputError(f"{options.file}: no such file")
        environment[shipped.GIVEN_FILE] = str(options.file.resolve())
    if options.collections is not None:
        environment[shipped.COLLECTIONS] = _collections(options.collections)
    command = shipped.server(options.port, options.host)
    return subprocess.call(command, env=environment, cwd=shipped.share())


def _collections(folder: Path) -> str:
    """Return the whole path of a folder of collections; raises where the app could not open any."""
    from vsaviz.collection.offered import offered_names  # an extra

    if not folder.is_dir():
        raise InputError(f"--collections {folder}: no such folder")
    if not offered_names(folder):
        raise InputError(
            f"--collections {folder}: it has no collection in it; make one with: "
            f"vsaviz index FILE -o {folder / 'NAME'}"
        )
    return str(folder.resolve())
