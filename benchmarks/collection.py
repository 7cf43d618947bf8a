"""A collection on disk: how fast it is filled and searched, how well its index finds, and kills.

python benchmarks/collection.py [--file documents.ndjson] [--n 100000] [--kinds shipped,pq,hnsw-sq]

Part 1 indexes documents as ``vsaviz index`` does. Part 2 takes their vectors, and jittered copies of them up
to ``--n``: the recall of ten neighbours and the median time of one query at a time, beside exact search in
the same collection in the same run. The queries are documents that are not in it. Part 3, ``--kills 20``,
is that of benchmarks/kills.py.
"""

import argparse
import lzma
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import orjson

from benchmarks import kills
from benchmarks.made import made
from vsaviz.collection import Collection
from vsaviz.collection.about import bytes_below
from vsaviz.collection.approximate import CELL, EACH, PROBES
from vsaviz.collection.engine import lancedb
from vsaviz.schemes.keyed import Floats
from vsaviz.vectorizer import JSONVectorizer

K = 10
QUERIES = 200
TIMED = 30
"""Queries by which exact search is timed."""
JITTER = 0.3
"""The length of the noise that is added to a copy of a vector of length 1."""
AT_ONCE = 4096

Search = Callable[[Floats], Sequence[int]]


@dataclass(frozen=True)
class Kind:
    """A kind of index: how it is built, and the settings that are tried with it."""

    config: Callable[[int], Any]
    tried: tuple[dict[str, int], ...]


