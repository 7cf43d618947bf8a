"""Hits of a search as lines for people and as JSON."""

import json

from vsaviz.console import plain
from vsaviz.search.hits import Hit

NAMED = 3
"""Fields that a line of the result names."""


def hit_line(hit: Hit, name: str) -> str:
    """Return a hit as one line: its row, its similarity, its name, and what counts most."""
    why = ", ".join(f"{field} {share:.2f}" for field, share in hit.contributions[:NAMED])
    return plain(f"{hit.row:>8}  {hit.similarity:.4f}  {name}  {why}")


def hit_json(hit: Hit, name: str) -> str:
    """Return a hit as one JSON object."""
    contributions = [[field, round(share, 6)] for field, share in hit.contributions]
    return json.dumps(
        {"row": hit.row, "id": name, "similarity": hit.similarity, "contributions": contributions}
    )
