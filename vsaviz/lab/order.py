"""Pairs of documents that differ in order, place or kind alone, and what each scheme makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.encoding import encode
from vsaviz.features import Features, FeatureSettings, fit
from vsaviz.lab.affordable import affordable
from vsaviz.lab.collisions import SAME
from vsaviz.schemes import Scheme

Floats = NDArray[np.float64]
Progress = Callable[[float], None]

SETTINGS = FeatureSettings(
    arrays="sequence",
    numbers="exact",
    strings="exact",
    structure=0.0,
    elsewhere=0.0,
    balance=0.0,
    weights="record",
)
"""Nothing is soft here: each leaf is one atom bound along its path, in full, so that a cosine says whether
paths and values are told apart, and nothing else."""


@dataclass(frozen=True)
class Pair:
    """Two documents, what is different in them, and what a scheme's own algebra makes of that."""

    title: str
    one: Any
    other: Any
    stated: Callable[[type[Scheme]], float] | None = None
    """The cosine that follows from a scheme's stated properties, where these are enough."""


@dataclass(frozen=True)
class Told:
    """The cosines of some pairs under some schemes."""

    schemes: tuple[str, ...]
    dimensions: tuple[int, ...]
    """The D of each scheme."""
    exact: Floats
    """The exact kernel, (pairs,)."""
    cosines: Floats
    """(pairs, schemes)."""
    stated: Floats
    """What follows from a scheme's stated properties, (pairs, schemes); NaN where that is not simple."""

    def beside(self, other: "Told") -> "Told":
        """Return these pairs and then those of another table of the same schemes."""
        return replace(
            self,
            exact=np.concatenate([self.exact, other.exact]),
            cosines=np.concatenate([self.cosines, other.cosines]),
            stated=np.concatenate([self.stated, other.stated]),
        )

    @property
    def mixed_up(self) -> NDArray[np.bool_]:
        """Where a scheme says that two documents are the same and the exact kernel does not."""
        return (self.cosines > SAME) & (self.exact <= SAME)[:, None]


def _swapped(kind: type[Scheme]) -> float:
    return 1.0 if kind.commutative else kind.swapped


def _doubled(kind: type[Scheme]) -> float:
    """Return what a path with a step twice is to the same without: where steps commute, also apart."""
    return kind.doubled


def _cancelled(kind: type[Scheme]) -> float:
    """Return what two different doubled steps are to each other: each is that much like the root."""
    return kind.doubled**2


PAIRS = (
    Pair("keys swapped", {"a": {"b": "x"}}, {"b": {"a": "x"}}, _swapped),
    Pair("a key in itself, and at the root", {"a": {"a": "x"}}, "x", _doubled),
    Pair("a key in itself, and another", {"a": {"a": "x"}}, {"b": {"b": "x"}}, _cancelled),
    Pair("the same key twice on the way", {"a": {"b": {"a": "x"}}}, {"b": "x"}, _doubled),
    Pair("nested arrays", [["a", "b"], ["c", "d"]], [["a", "c"], ["b", "d"]]),
    Pair("items [i][i]", [["p", "b"], ["c", "q"]], [["q", "b"], ["c", "p"]]),
    Pair("a repeated item", [1, 1, 2], [1, 2]),
    Pair("two items swapped", [1, 2], [2, 1]),
    Pair("number and text", {"a": 1}, {"a": "1"}),
    Pair("true and its name", {"a": True}, {"a": "true"}),
    Pair("null and absent", {"a": 1, "b": None}, {"a": 1}),
    Pair("empty text and absent", {"a": 1, "b": ""}, {"a": 1}),
    Pair("empty object, empty array", {"a": {}}, {"a": []}),
)


@dataclass(frozen=True)
class Asked:
    """The schemes that are asked, and how."""

    schemes: tuple[str, ...] = ("mbat", "permutation", "map-i", "hrr", "bsc")
    dimensions: int = 1024
    arrays: str = SETTINGS.arrays
    seed: int = 0


def tell(pairs: Sequence[Pair], asked: Asked, progress: Progress | None = None) -> Told:
    """Return the cosine of each pair under each scheme, beside the exact kernel.

    Each pair is a collection of its own: what one holds changes nothing in another. Schemes with a dense
    matrix for each role are taken at D = 256 at most. ``progress`` is told the share that is done.
    """
    made = [affordable(name, asked.dimensions, asked.seed) for name in asked.schemes]
    settings = replace(SETTINGS, arrays=asked.arrays)
    exact, cosines = np.zeros(len(pairs)), np.zeros((len(pairs), len(made)))
    for row, pair in enumerate(pairs):
        features = fit([pair.one, pair.other], settings)[1]
        exact[row] = _exact(features)
        for column, scheme in enumerate(made):
            one, other = encode(features, scheme)
            cosines[row, column] = one @ other
            if progress:
                progress((row + (column + 1) / len(made)) / len(pairs))
    stated = [[pair.stated(type(scheme)) if pair.stated else np.nan for scheme in made] for pair in pairs]
    at = tuple(scheme.dimensions for scheme in made)
    return Told(asked.schemes, at, exact, cosines, np.array(stated).reshape(cosines.shape))


def _exact(features: Features) -> float:
    S = features.matrix()
    return float((S @ S.T).toarray()[0, 1])
