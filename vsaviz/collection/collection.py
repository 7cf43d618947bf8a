"""``Collection``: documents and their vectors on disk, to append to, to search, and to look into."""

from collections.abc import Iterable, Sequence
from pathlib import Path as File
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from vsaviz.collection import creating
from vsaviz.collection.approximate import Built, build
from vsaviz.collection.flat import drop
from vsaviz.collection.kept import all_kept
from vsaviz.collection.manifest import read_manifest
from vsaviz.collection.reader import Reader, checked_ids
from vsaviz.collection.rows import Progress, Source
from vsaviz.collection.writing import writing
from vsaviz.features.meanings import Model
from vsaviz.search.where import where_filters
from vsaviz.vectorizer import JSONVectorizer


class Collection(Reader):
    """Documents in a folder, with their vectors and the encoder that made them.

    ``Collection.create`` makes one and ``Collection.open`` opens it. Each document has an id, a whole number:
    they ascend in the order of insertion, and none is given twice. What a call has written is on the disk
    when it returns: neither a kill nor a power cut takes it away. Several processes may read while one
    writes; a reader sees the collection as it was when it was opened.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from vsaviz import Collection
    >>> with TemporaryDirectory() as folder:
    ...     collection = Collection.create(folder + "/pets", [{"kind": "cat"}, {"kind": "dog"}])
    ...     added = collection.append([{"kind": "wolf"}, {"kind": "dog", "n": 2}])
    ...     hits = collection.search({"kind": "dog"}, k=2)
    >>> added, [(hit.row, hit.document) for hit in hits]
    (range(2, 4), [(1, {'kind': 'dog'}), (3, {'kind': 'dog', 'n': 2})])
    """

    _writes = True

    @classmethod
    def create(
        cls,
        folder: str | File,
        documents: Iterable[Any],
        vectorizer: JSONVectorizer | None = None,
        *,
        vectors: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Make a collection in a new or empty folder: all of the documents, or none if it is stopped.

        Parameters
        ----------
        folder
            Where; it is made if it is not there.
        documents
            JSON values. With a fitted encoder any iterable, which is read once, block by block.
        vectorizer
            The encoder; it is fitted to the documents if it has not been fitted before.
        vectors
            The documents' vectors by this encoder, which must be fitted, if they are there already.
        progress
            Is told how many documents are done.

        Raises
        ------
        InputError
            If the folder has something in it, or a document is not JSON.
        ValueError
            If the vectors are not those of the documents.
        """
        vectorizer = JSONVectorizer() if vectorizer is None else vectorizer
        try:
            check_is_fitted(vectorizer)
        except NotFittedError:
            if vectors is not None:
                raise ValueError("vectors need the fitted encoder that made them; give it, too") from None
            File(folder).mkdir(parents=True, exist_ok=True)
            creating.check_free(File(folder))  # before the work
            documents = documents if isinstance(documents, Sequence) else list(documents)
            vectorizer.fit(documents)
        creating.create(File(folder), Source(documents, vectorizer, vectors, progress))
        return cls(folder, strings=vectorizer.strings if callable(vectorizer.strings) else None)

    @classmethod
    def open(cls, folder: str | File, *, strings: Model | None = None) -> Self:
        """Return the collection of a folder; ``strings`` is the callable of its encoder, if it has one.

        Raises
        ------
        InputError
            If there is none, if it is damaged, or if vectors and encoder do not belong together.
        """
        return cls(folder, strings=strings)

    def append(
        self,
        documents: Iterable[Any],
        *,
        vectors: ArrayLike | None = None,
        vectorizer: JSONVectorizer | None = None,
        progress: Progress | None = None,
    ) -> range:
        """Add documents, encoded by the collection's encoder; return their ids.

        They are all there when it returns; if it is stopped or fails, none is.

        Parameters
        ----------
        documents
            JSON values, any iterable: it is read once, block by block.
        vectors, vectorizer
            The documents' vectors, if they are there already, and the encoder that made them.
        progress
            Is told how many documents are done.

        Raises
        ------
        InputError
            If a document is not JSON, or the vectors are of another encoder.
        ValueError
            If the vectors are not those of the documents, or come without their encoder.
        """
        if vectorizer is not None:
            self.check(vectorizer)
        elif vectors is not None:
            raise ValueError("vectors must come with the encoder that made them: vectorizer=")
        source = Source(documents, self.vectorizer, vectors, progress)
        with writing(self.folder):
            first = self._next_id()
            self._table.add(source.batches(self._table.columns, first))
            self._renew()
            return range(first, self._next_id())

    def delete(self, ids: ArrayLike | None = None, *, where: Any = None) -> int:
        """Delete the documents of these ids, or those that ``where`` describes; return how many there were.

        Raises
        ------
        InputError
            If a filter is wrong.
        ValueError
            If neither is given, or both.
        """
        if (ids is None) == (where is None):
            raise ValueError("give ids or where=, one of them")
        filters = where_filters(where)
        with writing(self.folder):
            following = self._next_id()
            chosen = all_kept(self._table, filters).ids if ids is None else checked_ids(ids)
            before = len(self._table)
            if len(chosen):
                self._manifest = read_manifest(self.folder).with_next(following).write(self.folder)
                self._table.delete(np.unique(chosen))
            self._renew()
            return before - len(self)

    def index(self) -> Built:
        """Build the approximate index of all documents, or build it anew; return what it took.

        Documents that are appended later are found too, and searched exactly until ``compact`` takes them in.

        Raises
        ------
        InputError
            If there are too few documents.
        """
        with writing(self.folder):
            self._table.refresh()
            built = build(self._table)
            self._renew()
            return built

    def compact(self) -> None:
        """Join what many calls have written, bring the index up to date, and free the space of what is gone.

        Processes that have opened the collection before must open it again.
        """
        with writing(self.folder):
            self._table.refresh()
            self._table.compact()
            drop(self.folder)
            self._renew()

    def _next_id(self) -> int:
        """Return the id of the next document; the lock must be held."""
        self._table.refresh()
        return max(read_manifest(self.folder).next, self._table.last_id() + 1)
