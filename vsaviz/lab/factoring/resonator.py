"""Factoring: a product of unknown factors taken apart, by a resonator network and by its attention variant.

Each factor comes from a codebook of its own. All are guessed at once: a step unbinds the present guesses of
the other factors from the product, compares what is left with the codebook, and makes of the similarities
the weights of a new guess, x ← g(X w(Xᵀ (s ⊘ others))). The classic network takes them as they are (E. P.
Frady, S. J. Kent, B. A. Olshausen and F. T. Sommer, *Resonator Networks, 1*, 2020); the attention variant
takes softmax(β × similarities), the update of a Hopfield network with log-sum-exp energy (C. Yeung, P.
Poduval and M. Imani, *Self-Attention Based Semantic Decomposition in Vector Symbolic Architectures*, 2024). g
brings the guess back among the vectors: signs, phases, or spectra of magnitude 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from vsaviz import schemes
from vsaviz.lab.factoring.resonating import FAMILIES, UPDATES
from vsaviz.schemes.base import Native
from vsaviz.schemes.keyed import Floats
from vsaviz.schemes.vector_roles import VectorRoleScheme

SAME = 0.9
"""The similarity from which the product of the answers counts as the one asked for; others have about 0."""
GIVEN_UP = 0.5
"""A network has given up where it solves fewer."""


@dataclass(frozen=True)
class Problem:
    """Which products are to be factored, and how."""

    family: str = "MAP"
    factors: int = 3
    dimensions: int = 256
    size: int = 16
    """Vectors in each factor's codebook."""
    trials: int = 40
    """Products, each of random factors."""
    steps: int = 60
    """After so many the network stops."""
    sharpness: float = 1.0
    """β in multiples of √width: of one over the deviation of chance similarities."""
    together: bool = True
    """Whether all factors are updated from one state; else each from the others' newest guesses."""
    seed: int = 0


@dataclass(frozen=True)
class Factored:
    """What a network found of some products."""

    solved: NDArray[np.bool_]
    steps: NDArray[np.int64]
    """After how many steps the right factors were found; those allowed, where they were not."""


@dataclass(frozen=True)
class Network:
    """The codebooks of a problem, and its products."""

    problem: Problem
    scheme: VectorRoleScheme
    books: list[Native]
    """For each factor native vectors (size, D)."""
    lifted: list[Floats]
    """The same where sums are made."""
    rows: list[Floats]
    """The same as unit rows."""
    right: NDArray[np.int64]
    """The factors' numbers in their codebooks (trials, factors)."""
    products: Native

    @classmethod
    def drawn(cls, problem: Problem) -> "Network":
        """Return new codebooks and products."""
        kind = schemes.scheme_type(FAMILIES[problem.family].scheme)
        scheme = cast("VectorRoleScheme", kind(problem.dimensions, problem.seed))
        names = [[("factor", f, n) for n in range(problem.size)] for f in range(problem.factors)]
        books = [scheme.role_vectors(own) for own in names]
        chance = np.random.default_rng(problem.seed)
        right = chance.integers(problem.size, size=(problem.trials, problem.factors))
        products = _bound(scheme, [book[number] for book, number in zip(books, right.T, strict=True)])
        lifted = [scheme.lift(book).astype(np.float32) for book in books]
        return cls(problem, scheme, books, lifted, [scheme.embed(book) for book in books], right, products)

    def factored(self, update: str) -> Factored:
        """Return what one of ``UPDATES`` finds."""
        weighed, beta = UPDATES[update], self.problem.sharpness * self.scheme.width**0.5
        steps = np.full(self.problem.trials, self.problem.steps)
        solved = np.zeros(self.problem.trials, dtype=bool)
        left = np.arange(self.problem.trials)
        guesses = [
            np.repeat(self._settled(book.sum(axis=0)[None]), len(left), axis=0) for book in self.lifted
        ]
        for step in range(1, self.problem.steps + 1):
            best, guesses = self._stepped(guesses, self.products[left], lambda s: weighed(s, beta))
            done = self._makes(best, self.products[left])
            steps[left[done]] = step
            solved[left[done]] = (np.stack(best, axis=1)[done] == self.right[left[done]]).all(axis=1)
            left, guesses = left[~done], [guess[~done] for guess in guesses]
            if not len(left):
                break
        return Factored(solved, steps)

    def _stepped(
        self, guesses: list[Native], products: Native, weighed: Callable[[Floats], Floats]
    ) -> tuple[list[NDArray[np.int64]], list[Native]]:
        """Return the best of each codebook, and the new guesses."""
        made, best = list(guesses), []
        for f in range(self.problem.factors):
            known = guesses if self.problem.together else made
            others = _bound(self.scheme, [known[g] for g in range(self.problem.factors) if g != f])
            rest = self.scheme.embed(self.scheme.unbind_vectors(others, products))
            similarities = rest @ self.rows[f].T
            best.append(np.abs(similarities).argmax(axis=1))  # two guesses may have both turned their sign
            made[f] = self._settled(weighed(similarities) @ self.lifted[f])
        return best, made

    def _settled(self, sums: Floats) -> Native:
        return FAMILIES[self.problem.family].settled(self.scheme, sums)

    def _makes(self, best: list[NDArray[np.int64]], products: Native) -> NDArray[np.bool_]:
        """Return whether the best of each codebook make the product: that is known without the answer."""
        made = self.scheme.embed(
            _bound(self.scheme, [book[b] for book, b in zip(self.books, best, strict=True)])
        )
        makes: NDArray[np.bool_] = np.einsum("ij,ij->i", made, self.scheme.embed(products)) > SAME
        return makes


def _bound(scheme: VectorRoleScheme, vectors: Sequence[Native]) -> Native:
    bound = vectors[0]
    for other in vectors[1:]:
        bound = scheme.bind_vectors(bound, other)
    return bound
