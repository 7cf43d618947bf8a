"""The encoder of a collection, kept beside its vectors, and the fingerprint by which another one is known."""

import gzip
import hashlib
from pathlib import Path as File
from tempfile import TemporaryDirectory

from vsaviz.collection.durable import write_durably
from vsaviz.errors import InputError
from vsaviz.features.meanings import Model
from vsaviz.vectorizer import JSONVectorizer

NAME = "encoder.json.gz"


def saved_bytes(vectorizer: JSONVectorizer) -> bytes:
    """Return the fitted encoder as the plain JSON that ``save`` writes."""
    with TemporaryDirectory() as folder:
        file = File(folder, "encoder.json")
        vectorizer.save(file)
        return file.read_bytes()


def fingerprint(saved: bytes) -> str:
    """Return what tells encoders apart, given as plain JSON: 128 bits of BLAKE2b, in hexadecimal.

    Equal settings that were fitted to equal documents give the same; vectors can be compared if it is equal.
    """
    return hashlib.blake2b(saved, digest_size=16).hexdigest()


def keep(folder: File, saved: bytes) -> None:
    """Put an encoder, given as plain JSON, into the folder, durably."""
    write_durably(folder / NAME, gzip.compress(saved, mtime=0))


def load(folder: File, expected: str, strings: Model | None) -> JSONVectorizer:
    """Return the encoder of a folder.

    Raises
    ------
    InputError
        If it is missing, damaged, or not the one of this fingerprint.
    """
    file = folder / NAME
    try:
        found = fingerprint(gzip.decompress(file.read_bytes()))
    except (OSError, EOFError) as error:
        raise InputError(f"{file} cannot be read ({error}); index the documents again") from error
    if found != expected:
        raise InputError(
            f"{file} has the fingerprint {found}, and the vectors were made by {expected}; "
            "put that encoder back, or index the documents again"
        )
    return JSONVectorizer.load(file, strings)
