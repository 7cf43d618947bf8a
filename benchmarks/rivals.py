"""What vsaviz is held against: parsers, torchhd, and scikit-learn's hashing with a random projection."""

import gc
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from benchmarks.quality import path_values
from vsaviz.features import Features
from vsaviz.schemes.keyed import Floats

HASHED = 1 << 20
"""Columns of the hashed tokens, scikit-learn's default."""


@dataclass(frozen=True)
class Seconds:
    """What some work took: by the clock, and of all processors together."""

    wall: float
    processor: float


def clocked(work: Callable[[], object]) -> Seconds:
    """Return what the work took; letting go of its result is not counted."""
    gc.collect()
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    taken = Seconds(time.perf_counter() - wall, time.process_time() - processor)
    del result
    return taken


def parsers(lines: list[bytes]) -> dict[str, Callable[[], object]]:
    """Return how documents are parsed: as most people do it, and each thrown away at once."""

    def kept(loads: Callable[[bytes], Any]) -> Callable[[], object]:
        return lambda: [loads(line) for line in lines]

    def dropped(loads: Callable[[bytes], Any]) -> Callable[[], object]:
        def work() -> None:
            for line in lines:
                loads(line)

        return work

    return {
        "json.loads": kept(json.loads),
        "json.loads, documents dropped": dropped(json.loads),
        "orjson.loads": kept(orjson.loads),
        "orjson.loads, documents dropped": dropped(orjson.loads),
    }


def hashed_and_projected(documents: list[Any], dimensions: int) -> Floats:
    """Return unit rows of (path, value) tokens, hashed, then projected at random, by scikit-learn."""
    from sklearn.feature_extraction import FeatureHasher
    from sklearn.preprocessing import normalize
    from sklearn.random_projection import SparseRandomProjection

    tokens = FeatureHasher(HASHED, input_type="string").transform(map(path_values, documents))
    projection = SparseRandomProjection(dimensions, dense_output=True, random_state=0)
    rows: Floats = normalize(projection.fit_transform(tokens.astype(np.float32)))
    return rows


def torchhd_rows(features: Features, dimensions: int) -> Callable[[], object] | None:
    """Return what encodes these features with torchhd's MAP, its fastest scheme, or None without torchhd.

    Atoms and paths are drawn and bound before the clock starts, and a document's atoms are bound with their
    paths all at once: less than the recursion that its users write down.
    """
    try:
        import torch
        import torchhd
    except ImportError:
        return None
    atoms = torchhd.MAPTensor.random(len(features.atoms), dimensions)
    paths = torchhd.MAPTensor.random(len(features.paths), dimensions)
    documents = list(_entries(features))

    def work() -> object:
        rows = []
        for path, atom, weight in documents:
            bound = torchhd.bind(paths[torch.from_numpy(path)], atoms[torch.from_numpy(atom)])
            row = (torch.from_numpy(weight)[:, None] * bound).sum(dim=0)
            rows.append(row / row.norm())
        return torch.stack(rows)

    return work


def _entries(features: Features) -> Iterator[tuple[Any, Any, Any]]:
    """Yield for each document the paths, atoms and weights of its features."""
    S = features.matrix().tocsr()
    for start, end in zip(S.indptr[:-1].tolist(), S.indptr[1:].tolist(), strict=True):
        columns = S.indices[start:end]
        yield (
            features.feature_path[columns],
            features.feature_atom[columns],
            S.data[start:end].astype(np.float32),
        )
