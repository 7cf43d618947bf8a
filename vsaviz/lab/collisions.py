"""Fields that a scheme cannot tell apart, counted from a collection's own paths."""

from collections.abc import Sequence

import numpy as np

from vsaviz import schemes
from vsaviz.features.constants import PRESENT
from vsaviz.features.paths import Path
from vsaviz.schemes.keyed import Floats
from vsaviz.trie import Trie

DENSE_DIMENSIONS = 256
"""D for schemes that make a dense matrix for each role."""
SAME = 0.999
"""Two paths collide if one filler, bound along both, comes out this similar."""
ROWS_AT_ONCE = 2048


def collisions(
    scheme: str, paths: Sequence[Path], dimensions: int = 256, seed: int = 0
) -> list[tuple[int, int]]:
    """Return each path that shares its product of roles with another, and the first such other.

    One random filler is bound along every path, and the results are compared: this asks the scheme itself, at
    its own D and seed, rather than its stated properties.
    """
    bound = _bound(scheme, paths, dimensions, seed)
    pairs = []
    for start in range(0, len(bound), ROWS_AT_ONCE):
        alike = bound[start : start + ROWS_AT_ONCE] @ bound.T > SAME
        alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = False
        collided = np.flatnonzero(alike.any(axis=1))
        pairs += [(start + int(row), int(alike[row].argmax())) for row in collided]
    return pairs


def _bound(name: str, paths: Sequence[Path], dimensions: int, seed: int) -> Floats:
    kind = schemes.scheme_type(name)
    if kind.largest is not None:
        dimensions = min(dimensions, DENSE_DIMENSIONS)
    scheme = kind(kind.dimensions_near(dimensions)[0], seed)
    rows = np.repeat(scheme.lift(scheme.atoms([PRESENT])).astype(np.float64), len(paths), axis=0)
    trie = Trie(paths)
    node = trie.ends(np.arange(len(paths)))
    for level in range(trie.depth, 0, -1):
        roles, chosen, ends = trie.step(node, level)
        rows[chosen] = scheme.bind_each(roles, rows[chosen], ends.tolist())
    return scheme.embed(scheme.finish(rows))
