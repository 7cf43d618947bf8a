"""``Index``: documents that can be asked for by a piece of JSON, and filtered exactly before."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from numpy.typing import ArrayLike
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from vsaviz.errors import InputError
from vsaviz.features import Features, Vocabulary
from vsaviz.features.paths import field_path
from vsaviz.search.changed import Changed
from vsaviz.search.edits import edited, pieces
from vsaviz.search.filters import Filtered, filtered
from vsaviz.search.hits import Hits, Scored
from vsaviz.search.holding import without_filters
from vsaviz.search.query import Query, read_query
from vsaviz.search.ranker import Ranker
from vsaviz.search.stores import Rows, SparseStore, Store, VectorStore
from vsaviz.search.where import where_filters
from vsaviz.vectorizer import JSONVectorizer


class Index:
    """Documents to search.

    Parameters
    ----------
    documents
        A list of JSON values.
    vectorizer
        Says how values are read. It is fitted to the documents here if it has not been fitted before.
    exact
        Keep the documents' features, and rank all documents by them. Otherwise only vectors are kept: they
        propose candidates, whose features are then extracted anew for the exact score.
    vectors
        The documents' vectors by this vectorizer, (n, width), if they are there already. With them hits
        have a cosine in either mode.
    features
        The documents' features by this vectorizer, if they have been extracted already: `like` then need not
        do it again. Only in exact mode, where they are kept.

    Raises
    ------
    InputError
        If there are no documents, or one is not JSON.
    ValueError
        If there are not as many vectors as documents.

    Examples
    --------
    >>> patients = [{"conditions": [{"code": "asthma"}], "age": 44}, {"conditions": [], "age": 45}]
    >>> hits = Index(patients, JSONVectorizer()).search({"conditions": [{"code": "asthma"}]}, k=1)
    >>> hits[0].row, hits[0].similarity, hits[0].contributions[0][0]
    (0, 1.0, 'conditions[].code')
    """

    def __init__(
        self,
        documents: Sequence[Any],
        vectorizer: JSONVectorizer,
        *,
        exact: bool = True,
        vectors: ArrayLike | None = None,
        features: Features | None = None,
    ):
        if not isinstance(documents, Sequence) or isinstance(documents, str | bytes):
            raise InputError(f"documents must be a list of JSON values, got a {type(documents).__name__}")
        if not documents:
            raise InputError("no documents to search; give at least one")
        try:
            check_is_fitted(vectorizer)
        except NotFittedError:
            vectorizer.fit(documents)
        self.documents = documents
        self.vectorizer = vectorizer
        self._vocabulary: Vocabulary = vectorizer.vocabulary_
        self._store: Store = (
            SparseStore(documents, self._vocabulary, features)
            if exact
            else VectorStore(documents, self._vocabulary)
        )
        if vectors is None and not exact:
            vectors = vectorizer.transform(documents)
        self._ranker = Ranker(documents, self._store, vectorizer, vectors)

    def with_vectors(self, vectorizer: JSONVectorizer, vectors: ArrayLike) -> "Index":
        """Return the same documents with other vectors, by a vectorizer of the same vocabulary.

        What has been arranged here is shared: another scheme or dimension costs nothing.
        """
        other = copy(self)
        other.vectorizer = vectorizer
        other._ranker = Ranker(self.documents, self._store, vectorizer, vectors)
        return other

    def fields_of(self, query: Any) -> list[str]:
        """Return the names of the fields that a query asks for and documents have, as ``weights`` has them.

        Raises
        ------
        InputError
            If the query is not JSON.
        """
        asked = read_query(query, self._vocabulary, self._store.known, {}).asked
        return list(dict.fromkeys(leaf.name for leaf in asked))

    def search(
        self,
        query: Any,
        k: int = 10,
        *,
        where: Any = None,
        without: Any = None,
        weights: Mapping[str, float] | None = None,
    ) -> Hits:
        """Return the k documents that hold the largest share of a piece of JSON, arrays read as bags.

        Documents that have none of its values are left out, so that there may be fewer.

        Parameters
        ----------
        query
            Any JSON value.
        k
            How many, at most.
        where
            What documents must be, exactly: see ``vsaviz.search.where.where_filters``.
        without
            A piece of JSON, or a list of pieces: documents that hold one of them whole are left out, see
            ``vsaviz.search.holding.holds``.
        weights
            By the names of fields, what they count in this query instead of 1; 0 leaves them out.

        Raises
        ------
        InputError
            If the query, a filter or a piece is wrong.
        ValueError
            If k is not at least 1, or a weight is not possible.
        """
        _check_k(k)
        asked = read_query(query, self._vocabulary, self._store.known, weights or {})
        left = self._filtered(where, without)
        if not asked.whole:
            none = "the query has no field that is known and counts: nothing is searched for"
            return Hits([], left.steps, [*asked.notes, *left.notes, none])

        def scored(rows: Rows) -> tuple[Scored, Rows]:
            shares, at = self._store.shares(rows)
            return shares.scores(asked), at

        hits = self._ranker.best([query], left.rows, k, scored)
        unheard = self._store.unheard(asked)
        if len(left.rows) and not hits:
            unheard.append("no document has anything of the values asked for")
        return Hits(hits, left.steps, [*asked.notes, *unheard, *left.notes])

    def like(
        self,
        document: Any,
        but: Mapping[str, Any] | None = None,
        k: int = 10,
        *,
        where: Any = None,
        without: Any = None,
    ) -> Hits:
        """Return the k documents most like one, perhaps with other values in some of its fields.

        They are ranked by their exact cosine, with the vectorizer's own weights; with changes half by that
        and half by the share of the changes that they hold. In exact mode the first call takes as long as
        fitting, unless features were given: they are then extracted with these weights, and kept.

        Parameters
        ----------
        document
            The row of a document, which is then left out, or any document that is not a whole number.
        but
            Values by paths as fields are printed: ``{"address.city": "Paris"}``.
        k
            How many, at most.
        where, without
            As in ``search``.

        Raises
        ------
        InputError
            If there is no such row, or a path is wrong or leads to what no document has.
        ValueError
            If k is not at least 1.
        """
        _check_k(k)
        row, given = self._given(document)
        changes = pieces(self._checked_changes(but or {}))
        wanted = edited(given, but or {})
        asked = [read_query(piece, self._vocabulary, self._store.known, {}) for piece in changes]
        query = Query([leaf for one in asked for leaf in one.asked], [])
        one = self._vocabulary.features([wanted])
        left = self._filtered(where, without)

        def scored(rows: Rows) -> tuple[Scored, Rows]:
            kernel, at = self._store.kernel(rows)
            cosines = kernel.with_(one)
            return Changed(cosines, self._store.shares(rows)[0].scores(query)) if query.asked else cosines, at

        hits = self._ranker.best([wanted, *changes], left.rows[left.rows != row], k, scored)
        return Hits(hits, left.steps, [*self._store.unheard(query), *left.notes])

    def _filtered(self, where: Any, without: Any) -> Filtered:
        filters = where_filters(where) + without_filters(without)
        return filtered(self.documents, filters, self._store.known)

    def _given(self, document: Any) -> tuple[int, Any]:
        """Return a row, −1 for none, and a document."""
        if isinstance(document, bool) or not isinstance(document, int):
            return -1, document
        if not 0 <= document < len(self.documents):
            raise InputError(f"row must be between 0 and {len(self.documents) - 1}, got {document}")
        return document, self.documents[document]

    def _checked_changes(self, but: Mapping[str, Any]) -> Mapping[str, Any]:
        for name in but:
            if not self._store.known.has(field_path(name)):
                raise InputError(f"but: {self._store.known.missing(name)}")
        return but


def _check_k(k: int) -> None:
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
