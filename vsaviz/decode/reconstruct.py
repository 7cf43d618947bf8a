"""A whole document read back out of its vector, best first: what is explained is subtracted before going on.

Each round looks at every place where something may stand, takes the values that are more likely there than
not and among the largest, and fits the sizes of all that were found to the vector by least squares; what
they leave goes into the next round. In the end each leaf is decoded once more with all others subtracted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from vsaviz.decode.assemble import assembled
from vsaviz.decode.candidates import posterior
from vsaviz.decode.places import Place, Places
from vsaviz.decode.readout import Readout
from vsaviz.decode.values import Decoded, with_those_beside
from vsaviz.errors import InputError
from vsaviz.features import Vocabulary
from vsaviz.features.constants import PRESENT
from vsaviz.features.paths import Path, field_name
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats

Numbers = NDArray[np.float64]

MOST_LEAVES = 1_000
TOGETHER = 0.5
"""Leaves at least this large, against the largest, are taken in the same round."""

NEAREST = 24
"""Values that are compared exactly where little else is left than one leaf."""

NEAR = 0.03
"""How much less their cosine may be than that of the best."""

CLEAR = 0.5
"""The cosine from which on that is so."""

FAINT = 0.25
"""What is smaller than this, against what leaves there are like, is none."""

NOTHING = 1e-4
"""Where no more than this is left of a vector's length, all is explained."""

LEAST_NOISE = 1e-5
"""Of the squared length; the noise of float32."""

SWEEPS = 3
"""How often all leaves are decoded once more in the end."""


@dataclass(frozen=True)
class Recovered:
    """One leaf of a document that was read back."""

    path: Path
    field: str
    """The path as it is printed."""
    decoded: Decoded
    share: float
    """What the leaf has of the vector's squared length."""


@dataclass(frozen=True)
class Reconstruction:
    """A document as a vector tells it."""

    document: Any
    leaves: list[Recovered]
    """The largest first."""
    explained: float
    """What all leaves together have of the vector's squared length."""


class Reconstructor:
    """Reads documents back out of vectors, from these and the fitted vocabulary alone.

    Raises
    ------
    InputError
        If vectors are no plain sums, or are not made with weights="record" and kept values.
    """

    def __init__(self, vocabulary: Vocabulary, scheme: Scheme):
        settings = vocabulary.settings
        if not scheme.linear or scheme.whole:
            raise InputError(
                f"{scheme.name}: its bundles are rounded, so that nothing can be subtracted; choose a scheme "
                "whose bundles are sums, such as mbat"
            )
        if settings.weights != "record" or not settings.keep_values:
            raise InputError('documents are read back with weights="record" and keep_values=True; fit so')
        self._places = Places(vocabulary)
        self._readout = Readout(scheme, self._places.atoms)

    def read(self, vector: Floats) -> Reconstruction:
        """Return the document that a vector (width,) tells."""
        reader = _Reader(self._places, self._readout, np.asarray(vector, dtype=np.float64))
        reader.read()
        self._readout.forget()
        return reader.told()


