"""What Compare computes from a view and some settings, each piece once, and kept in the session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from vsaviz import features, schemes
from vsaviz.encoding import encode
from vsaviz.features import Features, FeatureSettings
from vsaviz.lab.comparing.agreement import Agreement, Aligned, Profile, agreement, aligned, profile
from vsaviz.lab.comparing.exact import Kernel, exact_kernel, mixed_kernel, mixed_paths
from vsaviz.lab.comparing.fidelity import sampled
from vsaviz.lab.comparing.reading import Case, is_first, mixed_fields, mixing
from vsaviz.project import Projection, projection
from vsaviz.schemes.keyed import Floats
from vsaviz.ui.comparing.address import MOST, told, unusual
from vsaviz.ui.encoding import Encoding
from vsaviz.ui.memory import known, remembered
from vsaviz.ui.parts import working
from vsaviz.ui.view import View

AT_MOST = 2_000
"""Documents that are compared; of more, a random sample of so many."""
ASKED = 500
"""Of these, how many are asked about all the others for the rank correlation and the alignment of kernels."""
KEPT = 2 * MOST

Made = TypeVar("Made")


@dataclass(frozen=True)
class Compared:
    """The settings, and the documents under them: ``rows`` are those of a sample where there are many."""

    view: View
    encodings: tuple[Encoding, ...]
    rows: NDArray[np.int64] = field(repr=False)

    @property
    def labels(self) -> list[str]:
        """The settings as people read them, numbered."""
        return [f"{number}  {told(one)}" for number, one in enumerate(self.encodings, start=1)]

    @property
    def is_sample(self) -> bool:
        """Whether some documents are left out."""
        return len(self.rows) < len(self.view.documents)

    @property
    def settings(self) -> list[FeatureSettings]:
        """The different ways to make features: each has an exact kernel of its own."""
        return list(dict.fromkeys(one.features for one in self.encodings))

    def features(self, settings: FeatureSettings) -> Features:
        """Return the features of the compared documents."""
        if not self.is_sample and settings == self.view.choice.first.features:
            return self.view.features
        return self._kept("features", settings, lambda: self._part(settings), MOST)

    def _part(self, settings: FeatureSettings) -> Features:
        """Return features as all documents weigh them, of those that are compared."""
        if settings == self.view.choice.first.features:
            return self.view.features.of(self.rows.tolist())
        plain = replace(settings, field_weights=())
        with working(self.view.slot, f"Reading the features of {len(self.view.documents):,} documents"):
            vocabulary, extracted = features.fit(self.view.documents, plain)
        if settings.field_weights:
            extracted = vocabulary.weighing(extracted, dict(settings.field_weights))[1]
        return extracted.of(self.rows.tolist()) if self.is_sample else extracted

    def vectors(self, one: Encoding) -> Floats:
        """Return the vectors of the compared documents."""
        if one == self.view.choice.first:
            return self.view.vectors[self.rows] if self.is_sample else self.view.vectors

        def make() -> Floats:
            scheme = schemes.create(one.scheme, one.dimensions, one.seed)
            with working(self.view.slot, f"Encoding with {told(one)}") as report:
                return encode(self.features(one.features), scheme, report)

        return self._kept("vectors", one, make, MOST + 1)

    def places(self, one: Encoding, method: str) -> Projection:
        """Return where the documents lie on the map of an encoding, before it is laid over another."""
        shared = ("projection", (self.view.loaded.key, one, method))
        if not self.is_sample and one == self.view.choice.first and known(*shared):
            return self.view.projected(one, method)

        def make() -> Projection:
            with working(self.view.slot, f"Projecting {told(one)} with {method}"):
                return projection(self.vectors(one), method, one.seed)

        return self._kept("places", (one, method), make)

    def maps(self, method: str) -> list[Aligned]:
        """Return all maps, each laid over the first."""
        first = self.places(self.encodings[0], method).points
        return [aligned(self.places(one, method).points, first) for one in self.encodings]

    def exact(self, settings: FeatureSettings) -> Kernel:
        """Return the exact kernel of the compared documents."""
        with working(self.view.slot, "Computing the exact kernel"):
            return self._kept("exact", settings, lambda: exact_kernel(self.features(settings)), 2)

    def similarities(self, one: Encoding, row: int) -> Floats:
        """Return the similarity of one of the compared documents with each."""
        vectors = self.vectors(one)
        products: Floats = vectors @ vectors[row]
        return products

    def exact_row(self, row: int) -> Floats:
        """Return the exact similarity of one of the compared documents with each, by the first's features."""
        S = self.features(self.encodings[0].features).matrix().tocsr()
        own = S[slice(row, row + 1)].toarray().ravel()
        products: Floats = (S @ own).astype(np.float32)
        return products

    def place(self, row: int | None) -> int | None:
        """Return where a document of the collection stands among the compared; None where it does not."""
        found = np.flatnonzero(self.rows == (-1 if row is None else row)).tolist()
        return int(found[0]) if found else None

    def agreement(self) -> Agreement:
        """Return how far the settings agree with each other, and then with each of their exact kernels."""
        asked = sampled(len(self.rows), ASKED)

        def of(one: Encoding) -> Profile:
            def make() -> Profile:
                vectors = self.vectors(one)
                return profile(vectors @ vectors.T, asked)

            return self._kept("profile", one, make)

        def of_exact(settings: FeatureSettings) -> Profile:
            return self._kept("exact profile", settings, lambda: profile(self.exact(settings), asked))

        key = self.encodings
        return self._kept(
            "agreement",
            key,
            lambda: agreement([*map(of, self.encodings), *map(of_exact, self.settings)]),
        )

    def cases(self) -> list[Case]:
        """Return what each setting does to first neighbours, against its own exact kernel."""
        return [self._kept("case", one, partial(self._case, one)) for one in self.encodings]

    def _case(self, one: Encoding) -> Case:
        more = ", ".join(f"{name} {value}" for name, value in unusual(one).items())
        label = f"{one.scheme} at D={one.dimensions:,}" + (f" ({more})" if more else "")
        n = len(self.rows)
        if n < 2:
            return Case(label, one.scheme, n, 0)
        vectors = self.vectors(one)
        products = vectors @ vectors.T
        np.fill_diagonal(products, -np.inf)
        chosen = products.argmax(axis=1)
        part, exact = self.features(one.features), self.exact(one.features)
        elsewhere = ~is_first(exact, chosen)
        first = mixed_paths(part, one.scheme, one.dimensions, one.seed)
        if (first == np.arange(len(first))).all():
            return Case(label, one.scheme, n, int(elsewhere.sum()))
        mixed = self._kept("mixed", (one.features, first.tobytes()), lambda: mixed_kernel(part, first), 2)
        found = mixing(exact, mixed, chosen, mixed_fields(part, first))
        return Case(label, one.scheme, n, int(elsewhere.sum()), found)

    def _kept(self, kind: str, key: object, make: Callable[[], Made], most: int = KEPT) -> Made:
        return remembered(f"compared {kind}", (self.view.loaded.key, key), make, most)


def compared(view: View, encodings: Sequence[Encoding]) -> Compared:
    """Return a comparison of settings on the documents of a view, with the weights of fields set by hand."""
    weights = view.choice.first.features.field_weights
    weighed = tuple(replace(one, features=replace(one.features, field_weights=weights)) for one in encodings)
    return Compared(view, weighed, sampled(len(view.documents), AT_MOST))
