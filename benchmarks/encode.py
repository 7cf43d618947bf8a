"""How much faster the encoder is than the plain recursion M_key V(value) with dense matrices.

Both give the same rows, which is checked. The recursion takes one document at a time and multiplies by a
dense D×D matrix at every step; these are mbat's own operators written out. Matrices, atoms and weights
are ready before it is timed, whereas the encoder draws its atoms anew each time.

    python benchmarks/encode.py
"""

import argparse
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.made import LEAVES, made
from benchmarks.stages import timed
from vsaviz import features, schemes
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, Vocabulary
from vsaviz.features.constants import EMPTY_ARRAY, EMPTY_OBJECT, FALSE, NULL, PRESENT, TRUE
from vsaviz.features.paths import ARRAY, ITEM, Path, Role, at, collapsed, key
from vsaviz.features.readings import ARRAYS, read_arrays
from vsaviz.features.walk import Leaf, walk
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats

REPEATS = 3
READINGS = ("bag", "sequence")
HERE_ONLY = FeatureSettings(elsewhere=0.0)
"""The paper's recursion knows a leaf where it lies."""


class PlainRecursion:
    """V(document), one matrix-vector product a step, as one would write it down from the paper.

    An object is the sum over its keys of M_key V(value); an array is read as a bag and as a sequence, each
    with its share; a leaf is the weighted sum of its atoms. ``sample`` are the documents that it will be
    given: their leaves' weights are looked up, and matrices made beforehand.
    """

    def __init__(self, scheme: Scheme, vocabulary: Vocabulary, sample: list[Any]):
        settings = vocabulary.settings
        shares = ARRAYS[settings.arrays]
        self.balance = settings.balance
        self.readings = {name: getattr(shares, name) ** 0.5 for name in READINGS if getattr(shares, name)}
        self.known = vocabulary.features(sample)
        self.fixed, self.weights = vocabulary.fixed, vocabulary.weights
        self.sets = vocabulary.sets if shares.bag else frozenset()
        leaves = read_arrays(walk(sample, settings.balance), settings.arrays, self.fixed, self.sets)
        paths = [leaves.paths[place] for place in leaves.place.tolist()]
        self.row_of = {leaf: row for row, leaf in enumerate(zip(paths, leaves.values, strict=True))}
        self.atoms = scheme.atoms(self.known.atoms)
        self.matrices = {role: dense(scheme, role) for role in {role for path in paths for role in path}}
        self.products = 0
        """Matrix-vector products so far."""

    def __call__(self, document: Any) -> Floats:
        """Return the document's row (D,), of length 1."""
        vector = self._value(document, (), "")
        return vector / np.linalg.norm(vector)

    def _value(self, value: Any, path: Path, reading: str) -> Floats:
        """Return V(value); ``reading`` is that of the arrays around it, or "" outside arrays."""
        if isinstance(value, dict) and value:
            parts = [self._bound(role, child, path, reading) for role, child in _keyed(value)]
            return _added(parts) * np.float32(len(value) ** -self.balance)
        if isinstance(value, list) and value:
            items = self._array(value, path, reading) * np.float32(len(value) ** -self.balance)
            return items + self._leaf(PRESENT, path) if path and path[-1][0] == "key" else items
        return self._leaf(_leaf(value), path)

    def _array(self, values: list[Any], path: Path, reading: str) -> Floats:
        """Return M_array times both readings outside arrays, and the one reading within them."""
        inside = (*path, ARRAY)
        if reading or self._is_fixed(inside) or self._is_set(inside):
            return self._product(ARRAY, self._items(values, inside, reading))
        both = [
            self._items(values, inside, name) * np.float32(share) for name, share in self.readings.items()
        ]
        return self._product(ARRAY, _added(both))

    def _items(self, values: list[Any], path: Path, reading: str) -> Floats:
        if self._is_set(path) or (reading == "bag" and not self._is_fixed(path)):
            # All items have one matrix, so that one product does for their sum.
            return self._product(
                ITEM, _added([self._value(value, (*path, ITEM), reading) for value in values])
            )
        roles = map(at, range(len(values)))
        return _added(
            [self._bound(role, value, path, reading) for role, value in zip(roles, values, strict=True)]
        )

    def _is_fixed(self, array: Path) -> bool:
        """Whether positions in these arrays are names, which every reading keeps."""
        return collapsed(array, self.fixed) in self.fixed

    def _is_set(self, array: Path) -> bool:
        """Whether the order of these arrays says nothing."""
        return collapsed(array) in self.sets

    def _bound(self, role: Role, value: Any, path: Path, reading: str) -> Floats:
        return self._product(role, self._value(value, (*path, role), reading))

    def _product(self, role: Role, vector: Floats) -> Floats:
        self.products += 1
        bound: Floats = self.matrices[role] @ vector
        return bound

    def _leaf(self, leaf: Leaf, path: Path) -> Floats:
        row, T = self.row_of[path, leaf], self.known.T
        entries = slice(T.indptr[row], T.indptr[row + 1])
        atoms = self.known.feature_atom[T.indices[entries]]
        total: Floats = T.data[entries].astype(np.float32) @ self.atoms[atoms]
        return total * np.float32(self.weights.get(collapsed(path, self.fixed), 1.0))