KINDS = {
    "rq": Kind(
        lambda n: lancedb.index.IvfRq(distance_type="dot", num_partitions=max(1, n // CELL)),
        tuple({"nprobes": p, "refine_factor": r} for p in (5, 10, 20, 40) for r in (2, 5, 10)),
    ),
    "pq": Kind(
        lambda n: lancedb.index.IvfPq(
            distance_type="dot", num_partitions=max(1, n // CELL), num_sub_vectors=128
        ),
        tuple({"nprobes": p, "refine_factor": r} for p in (10, 20, 40) for r in (5, 10, 20)),
    ),
    "hnsw-sq": Kind(
        lambda n: lancedb.index.HnswSq(
            distance_type="dot", num_partitions=max(1, n // 250_000), ef_construction=150
        ),
        tuple({"nprobes": 4, "refine_factor": 2, "ef": ef} for ef in (50, 100, 200, 400)),
    ),
}


def documents_of(file: Path | None, n: int) -> list[Any]:
    """Return the documents of a JSON Lines file, perhaps compressed by xz, or made ones."""
    if file is None:
        return made(n)
    opened = lzma.open if file.suffix == ".xz" else Path.open
    with opened(file, "rb") as lines:
        return [orjson.loads(line) for line in lines if line.strip()]


def jittered(vectors: Floats, n: int, seed: int = 0) -> Iterator[Floats]:
    """Yield n vectors in blocks: these, then copies of them with noise; all of length 1."""
    draw = np.random.default_rng(seed)
    for start in range(0, n, AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, n))
        block = vectors[rows % len(vectors)].copy()
        copies = rows >= len(vectors)
        noise = draw.normal(size=(int(copies.sum()), vectors.shape[1])).astype(np.float32)
        block[copies] += noise * np.float32(JITTER / np.sqrt(vectors.shape[1]))
        yield block / np.linalg.norm(block, axis=1, keepdims=True)


def filled(folder: Path, documents: list[Any]) -> Collection:
    """Make a collection of documents, and print what it took."""
    begun = time.perf_counter()
    vectorizer = JSONVectorizer().fit(documents)
    fitted = time.perf_counter()
    collection = Collection.create(folder, documents, vectorizer)
    written = time.perf_counter()
    n, total = len(documents), collection.about().bytes
    print(f"{n:,} documents: fitted in {fitted - begun:.0f} s; encoded and written in", end=" ")
    print(f"{written - fitted:.0f} s, {n / (written - fitted):,.0f} a second; {total / n:,.0f} bytes each")
    begun = time.perf_counter()
    opened = Collection.open(folder)
    print(f"opened in {time.perf_counter() - begun:.2f} s", flush=True)
    return opened


def grown(folder: Path, source: Collection, n: int) -> tuple[Collection, Floats]:
    """Make a collection of a collection's vectors and jittered copies; return it and vectors of queries."""
    vectors = np.concatenate([block for _, block in source.vectors()])
    order = np.random.default_rng(1).permutation(len(vectors))
    asked, base = vectors[np.sort(order[:QUERIES])], vectors[np.sort(order[QUERIES:])]
    file = folder.with_suffix(".f32")
    with file.open("wb") as written:
        for block in jittered(base, n):
            written.write(block.data)
    copies = np.memmap(file, np.float32, "r", shape=(n, vectors.shape[1]))
    begun = time.perf_counter()
    made_of = ({"n": i} for i in range(n))
    collection = Collection.create(folder, made_of, source.vectorizer, vectors=copies)
    print(f"\n{n:,} vectors written in {time.perf_counter() - begun:.0f} s", flush=True)
    file.unlink()
    return collection, asked


def timed(search: Search, queries: Floats) -> tuple[list[Sequence[int]], float]:
    """Return what is found for each query, and the median time of one."""
    found, seconds = [], []
    for query in queries:
        begun = time.perf_counter()
        found.append(search(query))
        seconds.append(time.perf_counter() - begun)
    return found, median(seconds)


def recall(found: Sequence[Sequence[int]], expected: Sequence[Sequence[int]]) -> float:
    """Return the mean share of what was expected that was found."""
    return float(np.mean([len({*a} & {*b}) / len(b) for a, b in zip(found, expected, strict=True)]))


def measure(collection: Collection, queries: Floats, kinds: Sequence[str]) -> None:
    """Print a line of a table for each setting of each kind of index."""
    collection.nearest(queries[:1], K, exact=True)  # makes the flat copy
    truth = [ids.tolist() for ids, _ in collection.nearest(queries, K, exact=True)]
    exactly, exact = timed(_searcher(collection, exact=True), queries[:TIMED])
    assert_equal = [list(one) for one in exactly] == truth[:TIMED]
    flat = bytes_below(collection.folder / "flat")
    print(
        f"exact search: {exact * 1e3:.1f} ms a query ({flat:,} bytes; same as many at once: {assert_equal})"
    )
    print("\n| index | build s | MB | settings | recall@10 | ms a query | times exact |")
    print("|---|---:|---:|---|---:|---:|---:|")
    for name in kinds:
        if name == "shipped":
            _shipped(collection, queries, truth)
        else:
            _tried(collection, name, queries, truth)


def _searcher(collection: Collection, exact: bool) -> Search:
    return lambda query: collection.nearest(query[None], K, exact=exact)[0][0].tolist()


def _row(cells: Sequence[str], found: float, seconds: float, collection: Collection, queries: Floats) -> None:
    """Print a line; exact search is timed again beside it, since other work on the machine comes and goes."""
    _, exact = timed(_searcher(collection, exact=True), queries[:TIMED])
    figures = (f"{found:.3f}", f"{seconds * 1e3:.2f}", f"{exact / seconds:.0f} ({exact * 1e3:.0f} ms)")
    print("| " + " | ".join((*cells, *figures)) + " |", flush=True)


def _shipped(collection: Collection, queries: Floats, truth: list[list[int]]) -> None:
    """Measure the index as vsaviz builds and asks it, with documents' exact similarities.

    First vectors are read from the table, as long as nobody searches exactly; then from the flat copy.
    """
    built = collection.index()
    for vectors in ("of the table", "of the flat copy"):
        timed(_searcher(collection, exact=False), queries[:TIMED])  # the index is read when it is first asked
        found, seconds = timed(_searcher(collection, exact=False), queries)
        cells = (f"as shipped, vectors {vectors}", f"{built.seconds:.0f}", f"{built.bytes / 1e6:.0f}")
        settings = f"{PROBES} cells, {EACH} rows each"
        _row((*cells, settings), recall(found, truth), seconds, collection, queries)


def _tried(collection: Collection, name: str, queries: Floats, truth: list[list[int]]) -> None:
    kind = KINDS[name]
    table: Any = lancedb.connect(collection.folder).open_table("documents")
    begun = time.perf_counter()
    table.create_index("vector", config=kind.config(len(collection)), replace=True, name="vector")
    build = time.perf_counter() - begun
    size = next(one.size_bytes or 0 for one in table.list_indices() if one.name == "vector")
    for settings in kind.tried:

        def search(query: Floats, settings: dict[str, int] = settings) -> Sequence[int]:
            asked = table.search(query, vector_column_name="vector").distance_type("dot").limit(K)
            for setting, value in settings.items():
                asked = getattr(asked, setting)(value)
            return list(asked.select(["id", "_distance"]).to_arrow()["id"].to_pylist())

        timed(search, queries[:TIMED])
        found, seconds = timed(search, queries)
        cells = (
            name,
            f"{build:.0f}",
            f"{size / 1e6:.0f}",
            ", ".join(f"{s} {v}" for s, v in settings.items()),
        )
        _row(cells, recall(found, truth), seconds, collection, queries)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--file", type=Path, help="JSON Lines; made documents otherwise")
    parser.add_argument("--documents", type=int, default=20_000, help="how many are made")
    parser.add_argument("--n", type=int, default=100_000)
    parser.add_argument("--kinds", default="shipped", help=f"of shipped, {', '.join(KINDS)}")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where; about 10 KB for each of n")
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, LanceDB {lancedb.__version__}", flush=True)
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        source = filled(folder / "documents", documents_of(options.file, options.documents))
        measure(*grown(folder / "copies", source, options.n), options.kinds.split(","))
        for trial in kills.trials(folder, options.kills, seed=0):
            verdict = trial.complaints or "all there"
            print(f"killed after {trial.acknowledged} acts, in {trial.during}: {verdict}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
