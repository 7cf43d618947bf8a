"""How long the steps from an upload to its map take without a browser, and encoding again by another scheme.

python benchmarks/stages.py
"""

import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

import orjson

from benchmarks.made import made
from vsaviz import features, project, read_json, schemes
from vsaviz.encoding import encode
from vsaviz.features import Features, FeatureSettings

Seconds = dict[str, float]
Result = TypeVar("Result")

DIMENSIONS = (256, 512, 1024)
REPEATS = 3
FAST_COSTS = ("O(D)", "O(D log D)")


def upload_to_map(n: int = 5_000, dimensions: int = 1024, repeats: int = REPEATS) -> Seconds:
    """Return the seconds of each step for n made documents, medians; "sum" is the median of whole rounds."""
    upload = b"\n".join(map(orjson.dumps, made(n)))
    rounds = [_upload_to_map(upload, dimensions) for _ in range(repeats)]
    return {step: median(seconds[step] for seconds in rounds) for step in rounds[0]}


def _upload_to_map(upload: bytes, dimensions: int) -> Seconds:
    parse, documents = timed(lambda: read_json(upload))
    fit, (_, fitted) = timed(lambda: features.fit(documents, FeatureSettings()))
    encoding, vectors = timed(lambda: encode(fitted, schemes.create("mbat", dimensions)))
    pca, _ = timed(lambda: project(vectors, "pca"))
    return {
        "parse": parse,
        "fit": fit,
        "encode": encoding,
        "pca": pca,
        "sum": parse + fit + encoding + pca,
    }


def encoding_again(n: int = 5_000, repeats: int = REPEATS) -> dict[str, Seconds]:
    """Return, for each fast scheme and each D, the median seconds of encoding n made documents again."""
    _, fitted = features.fit(made(n), FeatureSettings())
    return {
        name: {str(D): _encoding(fitted, name, D, repeats) for D in DIMENSIONS}
        for name in schemes.names()
        if schemes.scheme_type(name).cost in FAST_COSTS
    }


def _encoding(fitted: Features, name: str, dimensions: int, repeats: int) -> float:
    near = schemes.scheme_type(name).dimensions_near(dimensions)[0]
    return median(timed(lambda: encode(fitted, schemes.create(name, near)))[0] for _ in range(repeats))


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the seconds that the work took, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def report(stages: Seconds, again: dict[str, Seconds]) -> str:
    """Return both tables."""
    lines = ["seconds, 5,000 made documents, mbat, D=1024, medians"]
    lines += [f"  {step:<14}{seconds:8.2f}" for step, seconds in stages.items()]
    lines += ["", "seconds to encode them again (features are there)"]
    lines.append(f"  {'D':<14}" + "".join(f"{D:8}" for D in DIMENSIONS))
    lines += [
        f"  {name:<14}" + "".join(f"{seconds:8.2f}" for seconds in row.values())
        for name, row in again.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(upload_to_map(), encoding_again()))
