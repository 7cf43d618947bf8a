"""More documents than are shown at once: a sample of them, and a notice that says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vsaviz.ingest import LIMITS
from vsaviz.ui.loaded import Loaded
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import notice

SEED = 0


def shown_of(loaded: Loaded) -> Loaded:
    """Return what is shown of the documents: all, or beyond the limit a sample, and say which."""
    n, most = len(loaded.documents), LIMITS.documents
    if n <= most:
        return loaded
    sample = remembered("sample", (loaded.key, most), lambda: _sampled(loaded, most), 2)
    spread = f", as many of each of {len(set(loaded.files)):,} files as its share" if loaded.files else ""
    limit = "The limit is set by VSAVIZ_LIMIT_DOCUMENTS."
    sample_notice(most, n, f"a random sample{spread}, always the same for these files", limit)
    return sample


def sample_notice(most: int, n: int, how: str, more: str) -> None:
    """Say that a sample is shown, how it is drawn, and one sentence more."""
    notice(f"{most:,} of {n:,} documents are shown: {how}. {more}", "warning")


def _sampled(loaded: Loaded, most: int) -> Loaded:
    rows = spread_sample(loaded.files or [""] * len(loaded.documents), most, SEED).tolist()

    def those(values: list[Any]) -> list[Any]:
        return [values[row] for row in rows] if values else []

    return replace(
        loaded,
        key=f"{loaded.key} sample of {most}",
        documents=those(loaded.documents),
        labels=those(loaded.labels),
        files=those(loaded.files),
    )


def spread_sample(groups: Sequence[str], most: int, seed: int) -> NDArray[np.int64]:
    """Return ``most`` rows, ascending: of each group its share, to within one row, the rest by chance.

    Of the whole rows left over by rounding, the groups with the largest remainders get one each.

    >>> rows = spread_sample(["a"] * 90 + ["b"] * 10, 20, seed=0)
    >>> len(rows), int((rows >= 90).sum())
    (20, 2)
    """
    names, codes = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    counts = np.bincount(codes, minlength=len(names))
    due = counts * most / len(codes)
    taken = np.floor(due).astype(np.int64)
    taken[np.argsort(-(due - taken), kind="stable")[: most - int(taken.sum())]] += 1
    order = np.random.default_rng(seed).permutation(len(codes))
    order = order[np.argsort(codes[order], kind="stable")]  # group by group, each in an order of chance
    starts = np.cumsum(counts) - counts
    rank = np.arange(len(codes)) - np.repeat(starts, counts)
    rows: NDArray[np.int64] = np.sort(order[rank < np.repeat(taken, counts)])
    return rows
