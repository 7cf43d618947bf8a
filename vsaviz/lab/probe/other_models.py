"""Vectors of documents from other models: a built-in one, those of a file, and ones that know nothing."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from vsaviz.errors import InputError
from vsaviz.jsontext import indented

Numbers = NDArray[np.float64]

LARGEST = 64 << 20
"""Bytes of a file of vectors."""
WIDEST = 16_384
COMPONENTS = 64
MOST_WORDS = 20_000
CURE = "write it with numpy.save(path, vectors), one row for each document in the order of the collection"


def word_vectors(documents: Sequence[Any], seed: int = 0) -> Numbers:
    """Return TF-IDF of the words in the documents' text, reduced by SVD to at most 64 columns (n, p).

    It reads JSON as plain text: which key a word belongs to is lost. Numbers are words like others;
    words of one document alone are left out.
    """
    texts = [indented(document) for document in documents]
    try:
        counted = TfidfVectorizer(min_df=2, max_features=MOST_WORDS, sublinear_tf=True).fit_transform(texts)
    except ValueError:  # there is no word that two documents share
        return np.zeros((len(documents), 1))
    # More would only tell single documents apart.
    n = min(COMPONENTS, counted.shape[1] - 1, len(documents) // 4)
    if n < 1:
        return np.asarray(counted.toarray(), dtype=np.float64)
    return np.asarray(TruncatedSVD(n, random_state=seed).fit_transform(counted), dtype=np.float64)


def random_vectors(n: int, columns: int, seed: int) -> Numbers:
    """Return vectors that know nothing of any document, (n, columns)."""
    return np.random.default_rng(seed).standard_normal((n, columns))


def shuffled(vectors: Numbers, seed: int) -> Numbers:
    """Return the same vectors, each given to another document."""
    return vectors[np.random.default_rng(seed).permutation(len(vectors))]


def read_vectors(data: bytes, n_documents: int, name: str = "vectors.npy") -> Numbers:
    """Return the vectors that a .npy file holds, (n_documents, p), as float64.

    Nothing in the file is run: it may hold plain numbers only, and no more than it has bytes for.

    Raises
    ------
    InputError
        If it is no such file, too large, or its numbers are not one finite row for each document.
    """
    if len(data) > LARGEST:
        raise InputError(f"{name}: {len(data):,} bytes; at most {LARGEST:,} are read: give fewer columns")
    _check_header(data, name)
    try:
        with np.errstate(over="ignore"):
            vectors = np.load(BytesIO(data), allow_pickle=False).astype(np.float64)
    except (ValueError, EOFError, OSError) as error:
        raise InputError(f"{name} is no .npy file of numbers: {error}; {CURE}") from error
    if len(vectors) != n_documents:
        raise InputError(
            f"{name}: {len(vectors):,} rows, but the collection has {n_documents:,} documents; {CURE}"
        )
    wrong = np.argwhere(~np.isfinite(vectors))
    if len(wrong):
        row, column = wrong[0].tolist()
        raise InputError(
            f"{name}, row {row}, column {column}: {vectors[row, column]} is not finite; "
            "replace it, or leave the column out"
        )
    return vectors


def _check_header(data: bytes, name: str) -> None:
    """Raise InputError unless the file says that it holds a table of numbers, and is as long as that."""
    stream = BytesIO(data)
    try:
        version = npy.read_magic(stream)
        read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = read(stream)
    except ValueError as error:
        raise InputError(f"{name} is no .npy file: {error}; {CURE}") from error
    if dtype.kind not in "fiub":
        raise InputError(f"{name}: values of type {dtype}; only real numbers are read: {CURE}")
    if len(shape) != 2:
        raise InputError(f"{name}: an array of shape {shape}; two dimensions are read: {CURE}")
    if not 1 <= shape[1] <= WIDEST:
        raise InputError(f"{name}: {shape[1]:,} columns; 1 to {WIDEST:,} are read: {CURE}")
    promised, left = shape[0] * shape[1] * dtype.itemsize, len(data) - stream.tell()
    if promised > left:
        raise InputError(f"{name}: {promised:,} bytes of numbers announced, but {left:,} there; {CURE}")
