"""A new collection in a folder: nobody else's files are touched, and one that was stopped is begun anew."""

from pathlib import Path as File

from vsaviz import kept_encoder as encoder
from vsaviz.collection.flat import drop
from vsaviz.collection.manifest import NAME, Manifest, is_collection, read_manifest
from vsaviz.collection.rows import Source, schema
from vsaviz.collection.table import Table
from vsaviz.collection.writing import LOCK, writing
from vsaviz.errors import InputError


def create(folder: File, source: Source) -> None:
    """Make a collection of some documents, whose encoder is fitted.

    The manifest says that the collection is complete only when all is on the disk.

    Raises
    ------
    InputError
        If the folder has anything else in it, or a document is not JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder):
        check_free(folder)
        vectorizer = source.vectorizer
        saved = encoder.saved_bytes(vectorizer)
        manifest = Manifest(
            fingerprint=encoder.fingerprint(saved),
            scheme=vectorizer.scheme,
            dimensions=vectorizer.dimensions,
            width=int(vectorizer.n_features_out_),
        ).write(folder)
        drop(folder)
        encoder.keep(folder, saved)
        columns = schema(manifest.width, manifest.fingerprint)
        Table.create(folder, columns, source.batches(columns, 0))
        manifest.completed().write(folder)


def check_free(folder: File) -> None:
    """Raise InputError if a folder has anything in it but what a creation that was stopped has left."""
    if is_collection(folder):
        if read_manifest(folder).complete:
            raise InputError(f"{folder} is a collection already; open it and append, or name another folder")
        return
    others = sorted(one.name for one in folder.iterdir() if one.name not in (LOCK, f"{NAME}.part"))
    if others:
        raise InputError(f"{folder} is not empty: there is {others[0]!r}; name a new folder")
