"""How many exact neighbours stay neighbours at a dimension, from the features alone: no vector is computed.

Let R have independent columns of variance 1/D, so that V = S R. With u along V_q, the part of V_i along u is
c_i |V_q| + η_i √(1 − c_i²)/√D, where c_i is the exact cosine of i with q, and the η are standard normal with
the correlations that the rows of S have once q is taken out of them. Across u the squared length is
(1 − c_i²)(1 + ε_i √(2/D)), where the ε have the squares of these correlations. Documents are thus ranked by

    (c_i / √(1 − c_i²) + η_i/√D) exp(−ε_i/√(2D)),

the cotangent of their angle with q. All the noise comes from a few draws of one number a feature, x = S g:
documents that share features have noise in common, and one set of draws serves every D.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Features

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

K = 10
NEAR_ENOUGH = 0.02
"""A neighbour is kept if its exact similarity is at most this below the exact tenth."""
QUERIES, DRAWS = 64, 12
ROWS_AT_ONCE = 2048
CANDIDATES = 4000
"""The nearest documents in the limit, among which neighbours are looked for."""
SAME = 1 - 1e-9


@dataclass(frozen=True)
class Keeping:
    """Some documents of a collection as queries, with all that their neighbours depend on."""

    queries: Ints
    """Their rows, (m,)."""
    exact: Floats
    """The exact kernel of all documents with the queries, (n, m)."""
    limit: Floats
    """What a scheme's cosines tend to, (n, m): the same unless paths collide."""
    noise: Floats
    """Draws of one number a document, with the limit's own correlations, (n, DRAWS)."""

    @property
    def k(self) -> int:
        """The number of neighbours that are looked for."""
        return min(K, len(self.exact) - 1)

    @cached_property
    def tenth(self) -> float:
        """The mean exact cosine of the last of the exact neighbours."""
        return float(np.mean([one.tenth for one in self._asked]))

    @cached_property
    def _asked(self) -> list["_Asked"]:
        return [_asked(self, number) for number in range(len(self.queries))]

    def share(self, dimensions: float) -> float:
        """Return the expected share of neighbours that are exact ones, at this many ideal dimensions.

        ``inf`` gives what is left of them however many there are.
        """
        return float(np.mean([self._share(one, dimensions) for one in self._asked]))

    def _share(self, one: "_Asked", dimensions: float) -> float:
        ranking = one.cosines[:, None]
        if np.isfinite(dimensions):
            ranking = self._ranking(one.among, one.cosines, one.query, dimensions)
        return float(one.near[np.argpartition(ranking, -self.k, axis=0)[-self.k :]].mean())

    def _ranking(self, among: Ints, cosines: Floats, query: int, dimensions: float) -> Floats:
        """Return what documents are ranked by, once for each draw: (n, DRAWS)."""
        c = cosines[:, None]
        across = np.sqrt(1 - c**2)
        eta = (self.noise[among] - c * self.noise[query]) / across
        eta[among == query] = 0
        squares, others = eta**2, eta.shape[1] - 1
        epsilon = (squares.sum(axis=1, keepdims=True) - squares - others) / np.sqrt(2 * others)
        ranking: Floats = (c / across + eta / np.sqrt(dimensions)) * np.exp(
            -epsilon / np.sqrt(2 * dimensions)
        )
        return ranking


@dataclass(frozen=True)
class _Asked:
    """One query, and the documents among which its neighbours are looked for."""

    query: int
    among: Ints
    cosines: Floats
    """In the limit."""
    near: NDArray[np.bool_]
    """Whether each is near enough in the exact kernel."""
    tenth: float


def _asked(found: Keeping, number: int) -> _Asked:
    query = int(found.queries[number])
    exact, cosines = found.exact[:, number].copy(), found.limit[:, number].clip(-SAME, SAME)
    exact[query], cosines[query] = -np.inf, -SAME
    tenth = float(np.partition(exact, -found.k)[-found.k])
    among = np.arange(len(cosines))
    if len(cosines) > CANDIDATES:
        among = np.argpartition(cosines, -CANDIDATES)[-CANDIDATES:]
    return _Asked(query, among, cosines[among], exact[among] >= tenth - NEAR_ENOUGH, tenth)


def keeping(
    features: Features,
    seen: sparse.csr_array | None = None,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> Keeping:
    """Return the neighbours of some documents as far as features tell, the same in any order of documents.

    ``seen`` (features × features) turns rows of S into those that a scheme tends to see. ``progress`` is told
    the share that is done.

    Raises
    ------
    ValueError
        If there are fewer than two documents.
    """
    n = features.n_documents
    if n < 2:
        raise ValueError(f"neighbours need at least 2 documents, got {n}")
    rng = np.random.default_rng(seed)
    queries = sampled(features, QUERIES, rng)
    own = _unit_rows(features.L[queries].astype(np.float64) @ features.T)
    columns = _drawn(features, rng)
    found: list[tuple[Floats, Floats, Floats]] = []
    for start in range(0, n, ROWS_AT_ONCE):
        S = features.matrix(slice(start, start + ROWS_AT_ONCE))
        exact = (S @ own.T).toarray()
        if seen is None:
            found.append((exact, exact, S @ columns))
        else:
            S = _unit_rows(S @ seen)
            found.append((exact, (S @ _unit_rows(own @ seen).T).toarray(), S @ columns))
        if progress:
            progress(min(start + ROWS_AT_ONCE, n) / n)
    return Keeping(queries, *(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _unit_rows(S: sparse.csr_array) -> sparse.csr_array:
    lengths = np.sqrt(np.asarray(S.multiply(S).sum(axis=1)))
    return sparse.diags_array(1 / np.where(lengths > 0, lengths, 1.0)) @ S


def _drawn(features: Features, rng: np.random.Generator) -> Floats:
    """Return normal numbers for each feature, the same however documents are ordered."""
    columns = np.empty((len(features.keys), DRAWS))
    columns[np.argsort(features.keys)] = rng.standard_normal(columns.shape)
    return columns


def sampled(features: Features, most: int, rng: np.random.Generator) -> Ints:
    """Return the rows of at most ``most`` documents: the same documents however they are ordered."""
    n = features.n_documents
    chosen = np.sort(rng.choice(n, most, replace=False)) if n > most else np.arange(n)
    return arranged(features)[chosen]


def arranged(features: Features) -> Ints:
    """Return all rows in an order that hangs on what documents hold, and not on where they lie."""
    leaves = _summed(features.keys[features.T.indices], features.T.indptr)
    rows: Ints = np.argsort(_summed(leaves[features.L.indices], features.L.indptr), kind="stable")
    return rows


def _summed(keys: NDArray[np.uint64], ends: Ints) -> NDArray[np.uint64]:
    """Return the sums of the keys of each row, modulo 2^64."""
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(keys, dtype=np.uint64)])
    return sums[ends[1:]] - sums[ends[:-1]]