def dense(scheme: Scheme, role: Role) -> Floats:
    """Return the matrix (D, D) by which binding with the role multiplies a column."""
    return np.ascontiguousarray(scheme.bind(role, np.eye(scheme.dimensions, dtype=np.float32)).T)


def _keyed(value: dict[str, Any]) -> list[tuple[Role, Any]]:
    return [(key(name), child) for name, child in value.items()]


def _added(vectors: list[Floats]) -> Floats:
    total = vectors[0].copy()
    for vector in vectors[1:]:
        total += vector
    return total


def _leaf(value: Any) -> Leaf:
    """Return the leaf as the table of leaves has it: constants stand as symbols, since True == 1."""
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if value is None:
        return NULL
    if isinstance(value, dict | list):
        return EMPTY_OBJECT if isinstance(value, dict) else EMPTY_ARRAY
    leaf: Leaf = value
    return leaf


@dataclass(frozen=True)
class Comparison:
    """What one run measured; times are seconds, medians of the repeats."""

    n: int
    sample: int
    dimensions: int
    fit: float
    """Fitting on all n documents, which gives their features too."""
    extract: float
    """Extracting the features of all n documents with a fitted vocabulary."""
    encode: float
    """From features to unit rows, for all n documents."""
    recursion: float
    """The plain recursion on one document, with one thread for BLAS or with all, whichever is faster."""
    one_thread: bool
    """Whether it was faster with one."""
    products: float
    """Matrix-vector products a document in the recursion."""
    least_cosine: float
    largest_difference: float

    @property
    def speed(self) -> float:
        """Documents encoded a second."""
        return self.n / self.encode

    @property
    def speed_of_transform(self) -> float:
        """Documents a second with extracting features counted."""
        return self.n / (self.extract + self.encode)

    @property
    def speed_of_recursion(self) -> float:
        """Documents a second of the plain recursion."""
        return 1 / self.recursion

    @property
    def ratio(self) -> float:
        """How many times faster encoding is."""
        return self.speed / self.speed_of_recursion

    @property
    def ratio_of_transform(self) -> float:
        """How many times faster extracting and encoding together are."""
        return self.speed_of_transform / self.speed_of_recursion


