"""From rows that may be shown to the best hits: vectors propose where they must, exact scores decide."""

from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import ArrayLike

from vsaviz.neighbors import checked
from vsaviz.search.hits import DECIMALS, Hit, Scored, best
from vsaviz.search.stores import Rows, Store
from vsaviz.vectorizer import JSONVectorizer


class Ranker:
    """Documents with what is kept of them, and their vectors, (n, width), if there are any."""

    def __init__(
        self, documents: Sequence[Any], store: Store, vectorizer: JSONVectorizer, vectors: ArrayLike | None
    ):
        self._documents = documents
        self._store = store
        self._vectorizer = vectorizer
        self._vectors = None if vectors is None else checked("vectors", vectors)
        if self._vectors is not None and len(self._vectors) != len(documents):
            raise ValueError(f"{len(self._vectors)} vectors but {len(documents)} documents")

    def best(
        self, wanted: Sequence[Any], rows: Rows, k: int, scored: Callable[[Rows], tuple[Scored, Rows]]
    ) -> list[Hit]:
        """Return the best hits among the rows.

        Vectors propose what is near to the sum of all that is wanted; a hit's cosine is with the first.
        ``scored`` gives the exact scores of rows, and where the rows stand in them.
        """
        if not len(rows):
            return []
        cosines = proposals = None
        if self._vectors is not None:
            toward = self._vectorizer.transform(wanted)
            cosines = self._vectors @ toward[0]
            proposals = self._vectors @ toward.sum(axis=0)
        rows = self._store.candidates(rows, proposals, k)
        scores, at = scored(rows)
        ranking = scores.ranking[at]
        return [
            Hit(
                row=int(rows[i]),
                similarity=round(float(ranking[i]), DECIMALS),
                document=self._documents[rows[i]],
                contributions=scores.contributions(int(at[i])),
                cosine=None if cosines is None else float(cosines[rows[i]]),
            )
            for i in best(ranking, k)
        ]