class _Reader:
    """What was found so far, and what it leaves of the vector."""

    def __init__(self, places: Places, readout: Readout, vector: Numbers):
        self._places = places
        self._readout = readout
        self._vector = vector
        self._found: list[tuple[Place, int]] = []
        self._rows = np.empty((0, len(vector)))
        self._sizes: Numbers = np.empty(0)
        self._decoded: list[Decoded] = []

    def read(self) -> None:
        """Find leaves, and decode them once more, until nothing changes."""
        for _ in range(SWEEPS):
            self._find()
            before = list(self._found)
            if not before:
                break
            self._once_more()
            self._drop_faint()
            if self._found == before:
                break

    def _find(self) -> None:
        """Find leaves until no place holds one more likely than not."""
        while len(self._found) < MOST_LEAVES:
            left, places = self._left, self._places.open(self._found)
            length = float(np.linalg.norm(left))
            if not places or length <= NOTHING * np.linalg.norm(self._vector):
                break
            sure = []
            for place, projected in zip(places, self._readout.projected(left, places), strict=True):
                cosines = place.of.T @ projected / length
                odds, row = self._odds(place, cosines, length)
                if odds > 0 and cosines[row] > 0:
                    sure.append((float(cosines[row]), place, row))
            if not sure:
                break
            least = TOGETHER * max(cosine for cosine, _, _ in sure)
            self._take([(place, row) for cosine, place, row in sure if cosine >= least])

    def _drop_faint(self) -> None:
        """Forget what was taken for a leaf as long as others were missing."""
        kept = [
            i
            for i, (place, _) in enumerate(self._found)
            if self._sizes[i] > FAINT * np.exp(place.of.size.mean - 2 * place.of.size.deviation)
        ]
        self._found = [self._found[i] for i in kept]
        self._decoded = [self._decoded[i] for i in kept]
        self._rows = self._rows[kept]
        self._fit()

    @property
    def _left(self) -> Numbers:
        left: Numbers = self._vector - self._sizes @ self._rows
        return left

    def _odds(self, place: Place, cosines: Numbers, length: float) -> tuple[float, int]:
        """Return the log odds that something stands at a place, and the likeliest value."""
        weights = self._likelihoods(place, cosines, length) + place.of.log_expected
        return float(logsumexp(weights) - place.of.log_none), int(weights.argmax())

    def _likelihoods(self, place: Place, cosines: Numbers, length: float) -> Numbers:
        scheme = self._readout.scheme
        kept = scheme.returned(len(place.path)) / length
        return place.of.likelihoods(cosines, scheme.width, kept)

    def _take(self, chosen: Sequence[tuple[Place, int]]) -> None:
        self._found += chosen
        self._rows = np.concatenate([self._rows, [self._readout.row(place, row) for place, row in chosen]])
        self._fit()

    def _fit(self) -> None:
        gram = self._rows @ self._rows.T
        self._sizes = np.asarray(np.linalg.lstsq(gram, self._rows @ self._vector, rcond=None)[0])

    def _once_more(self) -> None:
        """Decode each leaf with all others subtracted."""
        left = self._left
        projected = self._readout.projected(left, [place for place, _ in self._found])
        again = []
        self._decoded = []
        for i, own in enumerate(self._readout.own(self._found)):
            place, _ = self._found[i]
            alone = left + self._sizes[i] * self._rows[i]
            length = float(np.linalg.norm(alone))
            cosines = place.of.T @ (projected[i] + self._sizes[i] * own) / length
            chances = self._chances(place, cosines, alone / length, length)
            others = [leaf for j, (spot, leaf) in enumerate(self._found) if spot is place and j != i]
            chances[others] = 0
            again.append((place, int(chances.argmax())))
            self._decoded.append(with_those_beside(place.of, again[-1][1], chances, cosines, set()))
        self._found = again
        self._rows = np.stack([self._readout.row(place, leaf) for place, leaf in again])
        self._fit()

    def _chances(self, place: Place, cosines: Numbers, alone: Numbers, length: float) -> Numbers:
        """Return how likely each value is where little else is left than one leaf; sets their cosines.

        Atoms are only nearly orthogonal: what a value has on those of others is noise as large as what tells
        near values apart. The nearest ones are therefore compared as they stand in vectors.
        """
        likelihoods = self._likelihoods(place, cosines, length)
        nearest = np.argsort(-cosines)[:NEAREST]
        nearest = nearest[cosines[nearest] > cosines[nearest[0]] - NEAR]
        if cosines[nearest[0]] > CLEAR:
            cosines[nearest] = [self._readout.row(place, leaf) @ alone for leaf in nearest.tolist()]
            noise = max(1 - float(cosines[nearest].max()) ** 2, LEAST_NOISE)
            likelihoods[:] = -np.inf
            likelihoods[nearest] = self._readout.scheme.width * cosines[nearest] ** 2 / (2 * noise)
        return posterior(place.of, likelihoods)

    def told(self) -> Reconstruction:
        """Return what was found."""
        total = float(self._vector @ self._vector) or 1.0
        leaves = [
            Recovered(place.path, field_name(place.path), decoded, float(size**2 / total))
            for (place, row), decoded, size in zip(self._found, self._decoded, self._sizes, strict=True)
            if place.leaves[row] != PRESENT
        ]
        leaves.sort(key=lambda leaf: -leaf.share)
        left = self._left
        arrays = [place.path for place, row in self._found if place.leaves[row] == PRESENT]
        document = assembled([(leaf.path, leaf.decoded.value) for leaf in leaves], arrays)
        return Reconstruction(document, leaves, 1 - float(left @ left) / total)