def compare(n: int = 5_000, sample: int = 150, dimensions: int = 1024, repeats: int = REPEATS) -> Comparison:
    """Encode n made documents and a sample of them by the recursion, taking turns, and check the rows.

    Raises
    ------
    AssertionError
        If the two ways do not give the same rows.
    """
    documents = made(n)
    chosen = np.linspace(0, n - 1, min(n, sample)).astype(int)
    some = [documents[row] for row in chosen]
    fit, (vocabulary, fitted) = timed(lambda: features.fit(documents, HERE_ONLY))
    recursion = PlainRecursion(_mbat(dimensions), vocabulary, some)
    extracts, encodes, seconds, plain = [], [], [], []
    fast = np.empty((0, dimensions), dtype=np.float32)
    for turn in np.array_split(np.arange(len(some)), repeats):
        extracts.append(timed(lambda: vocabulary.features(documents))[0])
        taken, fast = timed(lambda: encode(fitted, _mbat(dimensions)))
        encodes.append(taken)
        rows, times = _one_at_a_time(recursion, [some[row] for row in turn])
        plain += rows
        seconds += times
    cosine, difference = agreement(np.array(plain), fast[chosen])
    assert cosine > 0.9999, f"cosine {cosine}"  # noqa: S101
    assert difference < 1e-4, f"difference {difference}"  # noqa: S101
    one_thread, all_threads = np.median(seconds, axis=0).tolist()
    return Comparison(
        n=n,
        sample=len(some),
        dimensions=dimensions,
        fit=fit,
        extract=median(extracts),
        encode=median(encodes),
        recursion=min(one_thread, all_threads),
        one_thread=one_thread <= all_threads,
        products=recursion.products / len(some) / 2,
        least_cosine=cosine,
        largest_difference=difference,
    )


def agreement(plain: Floats, fast: Floats) -> tuple[float, float]:
    """Return the least cosine of two ways to encode the same documents, and the largest difference."""
    lengths = np.linalg.norm(plain, axis=1) * np.linalg.norm(fast, axis=1)
    cosines = np.einsum("ij,ij->i", plain, fast) / lengths
    return float(cosines.min()), float(np.abs(plain - fast).max())


def _mbat(dimensions: int) -> Scheme:
    return schemes.create("mbat", dimensions)


def _one_at_a_time(
    recursion: PlainRecursion, documents: list[Any]
) -> tuple[list[Floats], list[tuple[float, float]]]:
    """Return the documents' rows and, for each, its seconds with one thread for BLAS and with all.

    Where other processes hold the cores, threads that share a small product wait for each other.
    """
    with threadpool_limits(1, "blas"):
        singly = [timed(partial(recursion, document)) for document in documents]
    jointly = [timed(partial(recursion, document)) for document in documents]
    times = [(one, every) for (one, _), (every, _) in zip(singly, jointly, strict=True)]
    return [row for _, row in singly], times


def report(result: Comparison) -> str:
    """Return what was measured, and precisely what each figure counts."""
    r = result
    return f"""\
mbat, D={r.dimensions}, default settings, {r.n:,} made documents of {LEAVES} leaves; medians of one run

  fitting, apart (walk, fields, features, frequencies)  {r.fit:8.2f} s
  extracting features with a fitted vocabulary          {r.extract:8.2f} s
  encoding: features to unit rows, atoms drawn anew     {r.encode:8.2f} s

  documents a second
    encoder                                             {r.speed:8.0f}
    encoder, extracting features counted (transform)    {r.speed_of_transform:8.0f}
    plain recursion                                     {r.speed_of_recursion:8.1f}

  encoder / recursion                                   {r.ratio:8.0f} ×   (asked: 50 ×)
  transform / recursion                                 {r.ratio_of_transform:8.0f} ×

The recursion: {r.sample} of the documents, one at a time; {r.products:.0f} products of a dense float32 matrix
with a vector each, on numpy's BLAS with {"one thread" if r.one_thread else "all threads"}, the faster here.
Counted: walking the document, looking up and adding its leaves' atoms, the products, the norm.
Not counted: matrices, atoms and weights, which are ready before.
The encoder: all {r.n:,} documents at once on all cores.
Counted: everything after the features, drawing the roles and atoms too.
Same rows: least cosine {r.least_cosine:.7f}, largest difference {r.largest_difference:.1e}."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=5_000, help="made documents (default: 5000)")
    parser.add_argument("--sample", type=int, default=150, help="documents for the recursion (default: 150)")
    parser.add_argument("-D", "--dimensions", type=int, default=1024)
    options = parser.parse_args()
    print(report(compare(options.n, options.sample, options.dimensions)))


if __name__ == "__main__":
    main()
