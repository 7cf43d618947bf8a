"""Exact and quantised neighbours: time against faiss and scikit-learn, recall and bytes of the codes.

    python benchmarks/exact.py                  # 1,000 queries, the 10 best of 100,000 × 1,024
    python benchmarks/exact.py -m 20000 --codes 20000

All with the same number of threads, in turns, medians of five. faiss is no dependency: pip install faiss-cpu.
Recall is measured on the vectors of the large collection (of made documents where that is not at hand).
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from benchmarks.memory import large_collection
from vsaviz import JSONVectorizer
from vsaviz.neighbors import nearest
from vsaviz.quantized import Int8, Signs
from vsaviz.schemes.keyed import Floats

K = 10
REPEATS = 5
RERANKED = (1, 2, 4, 10)
CODES = (Int8, Signs)

Search = Callable[[Floats], Any]


def unit_rows(n: int, width: int, seed: int) -> Floats:
    """Return n random rows of length 1."""
    rows = np.random.default_rng(seed).standard_normal((n, width), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def searches(vectors: Floats, threads: int) -> dict[str, Search]:
    """Return the ways to find the 10 nearest rows; faiss where it is installed."""
    fitted = NearestNeighbors(n_neighbors=K, algorithm="brute", n_jobs=threads).fit(vectors)
    found: dict[str, Search] = {
        "vsaviz.nearest": lambda queries: nearest(queries, vectors, K),
        "scikit-learn": lambda queries: fitted.kneighbors(queries),
    }
    try:
        import faiss
    except ImportError:
        return found
    faiss.omp_set_num_threads(threads)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return found | {"faiss IndexFlatIP": lambda queries: index.search(queries, K)}


def timed(ways: dict[str, Search], queries: Floats, repeats: int = REPEATS) -> dict[str, float]:
    """Return the median seconds of each way, all in turns."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, search in ways.items():
            start = time.perf_counter()
            search(queries)
            times[name].append(time.perf_counter() - start)
    return {name: median(taken) for name, taken in times.items()}


def recall(found: Any, true: Any) -> float:
    """Return the share of true neighbours that are found."""
    return float(
        np.mean([len({*a} & {*b}) / len(b) for a, b in zip(found.tolist(), true.tolist(), strict=True)])
    )


def quantised(vectors: Floats, n_queries: int, repeats: int = REPEATS) -> Iterator[str]:
    """Yield the table of codes: bytes, recall by r, and time against exact search of the same vectors."""
    chosen = np.random.default_rng(0).choice(len(vectors), n_queries, replace=False)
    queries = vectors[chosen]
    true = nearest(queries, vectors, K, exclude=chosen)[0]
    yield (
        "| codes | bytes | "
        + " | ".join(f"recall@{K}, r = {r}" for r in RERANKED)
        + " | batch, r = 4 | one query |"
    )
    yield "|---|---|" + "---|" * (len(RERANKED) + 2)
    for kind in CODES:
        codes = kind(vectors)
        found = [recall(codes.nearest(queries, K, r, exclude=chosen)[0], true) for r in RERANKED]
        ways: dict[str, Search] = {
            "exact": lambda some: nearest(some, vectors, K),
            "codes": lambda some, codes=codes: codes.nearest(some, K, 4),  # type: ignore[misc]
        }
        batch, one = timed(ways, queries, repeats), timed(ways, queries[:1], repeats)
        speed = " | ".join(f"{times['exact'] / times['codes']:.2f}×" for times in (batch, one))
        recalls = " | ".join(f"{share:.3f}" for share in found)
        yield f"| {kind.name} | 1/{vectors.nbytes / codes.nbytes:.0f} | {recalls} | {speed} |"


def report(m: int, n: int, width: int, threads: int, repeats: int = REPEATS) -> Iterator[str]:
    """Yield the table of exact search."""
    vectors, queries = unit_rows(m, width, 0), unit_rows(n, width, 1)
    with threadpool_limits(threads):
        times = timed(searches(vectors, threads), queries, repeats)
    yield f"| {n:,} queries, the {K} best of {m:,} × {width:,}, {threads} threads | s | vsaviz takes |"
    yield "|---|---|---|"
    for name, seconds in times.items():
        yield f"| {name} | {seconds:.2f} | {times['vsaviz.nearest'] / seconds:.2f}× |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-m", type=int, default=100_000, help="rows to search in")
    parser.add_argument("-n", type=int, default=1_000, help="queries")
    parser.add_argument("--width", type=int, default=1_024)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--codes", type=int, help="only so many documents of the large collection")
    parser.add_argument("--vectors", help="a .npy file of vectors instead of encoding the large collection")
    options = parser.parse_args()
    print("\n".join(report(options.m, options.n, options.width, options.threads)), end="\n\n")
    if options.vectors:
        vectors = np.load(options.vectors)
    else:
        vectors = JSONVectorizer().fit_transform(large_collection()[: options.codes])
    print(
        f"codes of {len(vectors):,} × {vectors.shape[1]:,}, {options.n:,} queries; times against exact search"
    )
    print("\n".join(quantised(vectors, options.n)))


if __name__ == "__main__":
    main()
