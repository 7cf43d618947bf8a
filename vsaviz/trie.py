"""All paths as one tree: rows that need the same role at the same depth are bound together."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import Path, Role

Ints = NDArray[np.int64]


class Trie:
    """The tree of some paths."""

    def __init__(self, paths: Sequence[Path]):
        nodes: dict[tuple[int, Role], int] = {}
        roles: dict[Role, int] = {}
        parent, role_of, depth = [0], [-1], [0]
        ends = []
        for path in paths:
            node = 0
            for role in path:
                below = nodes.get((node, role))
                if below is None:
                    below = nodes[node, role] = len(parent)
                    parent.append(node)
                    role_of.append(roles.setdefault(role, len(roles)))
                    depth.append(depth[node] + 1)
                node = below
            ends.append(node)
        self._roles = list(roles)
        self._parent = np.array(parent, dtype=np.int64)
        self._role = np.array(role_of, dtype=np.int64)
        self._depth = np.array(depth, dtype=np.int64)
        self._end = np.array(ends, dtype=np.int64)

    @property
    def depth(self) -> int:
        """The most steps that a path has."""
        return int(self._depth.max())

    def steps(self, path: Ints) -> Iterator[tuple[Role, Ints]]:
        """Yield roles and the rows to be bound with them, so that each row goes from its leaf to the root.

        ``path`` gives for each row the number of its path. A role comes once for each depth.
        """
        node = self._end[path]
        for level in range(int(self._depth[node].max(initial=0)), 0, -1):
            here = np.flatnonzero(self._depth[node] == level)
            role = self._role[node[here]]
            here = here[np.argsort(role, kind="stable")]
            bounds = np.flatnonzero(np.diff(self._role[node[here]])) + 1
            for rows in np.split(here, bounds):
                yield self._roles[self._role[node[rows[0]]]], rows
            node[here] = self._parent[node[here]]
