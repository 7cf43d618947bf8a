"""``vsaviz encode`` and ``vsaviz join``: documents → their vectors, as one file or as a folder of parts."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vsaviz import exports, labels
from vsaviz.console import add_file, read_documents, say
from vsaviz.errors import InputError
from vsaviz.vectorizer import JSONVectorizer

ARCHIVE = ".npz"


def add(
    commands: Any,
    add_settings: Callable[[argparse.ArgumentParser], None],
    vectorizer: Callable[[argparse.Namespace], JSONVectorizer],
) -> None:
    """Add the commands to those of the command line."""
    encode = commands.add_parser(
        "encode", help="write the documents' vectors: a NumPy archive, or a folder of Parquet parts"
    )
    add_file(encode)
    add_settings(encode)
    encode.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUTPUT",
        help="vectors.npz; or vectors/, a folder, for a file of any size: gone on with after a kill",
    )
    encode.add_argument("--int8", action="store_true", help="a byte for each component, in a folder")
    encode.add_argument(
        "--dask",
        metavar="CLUSTER",
        help="the address of a cluster, or local[:N] for N processes here, which encode FILE: JSON Lines or "
        "Parquet, as one file, a folder or a pattern",
    )
    encode.set_defaults(run=lambda options: _encode(options, vectorizer(options)))

    join = commands.add_parser("join", help="write a folder of vectors as one NumPy archive")
    join.add_argument("folder", type=Path, metavar="FOLDER", help="what encode wrote")
    join.add_argument("-o", "--output", type=Path, required=True, metavar="VECTORS.npz")
    join.set_defaults(run=_join)


def _encode(options: argparse.Namespace, vectorizer: JSONVectorizer) -> None:
    output = Path(options.output)
    if options.dask:
        _encode_on_cluster(options, vectorizer)
        return
    if output.is_dir() or options.output.endswith(("/", os.sep)):
        _encode_to_folder(options, vectorizer)
        return
    if options.int8:
        raise InputError("--int8 is for folders; name one, such as -o vectors/")
    documents = read_documents(options)
    say(f"encoding {len(documents):,} documents with {options.scheme}, D={options.dimensions:,}")
    vectors = vectorizer.fit_transform(documents)
    ids = labels.document_ids(documents, vectorizer.vocabulary_.fields)
    settings = {**vectorizer.encoding_params(), "source": Path(options.file).name}
    output.write_bytes(exports.vectors_npz(vectors, ids, settings))
    say(f"wrote {len(vectors):,} × {vectors.shape[1]:,} to {output}")


def _encode_to_folder(options: argparse.Namespace, vectorizer: JSONVectorizer) -> None:
    from vsaviz.streaming import Folder, Source, encode_file  # pyarrow is an extra

    if getattr(options, "skip_broken", False):
        raise InputError("--skip-broken is not for folders: mend the line, or leave it out of the file")
    folder = Folder(Path(options.output), "int8" if options.int8 else "float32")
    manifest = encode_file(Source(Path(options.file), options.record_path), folder, vectorizer, say)
    parts = f"{len(manifest.parts):,} parts"
    say(f"wrote {manifest.rows:,} × {manifest.width:,} to {options.output}, in {parts}")


def _encode_on_cluster(options: argparse.Namespace, vectorizer: JSONVectorizer) -> None:
    from vsaviz.distributed import Documents, Vectors, cluster, encode  # Dask is an extra

    if getattr(options, "skip_broken", False) or options.record_path:
        raise InputError("--skip-broken and --record-path are not for folders of files; leave them out")
    output = Vectors(options.output, "int8" if options.int8 else "float32")
    with cluster(options.dask) as client:
        say(f"the cluster shows how it goes at {client.dashboard_link}")
        manifest = encode(client, Documents(options.file), output, vectorizer)
    say(f"wrote {manifest.rows:,} × {manifest.width:,} to {options.output}, in {len(manifest.parts):,} parts")


def _join(options: argparse.Namespace) -> None:
    from vsaviz.streaming import join  # pyarrow is an extra

    if options.output.suffix != ARCHIVE:
        raise InputError(f"-o must end in {ARCHIVE}, got {options.output.name}")
    manifest = join(options.folder, options.output)
    say(f"wrote {manifest.rows:,} × {manifest.width:,} to {options.output}")
