"""Codes of vectors that propose rows, and exact vectors that decide among these."""

import zipfile
from abc import ABC, abstractmethod
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vsaviz.best_rows import (
    FEW_ROWS,
    QUERIES,
    Rough,
    Rows,
    Scores,
    Vectors,
    candidates,
    first_pairs,
    largest,
    pair_scores,
)
from vsaviz.errors import InputError
from vsaviz.neighbors import checked, left_out, without

AT_ONCE = 8192
"""Rows made into codes together, so that the copies on the way stay small."""

Arrays = dict[str, NDArray[Any]]


class Quantized(ABC):
    """Codes of vectors (m, D), and the vectors themselves, by reference, where they are at hand.

    ``vectors`` may be a memory map: searching reads the rows that the codes propose, and no others.

    Raises
    ------
    ValueError
        If the vectors are not rows of finite numbers, at least one.
    """

    name: ClassVar[str]
    """What a file of such codes is known by."""

    def __init__(self, vectors: ArrayLike):
        rows = vectors if isinstance(vectors, np.ndarray) else np.asarray(vectors)
        if rows.ndim != 2 or not rows.size:
            raise ValueError(f"vectors must have two axes (rows, width), and a row, got shape {rows.shape}")
        blocks = (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
        parts = [self._coded(checked("vectors", block)) for block in blocks]
        self._take({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
        self.vectors: Vectors | None = rows

    @abstractmethod
    def _coded(self, vectors: Vectors) -> Arrays:
        """Return arrays with a row for each vector."""

    @abstractmethod
    def _take(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep the arrays of all vectors; KeyError or ValueError if they are not of this kind."""

    @abstractmethod
    def _arrays(self) -> Arrays:
        """Return what ``_take`` takes."""

    @abstractmethod
    def _rough(self, queries: Vectors) -> Rough:
        """Return what scores queries with some of the rows, the nearest highest, by codes alone."""

    @abstractmethod
    def _similarity(self, rough: NDArray[np.float32]) -> Scores:
        """Return which cosines such scores stand for."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """The number of vectors, and their width."""

    @property
    @abstractmethod
    def nbytes(self) -> int:
        """What the codes take in memory."""

    def nearest(
        self, queries: ArrayLike, k: int = 5, rerank: int = 4, *, exclude: ArrayLike | None = None
    ) -> tuple[Rows, NDArray[np.float32]]:
        """Return for each query (n, D) its k nearest rows, and their similarities, the best first.

        The codes propose the best ``rerank`` · k rows (ties in row order), among which the exact vectors
        decide: at ``rerank`` · k = m the result is that of ``vsaviz.nearest``. 0 takes what the codes say
        and gives the cosines that they stand for. ``exclude`` is as in ``vsaviz.nearest``.

        Raises
        ------
        ValueError
            If k is out of its range, shapes do not fit, or the vectors to re-rank with are missing.
        """
        queries = checked("queries", queries)
        m, width = self.shape
        if queries.shape[1] != width:
            raise ValueError(f"queries are {queries.shape[1]} wide but vectors {width}")
        if rerank < 0 or (rerank and self.vectors is None):
            raise ValueError(f"rerank must be 0, or more with load(file, vectors=...), got {rerank}")
        others = left_out(exclude, len(queries), m)
        spare = int((others >= 0).any())
        if not 1 <= k <= m - spare:
            raise ValueError(f"k must be in 1..{m - spare}, got {k}")
        indices = np.empty((len(queries), k), np.int64)
        similarities = np.empty((len(queries), k), np.float32)
        for start in range(0, len(queries), QUERIES):
            block = slice(start, start + QUERIES)
            rows, scores = self._proposed(queries[block], min(m, max(1, rerank) * k + spare))
            if rerank:
                rows, scores = self._reranked(queries[block], rows, k + spare)
            kept = without(rows[:, : k + spare], others[block], k)
            indices[block] = rows[:, : k + spare][kept].reshape(-1, k)
            similarities[block] = scores[:, : k + spare][kept].reshape(-1, k)
        return indices, similarities

    def _proposed(self, queries: Vectors, n_rows: int) -> tuple[Rows, Scores]:
        """Return the best rows of each query by the codes."""
        rough, n, m = self._rough(queries), len(queries), self.shape[0]
        rows = np.empty((n, n_rows), dtype=np.int64)
        scores = np.empty((n, n_rows), dtype=np.float32)
        crowded = np.ones(n, dtype=bool)
        if FEW_ROWS * n_rows < m:
            query, row, reached, crowded = candidates(rough, n, m, n_rows)
            first = first_pairs(n_rows, query, reached, row)
            rows[~crowded], scores[~crowded] = row[first], reached[first]
        for one in np.flatnonzero(crowded).tolist():
            of_all = self._rough(queries[one : one + 1])(slice(0, m))[0]
            rows[one] = best = largest(of_all, n_rows)
            scores[one] = of_all[best]
        return rows, self._similarity(scores)

    def _reranked(self, queries: Vectors, rows: Rows, k: int) -> tuple[Rows, Scores]:
        assert self.vectors is not None  # noqa: S101 - for the checker of types
        query = np.repeat(np.arange(len(queries)), rows.shape[1])
        scores = pair_scores(queries, self.vectors, query, rows.ravel())
        first = first_pairs(k, query, scores, rows.ravel())
        return rows.ravel()[first], scores[first]

    def save(self, file: str | PathLike[str]) -> None:
        """Write the codes, not the vectors, to a NumPy archive free of pickles."""
        with Path(file).open("wb") as stream:
            np.savez(stream, kind=np.array(self.name), allow_pickle=False, **self._arrays())

    @classmethod
    def load(cls, file: str | PathLike[str], vectors: Vectors | None = None) -> Self:
        """Return the codes that ``save`` wrote; ``vectors`` are those to re-rank with.

        Raises
        ------
        InputError
            If the file holds no such codes, or not of as many vectors.
        """
        one = cls.__new__(cls)
        try:
            with np.load(file, allow_pickle=False) as archive:
                if str(archive["kind"]) != cls.name:
                    raise InputError(f"{Path(file).name} holds {archive['kind']}, not {cls.name}")
                one._take(archive)
        except (KeyError, ValueError, zipfile.BadZipFile) as error:
            raise InputError(f"{Path(file).name} holds no codes of save(): {error}") from error
        if vectors is not None and vectors.shape != one.shape:
            raise InputError(f"{Path(file).name} is of {one.shape} vectors, but {vectors.shape} are given")
        one.vectors = vectors
        return one
