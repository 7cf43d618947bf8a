"""What a scheme's D is worth: the D of ideal noise, of variance 1/D, with which it errs as much."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features import Features
from vsaviz.features.constants import PRESENT
from vsaviz.features.paths import Path
from vsaviz.lab.advice.keeping import sampled
from vsaviz.lab.collisions import collisions
from vsaviz.schemes import Scheme, scheme_type
from vsaviz.schemes.base import Native
from vsaviz.trie import Trie

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DOCUMENTS, PATH_PAIRS = 64, 4000
"""How many are looked at to learn which steps two features have in common."""
BUNDLES, BUNDLED, POOL, TRIED = 120, 32, 4096, 512
"""Pairs of bundles, atoms that they share, atoms from which these are chosen, and D, by which the noise of
bundling is tried."""
AROUND = 0.1
TRIED_LENGTHS = 256
EVEN = 0.5
"""Lengths that differ by less than this change who is near whom by little: they are read as all 1."""


def worth(scheme: str, features: Features, cosine: float, seed: int = 0) -> float:
    """Return ideal dimensions per dimension of a scheme, for similarities of these documents near ``cosine``.

    Every column of an isometric, linear scheme is worth one. Binding that is not isometric multiplies the
    variance of x·y by 1/returned(m)² where x and y have m steps in common: 2^m for ``hrr``. What a bundle
    loses that is no plain sum is tried on bundles of random atoms, not known in closed form for every scheme.
    """
    kind = scheme_type(scheme)
    made = _tried(scheme, seed)
    columns = made.width / made.dimensions
    bundled = 1.0 if made.linear else _bundled(scheme, round(min(max(cosine, AROUND), 0.9 - AROUND), 1), seed)
    bound = 1.0 if made.isometric else _bound(kind, features, seed)
    return columns * bundled / bound


def _tried(name: str, seed: int) -> Scheme:
    kind = scheme_type(name)
    return kind(kind.dimensions_near(TRIED)[0], seed)


def seen(scheme: str, features: Features, seed: int = 0) -> sparse.csr_array | None:
    """Return how a scheme tends to see S, as a matrix (features × features); None where it sees S as it is.

    Features whose paths it cannot tell apart fall together in one column. Where binding makes lengths
    smaller, deep features count less.
    """
    kind = scheme_type(scheme)
    group = np.arange(len(features.paths))
    if kind.commutative:
        for one, other in collisions(scheme, features.paths, seed=seed):
            group[group == group[one]] = group[other]
    lengths = np.ones(len(group)) if kind.isometric else _lengths(kind, features.paths, seed)
    if len(np.unique(group)) == len(group) and np.ptp(lengths) < EVEN:
        return None
    n, order = len(features.feature_atom), np.argsort(features.keys)
    same = group[features.feature_path] * len(features.atoms) + features.feature_atom
    _, first, which = np.unique(same[order], return_index=True, return_inverse=True)
    column = np.empty(n, dtype=np.int64)
    column[order] = order[first][which]
    scale = lengths[features.feature_path]
    return sparse.csr_array((scale, (np.arange(n), column)), shape=(n, n))


def _lengths(kind: type[Scheme], paths: Sequence[Path], seed: int) -> Floats:
    """Return by how much binding along paths changes lengths: the mean of all that are equally deep."""
    scheme = kind(kind.dimensions_near(TRIED_LENGTHS)[0], seed)
    rows = np.repeat(scheme.lift(scheme.atoms([PRESENT])).astype(np.float64), len(paths), axis=0)
    before = np.linalg.norm(scheme.unfold(rows), axis=1)
    after = np.linalg.norm(scheme.unfold(bound_along(scheme, paths, rows)), axis=1)
    depth = np.array([len(path) for path in paths])
    sums, counts = np.bincount(depth, np.log(after / before)), np.bincount(depth)
    mean: Floats = np.exp(sums / np.maximum(counts, 1))[depth]
    return mean


def bound_along(scheme: Scheme, paths: Sequence[Path], rows: Native) -> Native:
    """Return lifted rows, each bound along its path; ``rows`` may be overwritten."""
    trie = Trie(paths)
    node = trie.ends(np.arange(len(paths)))
    for level in range(trie.depth, 0, -1):
        roles, chosen, ends = trie.step(node, level)
        rows[chosen] = scheme.bind_each(roles, rows[chosen], ends.tolist())
    return rows


def _bound(kind: type[Scheme], features: Features, seed: int) -> float:
    """Return the mean factor by which binding multiplies the variance of a product of two features."""
    rng = np.random.default_rng(seed)
    S = features.of(sampled(features, DOCUMENTS, rng).tolist())
    squares = np.asarray(S.matrix().power(2).sum(axis=0)).ravel()
    weights = np.bincount(S.feature_path, squares, minlength=len(S.paths))
    pairs = rng.choice(len(S.paths), (PATH_PAIRS, 2), p=weights / weights.sum())
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    steps = [_in_common(S.paths[one], S.paths[other], kind) for one, other in found.tolist()]
    return float(np.average([kind.returned(m) ** -2 for m in steps], weights=counts))


def _in_common(one: Path, other: Path, kind: type[Scheme]) -> int:
    """Return how many steps two paths share: the same first ones, or any where order does not count."""
    if kind.commutative:
        return (Counter(one) & Counter(other)).total()
    differing = (m for m, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


@cache
def _bundled(name: str, cosine: float, seed: int) -> float:
    """Return what bundling leaves of D where sums have a given cosine, tried on sums of random atoms.

    The ideal deviation of a cosine c is (1 − c²)/√D; here it is that of the similarity over its slope.
    """
    scheme = _tried(name, seed)
    rng = np.random.default_rng(seed)
    atoms = scheme.atoms([("bundled", number) for number in range(POOL)])
    found = np.array(
        [
            _similarities(scheme, cosine, atoms[rng.choice(POOL, 3 * BUNDLED, replace=False)], rng)
            for _ in range(BUNDLES)
        ]
    )
    below, at, above = found.T
    slope = float(np.mean(above - below)) / (2 * AROUND)
    ideal = (1 - cosine**2) ** 2 / scheme.dimensions
    return ideal * slope**2 / float(np.var(at)) / (scheme.width / scheme.dimensions)


def _similarities(scheme: Scheme, cosine: float, atoms: Native, rng: np.random.Generator) -> list[float]:
    """Return the similarities of bundles whose sums have a cosine a little below, at and above this one."""
    weights = np.abs(rng.standard_normal(3 * BUNDLED))
    weights /= np.sqrt(np.repeat([np.sum(part**2) for part in np.split(weights, 3)], BUNDLED))
    found = []
    for c in (cosine - AROUND, cosine, cosine + AROUND):
        size = np.repeat([c**0.5, (1 - c) ** 0.5], [BUNDLED, 2 * BUNDLED]) * weights
        one, other = np.arange(2 * BUNDLED), np.r_[:BUNDLED, 2 * BUNDLED : 3 * BUNDLED]
        bundles = [scheme.bundle(atoms[rows], size[rows]) for rows in (one, other)]
        found.append(float(scheme.similarity(bundles[0][None], bundles[1][None])[0, 0]))
    return found
