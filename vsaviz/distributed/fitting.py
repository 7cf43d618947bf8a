"""Documents in many files → a fitted encoder, learnt by many workers."""

from collections.abc import Sequence
from typing import Any

from vsaviz import kept_encoder
from vsaviz.distributed import tasks
from vsaviz.distributed.documents import Documents
from vsaviz.distributed.engine import dask
from vsaviz.distributed.pieces import Piece
from vsaviz.distributed.running import Watch, joined, results, unwatched
from vsaviz.learning import of_all
from vsaviz.learning.sample import EVERY, MOST_BYTES
from vsaviz.streaming.writing import settings_of
from vsaviz.vectorizer import JSONVectorizer

AMPLE = 4
"""How many times the bytes of a sample all workers together send at first."""


def fit(
    client: "dask.Client",
    documents: Documents,
    vectorizer: JSONVectorizer | None = None,
    watch: Watch = unwatched,
) -> JSONVectorizer:
    """Return an encoder with the settings of ``vectorizer``, fitted to documents in many files.

    It is the one that ``vsaviz.streaming.fitted`` gives for the same files, one after the other: the sample
    hangs on the names of files and the places of lines, not on how they are cut. (Only beyond 3,000,000
    features, where counts are bounded, rare ones may differ by what is stated there.)

    Parameters
    ----------
    client
        Of any Dask cluster, whose workers have vsaviz and see the files.
    documents
        The files.
    vectorizer
        The settings; those of ``JSONVectorizer()`` by default.
    watch
        Is called with the futures of each step: ``dask.distributed.progress`` draws a bar.

    Raises
    ------
    InputError
        If a line is not JSON, a file cannot be read, or there are no documents.
    """
    vectorizer = JSONVectorizer() if vectorizer is None else vectorizer
    settings_of(vectorizer)  # what cannot be sent is refused before the work
    found = documents.found()
    pieces = documents.pieces(found)
    lesson, future = _taught(client, pieces, sum(one.size for one in found), vectorizer, watch)
    encoder = kept_encoder.unpacked(lesson.encoder)
    if not lesson.complete:
        counts = client.map(tasks.counted, pieces, lesson=future, pure=False)
        total = joined(client, counts, tasks.added)
        watch(counts)
        [frequencies] = results(client, [total])
        encoder.vocabulary_ = of_all(encoder.vocabulary_, lesson.n_documents, frequencies)
    return encoder


def _taught(
    client: "dask.Client", pieces: Sequence[Piece], size: int, vectorizer: JSONVectorizer, watch: Watch
) -> tuple[tasks.Taught, Any]:
    """Return what a sample of all teaches, and its future."""
    limit = min(EVERY, AMPLE * MOST_BYTES * EVERY // size)
    while True:
        states = client.map(tasks.learnt, pieces, limit=limit, pure=False)
        state = joined(client, states, tasks.merged)
        future = client.submit(tasks.taught, state, vectorizer, limit, pure=False)
        watch(states)
        [lesson] = results(client, [future])
        if lesson is not None:
            return lesson, future
        limit = min(EVERY, 16 * limit)  # documents are far smaller than their files: too few were sent
