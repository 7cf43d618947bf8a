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
SKETCH = 64
"""Numbers that stand for a vector at first: its products with random vectors."""
MAYBE = 0.9
"""Only where these are this similar are the vectors compared: those of collided ones are nearly the same."""
ROWS_AT_ONCE = 2048


def collisions(
    scheme: str, paths: Sequence[Path], dimensions: int = 256, seed: int = 0
) -> list[tuple[int, int]]:
    """Return each path that shares its product of roles with another, and the first such other.

    One random filler is bound along every path, and the results are compared: this asks the scheme itself, at
    its own D and seed, rather than its stated properties.
    """
    bound = _bound(scheme, paths, dimensions, seed)
    drawn = np.random.default_rng(seed).standard_normal((bound.shape[1], SKETCH), dtype=np.float32)
    sketch = bound @ drawn
    sketch /= np.maximum(np.linalg.norm(sketch, axis=1, keepdims=True), 1e-30)
    pairs = []
    for start in range(0, len(bound), ROWS_AT_ONCE):
        alike = sketch[start : start + ROWS_AT_ONCE] @ sketch.T > MAYBE
        alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = False
        for row in np.flatnonzero(alike.any(axis=1)).tolist():
            others = np.flatnonzero(alike[row])
            same = others[bound[others] @ bound[start + row] > SAME]
            pairs += [(start + row, int(other)) for other in same[:1]]
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
