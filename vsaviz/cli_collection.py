"""``vsaviz index``: files into a collection on disk; and ``vsaviz search`` over one."""

import argparse
import time
from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vsaviz import labels
from vsaviz.cli_hits import hit_json, hit_line
from vsaviz.console import plain, read_documents, say, show
from vsaviz.errors import InputError
from vsaviz.search.filters import told
from vsaviz.search.hits import Hits
from vsaviz.vectorizer import JSONVectorizer

if TYPE_CHECKING:
    from vsaviz.collection import Collection

EVERY = 2.0
"""Seconds between two lines of progress."""


def add(
    commands: Any,
    add_settings: Callable[[argparse.ArgumentParser], None],
    vectorizer: Callable[[argparse.Namespace], JSONVectorizer],
) -> None:
    """Add the command; ``add_settings`` adds those of an encoder, ``vectorizer`` makes it of them."""
    index = commands.add_parser("index", help="put documents into a collection on disk, or tend to one")
    index.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="JSON or JSON Lines, gzipped or not, or a ZIP archive of them",
    )
    index.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="the collection")
    index.add_argument(
        "--record-path", metavar="POINTER", help="where the documents lie, such as /data/items"
    )
    index.add_argument("--skip-broken", action="store_true", help="go on without what is no JSON; say which")
    index.add_argument("--approximate", action="store_true", help="build the index for approximate search")
    index.add_argument("--compact", action="store_true", help="join what was written, and free space")
    add_settings(index)
    index.set_defaults(run=lambda options: _index(options, vectorizer(options)))


def _index(options: argparse.Namespace, chosen: JSONVectorizer) -> None:
    from vsaviz.collection import Collection  # an extra
    from vsaviz.collection.manifest import is_complete

    folder = options.output
    opened = Collection.open(folder) if is_complete(folder) else None
    if not options.files and not (opened and (options.compact or options.approximate)):
        raise InputError("name a FILE to put into the collection; for one that is there, --compact will do")
    if opened is None:
        documents = [one for file in options.files for one in _documents(options, file)]
        say(f"fitting the encoder to {len(documents):,} documents")
        opened = Collection.create(folder, documents, chosen, progress=_told(len(documents)))
        say(f"created {folder} with {len(opened):,} documents")
    else:
        _check_settings(opened, chosen)
        for file in options.files:
            documents = _documents(options, file)
            opened.append(documents, progress=_told(len(documents)))
            say(f"added {len(documents):,} documents of {Path(file).name}: there are {len(opened):,}")
    _tend(opened, options)


def _documents(options: argparse.Namespace, file: str) -> list[Any]:
    one = copy(options)
    one.file = file
    return read_documents(one)


def _tend(collection: "Collection", options: argparse.Namespace) -> None:
    if options.approximate:
        say("building the index for approximate search")
        built = collection.index()
        say(f"indexed {built.documents:,} documents in {built.seconds:.0f} s: {built.bytes:,} bytes")
    if options.compact:
        before = collection.about().bytes
        collection.compact()
        say(f"compacted: {before:,} bytes before, {collection.about().bytes:,} now")


def _told(n: int) -> Callable[[int], None]:
    """Return what says how far the work is, every few seconds."""
    begun = last = time.monotonic()

    def told(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            rate = done / (now - begun)
            left = (n - done) / rate
            say(f"  {done:,} of {n:,} documents, {rate:,.0f} a second, {left:,.0f} s left")

    return told


def _check_settings(collection: "Collection", chosen: JSONVectorizer) -> None:
    """Raise InputError if settings were chosen that are not those of the collection."""
    usual, has = JSONVectorizer().encoding_params(), collection.vectorizer.encoding_params()
    for name, value in chosen.encoding_params().items():
        if value not in (usual[name], has[name]):
            raise InputError(
                f"{collection.folder} has {name}={has[name]!r}, and cannot take documents with {value!r}: "
                "leave the setting out, or make another collection"
            )


def search(query: Any, where: Sequence[Any], without: Sequence[Any], options: argparse.Namespace) -> None:
    """Print the documents of a collection that hold the most of a piece of JSON."""
    from vsaviz.collection import Collection

    collection = Collection.open(options.file)
    hits = collection.ask(
        query,
        options.k,
        where=list(where),
        without=list(without),
        weights=dict(options.weight),
        exact=options.exact,
    )
    say(told(hits.steps))
    for note in hits.notes:
        say(plain(note))
    line = hit_json if options.json else hit_line
    for hit, name in zip(hits, _names(hits, collection.vectorizer), strict=True):
        show(line(hit, name))


def _names(hits: Hits, vectorizer: JSONVectorizer) -> list[str]:
    """Return a short name for each hit: its identifier if it has one, else its id in the collection."""
    names = labels.document_ids([hit.document for hit in hits], vectorizer.vocabulary_.fields)
    nameless = [f"#{i}" for i in range(len(hits))]
    return [f"#{hit.row}" for hit in hits] if names == nameless else names
