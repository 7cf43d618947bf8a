"""Links and file paths: the same host is near, the same folder nearer."""

import re
from collections.abc import Sequence
from itertools import accumulate, chain, islice
from typing import Any

import numpy as np

from vsaviz.features.atoms import Triplets
from vsaviz.features.kinds.base import Kind, Writing, mixed

PARTS_SHARE = 0.3
"""What host and folders have of the squared norm; the words of the whole have the rest."""

MOST_FOLDERS = 6

_LINK = re.compile(r"(?P<host>[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^/\s?#]*)(?P<path>/?[^\s?#]*)(?:[?#]\S*)?")
_PATH = re.compile(
    r"(?:[A-Za-z]:[\\/]|[.~]{0,2}[\\/])?[^\s/\\<>|]+(?:[\\/][^\s/\\<>|]+)+[\\/]?|[.~]{0,2}/[^\s/\\<>|]+"
)


class Link(Kind):
    """Links and file paths: "https://example.org/a/b?c=1", "src/app/main.py"."""

    name = "link or file path"
    fewest = 2

    def read(self, value: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the text, and its host and folders, each with all before it."""
        if "/" not in value and "\\" not in value:
            return None
        match = _LINK.fullmatch(value)
        if match is None and _PATH.fullmatch(value) is None:
            return None
        host, path = (match["host"], match["path"]) if match else ("", value)
        folders = [part for part in path.replace("\\", "/").split("/")[:-1] if part][:MOST_FOLDERS]
        begins = [host] if host else []
        begins += islice(accumulate([host, *folders], "{}/{}".format), 1, None)
        return value, tuple(begins)

    def code(self, readings: Sequence[Any], to: Writing) -> Triplets:
        """Return the words of the whole, and one atom for the host and each folder."""
        places = [begins or ("no folder",) for _, begins in readings]
        lengths = np.fromiter(map(len, places), np.int64, len(places))
        found = to.atoms.named("part", chain.from_iterable(places))
        text = to.plainly([value for value, _ in readings])
        rows = np.repeat(np.arange(len(places)), lengths)
        weights = 1 / np.sqrt(lengths[rows], dtype=np.float64)
        parts = Triplets(rows, np.array(found, np.int64), weights)
        return mixed([(1 - PARTS_SHARE, text), (PARTS_SHARE, parts)], len(readings))
