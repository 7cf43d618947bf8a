"""An encoder that is kept beside its vectors, and the fingerprint by which another one is known."""

import gzip
import hashlib
from pathlib import Path as File
from tempfile import TemporaryDirectory

from vsaviz.durable import write_durably
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


def packed(saved: bytes) -> bytes:
    """Return the same gzipped: equal encoders give equal bytes."""
    return gzip.compress(saved, mtime=0)


def fingerprint(saved: bytes) -> str:
    """Return what tells encoders apart, given as plain JSON: 128 bits of BLAKE2b, in hexadecimal.

    Equal settings that were fitted to equal documents give the same; vectors can be compared if it is equal.
    """
    return hashlib.blake2b(saved, digest_size=16).hexdigest()


def keep(folder: File, saved: bytes) -> None:
    """Put an encoder, given as plain JSON, into the folder, durably."""
    write_durably(folder / NAME, packed(saved))


def load(folder: File, expected: str, strings: Model | None = None, *, cure: str) -> JSONVectorizer:
    """Return the encoder of a folder; ``cure`` says what else to do.

    Raises
    ------
    InputError
        If it is missing, damaged, or not the one of this fingerprint.
    """
    file = folder / NAME
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error}); {cure}") from error
    return checked(data, str(file), expected, strings, cure=cure)


def checked(
    data: bytes, name: str, expected: str, strings: Model | None = None, *, cure: str
) -> JSONVectorizer:
    """Return the encoder of the bytes of a file of this name; InputError as ``load``."""
    try:
        found = fingerprint(gzip.decompress(data))
    except (OSError, EOFError) as error:
        raise InputError(f"{name} cannot be read ({error}); {cure}") from error
    if found != expected:
        raise InputError(
            f"{name} is not the encoder of these vectors: it has the fingerprint {found}, and they were "
            f"made by {expected}; put that encoder back, or {cure}"
        )
    return unpacked(data, strings)


def unpacked(data: bytes, strings: Model | None = None) -> JSONVectorizer:
    """Return the encoder of what ``packed`` gave."""
    with TemporaryDirectory() as folder:
        file = File(folder, NAME)
        file.write_bytes(data)
        return JSONVectorizer.load(file, strings)
