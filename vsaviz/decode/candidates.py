"""The values that a vector may hold at a path, and how likely each is, before and after a look at it.

A vector is V = Σ_leaves κ B_path T_i A + noise. Unbound at a path and projected on the atoms there, the noise
of each is independent with variance 1/D, so that the likelihood of value i against none, of size κ, is
exp(D (κ c_i − κ²/2)) with c_i the cosine of what came out with the value; sizes are taken as they were in
the documents. What binding or bundling loses of a filler makes κ smaller; the scheme says how much.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.errors import InputError
from vsaviz.features import Vocabulary
from vsaviz.features.atoms import Symbol
from vsaviz.features.constants import as_json
from vsaviz.features.kept import Kept, Size
from vsaviz.features.kinds import NUMERIC, TEXTUAL
from vsaviz.features.near import near_names
from vsaviz.features.paths import ARRAY, ITEM, Path, collapsed, field_name
from vsaviz.features.readings import ARRAYS

Floats = NDArray[np.float64]

NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
"""Sizes of leaves are lognormal; nine nodes integrate over them."""

LEAST_CHANCE = 1e-6
"""Of nothing, where all documents have something."""

LEAST_DEVIATION = 0.1
"""Documents to come may be unlike those that were seen."""


@dataclass(frozen=True)
class Candidates:
    """What may stand at one path."""

    path: Path
    values: list[Any]
    """JSON values, or symbols of atoms where values were not kept."""
    T: sparse.csr_array
    """Values × atoms, rows of length 1."""
    atoms: list[Symbol]
    expected: Floats
    """How often a document is expected to have each value here."""
    bag: bool
    """Whether several may stand here, and any is right."""
    size: Size
    line: NDArray[np.int64]
    """The values that stand on a line, such as numbers, in its order."""

    @cached_property
    def log_expected(self) -> Floats:
        """The logarithm of ``expected``."""
        return np.asarray(np.log(np.maximum(self.expected, np.finfo(np.float64).tiny)))

    @cached_property
    def log_none(self) -> float:
        """The logarithm of how likely it is that nothing stands here."""
        return float(np.log(max(1 - float(self.expected.sum()), LEAST_CHANCE)))

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """For each value its place in ``line``, −1 where it has none."""
        ranks = np.full(len(self.values), -1, dtype=np.int64)
        ranks[self.line] = np.arange(len(self.line))
        return ranks

    def likelihoods(self, cosines: Floats, dimensions: float, kept: float) -> Floats:
        """Return for each value the log likelihood ratio, against none, of its cosine with what came out.

        ``kept`` is the cosine with which a lone filler comes back.
        """
        deviation = max(self.size.deviation, LEAST_DEVIATION)
        kappa = np.minimum(np.exp(self.size.mean + deviation * NODES), 1.0) * kept
        # What the leaf itself has of the vector is no noise.
        precision = dimensions / np.maximum(1 - kappa**2, 0.05)
        exponents = precision * (np.multiply.outer(cosines, kappa) - kappa**2 / 2)
        peak = exponents.max(axis=-1)
        weights = NODE_WEIGHTS / NODE_WEIGHTS.sum()
        found: Floats = peak + np.log(np.exp(exponents - peak[:, None]) @ weights)
        return found


def candidates(vocabulary: Vocabulary, path: Path) -> Candidates:
    """Return what may stand at a path.

    Raises
    ------
    InputError
        If the documents had no such path, or vectors do not hold it; near ones are named.
    """
    field = collapsed(path, vocabulary.fixed)
    known = vocabulary.kept.get(field)
    if known is None or not len(known.values):
        raise InputError(_missing(vocabulary, path))
    _check_reading(vocabulary, path, field)
    return written_at(vocabulary, path, field, known)


def written_at(vocabulary: Vocabulary, path: Path, field: Path, known: Kept) -> Candidates:
    """Return some values of a field as what may stand at one of its paths."""
    written = _themselves(known) if known.atoms else _written(vocabulary, path, known)
    share = vocabulary.fields[field].documents / (vocabulary.n_documents + 1)
    bag = known.atoms or ITEM in path
    occurrences = known.counts.sum() + known.others
    per = vocabulary.fields[field].documents if bag else occurrences
    if path != field:
        share /= 2  # whether this one position is filled is not known
    return Candidates(
        path=path,
        values=[value if known.atoms else as_json(value) for value in known.values],
        T=written[0],
        atoms=written[1],
        expected=known.counts / per * share,
        bag=bag,
        size=known.size if path == field else known.placed,
        line=_line(vocabulary, field, known),
    )


def _missing(vocabulary: Vocabulary, path: Path) -> str:
    names = {field.name for place, field in vocabulary.fields.items() if len(vocabulary.kept[place].values)}
    return f"no document has a value at {field_name(path)}; near: {near_names(field_name(path), names)}"


def _check_reading(vocabulary: Vocabulary, path: Path, field: Path) -> None:
    shares = ARRAYS[vocabulary.settings.arrays]
    if ITEM in path and not shares.bag:
        raise InputError(
            f"{field_name(path)}: arrays are read as sequences here; name a position, such as [0]"
        )
    sets = any(path[: i + 1] in vocabulary.sets for i, step in enumerate(path) if step == ARRAY)
    if path != field and (not shares.sequence or (sets and shares.bag)):
        raise InputError(f"{field_name(path)}: this array is read as a bag; give {field_name(field)}")
    if path != field and ITEM in path:
        raise InputError(f"{field_name(path)}: give a position everywhere, or [] everywhere")


def _written(vocabulary: Vocabulary, path: Path, known: Kept) -> tuple[sparse.csr_array, list[Symbol]]:
    features = vocabulary.written(path, known.values)
    return _unit_rows(features.T), [features.atoms[atom] for atom in features.feature_atom.tolist()]


def _themselves(known: Kept) -> tuple[sparse.csr_array, list[Symbol]]:
    """Return atoms as rows of their own."""
    return sparse.eye_array(len(known.values), format="csr"), list(known.values)


def _unit_rows(T: sparse.csr_array) -> sparse.csr_array:
    lengths = np.sqrt(np.asarray(T.multiply(T).sum(axis=1)).ravel())
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return (sparse.diags_array(scale) @ T.astype(np.float64)).tocsr()


def _line(vocabulary: Vocabulary, field: Path, known: Kept) -> NDArray[np.int64]:
    """Return the values that their kind places on a line, in its order."""
    codings = vocabulary.codings.get(field)
    places: dict[int, float] = {}
    for row, value in enumerate(() if known.atoms or codings is None else known.values):
        coding = codings and (codings.text if isinstance(value, str) else codings.number)
        if coding and not isinstance(value, tuple):
            kind = (TEXTUAL if isinstance(value, str) else NUMERIC)[coding.kind]
            reading = kind.read(value)
            place = None if reading is None else kind.place(reading)
            if place is not None:
                places[row] = place
    return np.array(sorted(places, key=lambda row: places[row]), dtype=np.int64)


def posterior(of: Candidates, likelihoods: Floats) -> Floats:
    """Return the probability of each value, where one of them or none stands there."""
    odds = likelihoods + of.log_expected
    peak = max(float(odds.max()), of.log_none)
    weights = np.exp(odds - peak)
    shares: Floats = weights / (weights.sum() + np.exp(of.log_none - peak))
    return shares
