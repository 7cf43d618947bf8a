"""What others published about capacity, and what our own benchmark measured beside it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

# From the result files that K. Schlegel, P. Neubert and P. Protzel publish with *A comparison of vector
# symbolic architectures* (2022): D for 15 items, and for 15 pairs.
PUBLISHED = {
    "map-b": (793, 780),
    "map-c": (637, 622),
    "map-i": (473, 493),
    "hrr": (514, 515),
    "fhrr": (333, 340),
    "vtb": (503, 549),
    "bsc": (752, 749),
    "bsdc-s": (324, 565),
    "bsdc-seg": (327, 408),
    "mbat": (478, 568),
    "mbat-haar": (478, 568),
}
# The similarity of a filler that was bound with one role, and with five, and unbound again.
PUBLISHED_SIMILARITY = {
    **dict.fromkeys(PUBLISHED, (1.0, 1.0)),
    "hrr": (0.71, 0.21),
    "vtb": (0.71, 0.41),
    "map-c": (0.74, 0.22),
}
PUBLISHED_AT = 15
"""The k of the published figures."""

STORED = Path(__file__).parent / "stored.json"
"""What ``benchmarks/capacity.py --store`` measured."""


@cache
def stored_runs() -> int:
    """Return how many item memories each stored figure is the mean of."""
    return int(json.loads(STORED.read_text("utf-8"))["runs"])


@cache
def stored_curve(name: str, reading: str) -> dict[int, int]:
    """Return for each k the first D that was accurate in the benchmark; empty for schemes it left out.

    ``reading`` is ``items`` or ``pairs``.
    """
    curves = json.loads(STORED.read_text("utf-8"))["curves"].get(name, {})
    return {int(k): int(D) for k, D in sorted(curves.get(reading, {}).items(), key=lambda one: int(one[0]))}


def line_at(reached: Mapping[int, int], k: int) -> float:
    """Return D at k on the straight line through the first accurate D of each k.

    >>> round(line_at({2: 100, 4: 200, 6: 300}, 5))
    250
    """
    slope, start = np.polyfit(list(reached), list(reached.values()), 1)
    return float(start + slope * k)


def published(name: str, reading: str) -> int | None:
    """Return the published D for k = 15; None where the authors did not measure the scheme."""
    found = PUBLISHED.get(name)
    return None if found is None else found[("items", "pairs").index(reading)]
