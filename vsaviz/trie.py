"""All paths as one tree: rows that pass the same role at the same depth are bound together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vsaviz.features.paths import Path, Role

Ints = NDArray[np.int64]


class Trie:
    """The tree of some paths; ``used`` numbers those that will be asked for, all if not given."""

    def __init__(self, paths: Sequence[Path], used: Ints | None = None):
        nodes: dict[int, int] = {}  # by whole numbers: tuples would each be looked at by the collector
        roles: dict[Role, int] = {}
        parent, role_of, depth = [0], [-1], [0]
        self._end = np.zeros(len(paths), dtype=np.int64)
        for number in range(len(paths)) if used is None else used.tolist():
            node = 0
            path = paths[number]
            for role in path:
                step = roles.setdefault(role, len(roles))
                below = nodes.get(node << 32 | step)
                if below is None:
                    below = nodes[node << 32 | step] = len(parent)
                    parent.append(node)
                    role_of.append(step)
                    depth.append(depth[node] + 1)
                node = below
            self._end[number] = node
        self._roles = list(roles)
        self._parent = np.array(parent, dtype=np.int64)
        self._role = np.array(role_of, dtype=np.int64)
        self._depth = np.array(depth, dtype=np.int64)

    @property
    def depth(self) -> int:
        """The most steps that a path has."""
        return int(self._depth.max())

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self._parent)

    def __len__(self) -> int:
        """Return the number of paths."""
        return len(self._end)

    def ends(self, path: Ints) -> Ints:
        """Return the node at which each path ends; the root is 0."""
        return self._end[path]

    def deepest(self, node: Ints) -> int:
        """Return the largest depth of some nodes."""
        return int(self._depth[node].max(initial=0))

    def levels(self, node: Ints) -> list[Ints]:
        """Return some different nodes and all above them, level by level from the root, each once."""
        found = []
        for level in range(self.deepest(node), -1, -1):
            here = np.unique(node[self._depth[node] == level])
            found.append(here)
            node = np.concatenate([node[self._depth[node] < level], np.unique(self._parent[here])])
        return found[::-1]

    def above(self, node: Ints) -> Ints:
        """Return the parents of nodes."""
        return self._parent[node]

    def roles(self, node: Ints) -> tuple[list[Role], Ints]:
        """Return the distinct roles by which nodes are reached, and for each node which."""
        found, which = np.unique(self._role[node], return_inverse=True)
        return [self._roles[one] for one in found.tolist()], which

    def step(self, node: Ints, level: int) -> tuple[list[Role], Ints, Ints]:
        """Move the rows that are at this depth one up. Return the roles they pass, these rows, and its ends.

        ``node`` gives for each row where it is. The rows of the first role come first; ``ends`` says where
        those of each role end.
        """
        here = np.flatnonzero(self._depth[node] == level)
        role = self._role[node[here]]
        order = np.argsort(role, kind="stable")
        here, role = here[order], role[order]
        node[here] = self._parent[node[here]]
        ends = np.append(np.flatnonzero(np.diff(role)) + 1, len(role))
        return [self._roles[one] for one in role[ends - 1].tolist()], here, ends
