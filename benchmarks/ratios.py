"""How fast bytes become vectors, as ratios measured side by side in one run.

    python -m benchmarks.ratios                      # the large collection, a few minutes
    python -m benchmarks.ratios -n 10000             # its first documents
    python -m benchmarks.ratios --most 1000000       # growth on, documents given over and over
    python -m benchmarks.ratios --json

Rates are by the clock, so that nothing else should run. Beside them stand the seconds of all processors, but
not those of other processes. Made documents stand in where the large collection is not at hand. torchhd is
optional.
"""

import argparse
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from itertools import islice
from typing import Any

import orjson

from benchmarks import exact
from benchmarks.claims import machine
from benchmarks.encode import HERE_ONLY, compare
from benchmarks.memory import MB, large_collection, peak, resident
from benchmarks.rivals import Seconds, clocked, hashed_and_projected, parsers, torchhd_rows
from benchmarks.streaming import jittered
from vsaviz import JSONVectorizer, features, schemes
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, Lines
from vsaviz.project import project

SETTINGS: dict[str, Any] = {
    "bag, words": {"arrays": "bag", "strings": "words"},
    "defaults": {},
}
ASKED = {"bag, words": 0.5, "defaults": 0.15}
LIBRARIES = ("numpy", "scipy", "orjson", "scikit-learn")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
AT_ONCE = 20_000
"""Documents that growth takes at once, as a stream does, and of which the stages are measured."""


@dataclass(frozen=True)
class Ratio:
    """Our rate over another's on the same documents; above 1 we are faster."""

    what: str
    against: str
    documents: int
    ours: Seconds
    theirs: Seconds
    asked: float | None = None

    @property
    def ratio(self) -> float:
        """By the clock."""
        return self.theirs.wall / self.ours.wall


@dataclass(frozen=True)
class Share:
    """What one stage has of the processors' time from bytes to vectors."""

    settings: str
    stage: str
    seconds: float
    share: float


@dataclass(frozen=True)
class Size:
    """From bytes to vectors at one number of documents, with a fitted encoder."""

    settings: str
    documents: int
    seconds: Seconds
    peak: float
    """MB beyond the text, at its highest; vectors of ``AT_ONCE`` documents among them."""


@dataclass(frozen=True)
class Placed:
    """From vectors to places on the map."""

    method: str
    documents: int
    seconds: Seconds


@dataclass(frozen=True)
class Measured:
    """All that one run has found."""

    megabytes: float
    ratios: list[Ratio]
    shares: list[Share]
    growth: list[Size]
    projections: list[Placed]


def _vectorizer(settings: Any, dimensions: int) -> JSONVectorizer:
    return JSONVectorizer(dimensions=dimensions, **settings)


FITTED = {"fitted": 1, "fitted, all processors": -1}
"""The ways of a fitted encoder, and how many processes each takes."""


def _ways(settings: Any, dimensions: int, text: bytes) -> Iterator[tuple[str, Seconds]]:
    """Yield what the ways from lines to vectors take, the first of which fits the encoder of the others."""
    vectorizer = _vectorizer(settings, dimensions)
    yield "with fitting", clocked(partial(vectorizer.fit_transform, Lines(text)))
    for way, n_jobs in FITTED.items():
        vectorizer.set_params(n_jobs=n_jobs)
        if n_jobs != 1:
            vectorizer.transform(Lines(text))  # processes start once
        yield way, clocked(partial(vectorizer.transform, Lines(text)))


def against_parsers(lines: list[bytes], dimensions: int) -> Iterator[Ratio]:
    """Yield the rates from bytes to unit vectors, fitted before or now, against those of parsing."""
    text = b"\n".join(lines)
    parsed = {name: clocked(parse) for name, parse in parsers(lines).items()}
    for name, settings in SETTINGS.items():
        for way, ours in _ways(settings, dimensions, text):
            for rival, theirs in parsed.items():
                asked = ASKED[name] if way in FITTED and rival == "json.loads" else None
                yield Ratio(f"{name}, {way}", rival, len(lines), ours, theirs, asked)


def against_others(lines: list[bytes], dimensions: int) -> Iterator[Ratio]:
    """Yield the rates against the plain recursion, torchhd, and hashing with a random projection."""
    plain = compare(n=len(lines), sample=60, dimensions=dimensions)
    one, other = Seconds(plain.encode / plain.n, 0.0), Seconds(plain.recursion, 0.0)
    yield Ratio("features to vectors, made documents", "plain recursion", 1, one, other, 100)
    documents = list(map(orjson.loads, lines))
    _, fitted = features.fit(documents, HERE_ONLY)
    if rows := torchhd_rows(fitted, dimensions):
        ours = clocked(lambda: encode(fitted, schemes.create("mbat", dimensions)))
        yield Ratio("features to vectors", "torchhd, MAP", len(lines), ours, clocked(rows), 20)
    text = b"\n".join(lines)
    theirs = clocked(lambda: hashed_and_projected(list(map(orjson.loads, lines)), dimensions))
    rival = "FeatureHasher + SparseRandomProjection"
    for name, settings in SETTINGS.items():
        for way, ours in _ways(settings, dimensions, text):
            yield Ratio(f"{name}, {way}", rival, len(lines), ours, theirs, 1)


def stages(lines: list[bytes], dimensions: int) -> Iterator[Share]:
    """Yield where the time goes from bytes to vectors, with a fitted encoder."""
    text = b"\n".join(lines)
    for name, settings in SETTINGS.items():
        vocabulary, found = features.fit(Lines(text), FeatureSettings(**settings))
        read = clocked(partial(Lines(text).leaves, 0.0, {})).processor
        both = clocked(partial(vocabulary.features, Lines(text))).processor
        last = clocked(partial(encode, found, schemes.create("mbat", dimensions))).processor
        parts = {"bytes to leaves": read, "leaves to features": both - read, "features to vectors": last}
        for stage, seconds in parts.items():
            yield Share(name, stage, seconds, seconds / sum(parts.values()))


def growth(documents: list[Any], sizes: list[int], dimensions: int) -> Iterator[Size]:
    """Yield the seconds and memory of more and more documents, given over and over where there are fewer."""
    for name, settings in SETTINGS.items():
        vectorizer = _vectorizer(settings, dimensions)
        vectorizer.fit(documents[:AT_ONCE])
        for n in sizes:
            before, wall, processor = resident(), 0.0, 0.0
            lines = jittered(documents, n)
            with peak() as most:
                while block := b"\n".join(islice(lines, AT_ONCE)):
                    taken = clocked(partial(vectorizer.transform, Lines(block)))
                    wall, processor = wall + taken.wall, processor + taken.processor
            yield Size(name, n, Seconds(wall, processor), most[0] - before)


def neighbors(m: int, n: int, dimensions: int) -> Iterator[Ratio]:
    """Yield the rates of exact search, the 10 best of m random vectors for n queries, against others."""
    vectors, queries = exact.unit_rows(m, dimensions, 0), exact.unit_rows(n, dimensions, 1)
    times = exact.timed(exact.searches(vectors, os.cpu_count() or 1), queries)
    ours = Seconds(times.pop("vsaviz.nearest"), 0.0)
    for name, seconds in times.items():
        asked = 0.5 if name.startswith("faiss") else None
        yield Ratio(f"the 10 nearest of {m:,}", name, n, ours, Seconds(seconds, 0.0), asked)


def projections(documents: list[Any], dimensions: int) -> Iterator[Placed]:
    """Yield what it takes to place more and more documents; UMAP, which compiles first, is left out."""
    vectors = JSONVectorizer(dimensions=dimensions).fit_transform(documents)
    for n in [size for size in SIZES if size < len(documents)] + [len(documents)]:
        for method in ("pca", "tsne"):
            yield Placed(method, n, clocked(partial(project, vectors[:n], method)))


def report(found: Measured) -> Iterator[str]:
    """Yield the lines of the tables."""
    yield f"{found.megabytes:,.0f} MB of JSON Lines; seconds by the clock (of all processors)\n"
    yield "| what | against | documents | ours, s | theirs, s | our rate / theirs | asked |"
    yield "|---|---|---|---|---|---|---|"
    for one in found.ratios:
        cells = one.what, one.against, f"{one.documents:,}", _said(one.ours), _said(one.theirs)
        yield f"| {' | '.join(cells)} | {one.ratio:.3g} | {'' if one.asked is None else f'≥ {one.asked:g}'} |"
    yield "\n| where the time goes | stage | processors, s | share |\n|---|---|---|---|"
    for part in found.shares:
        yield f"| {part.settings} | {part.stage} | {part.seconds:.2f} | {part.share:.0%} |"
    yield "\n| growth | documents | s | documents a second | peak, MB |\n|---|---|---|---|---|"
    for size in found.growth:
        rate = f"{size.documents / size.seconds.wall:,.0f}"
        cells = size.settings, f"{size.documents:,}", _said(size.seconds), rate, f"{size.peak:,.0f}"
        yield f"| {' | '.join(cells)} |"
    yield "\n| projection | documents | s |\n|---|---|---|"
    for placed in found.projections:
        yield f"| {placed.method} | {placed.documents:,} | {_said(placed.seconds)} |"


def _said(seconds: Seconds) -> str:
    return f"{seconds.wall:.3g} ({seconds.processor:.3g})" if seconds.processor else f"{seconds.wall:.3g}"


def setting() -> str:
    """Return the machine, and the versions of what was measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{machine()}; vsaviz {version('vsaviz')}, {libraries}; {platform.system()}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=1 << 30, help="documents at most, against parsers")
    parser.add_argument("--others", type=int, default=5_000, help="documents against all others")
    parser.add_argument("--most", type=int, default=0, help="documents at which growth ends")
    parser.add_argument("-D", "--dimensions", type=int, default=1024)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    documents = large_collection()[: options.n]
    lines = list(map(orjson.dumps, documents))
    most = options.most or len(documents)
    sizes = [n for n in SIZES if n < most] + [most]
    grown = list(growth(documents, sizes, options.dimensions))
    del documents
    shares = list(stages(lines[:AT_ONCE], options.dimensions))
    placed = list(projections(list(map(orjson.loads, lines[: 2 * options.others])), options.dimensions))
    ratios = list(against_parsers(lines, options.dimensions))
    ratios += against_others(lines[: options.others], options.dimensions)
    ratios += neighbors(20 * options.others, 1_000, options.dimensions)
    found = Measured(sum(map(len, lines)) / MB, ratios, shares, grown, placed)
    if options.json:
        print(json.dumps({"setting": setting(), **asdict(found)}, indent=1))
        return
    print(setting(), *report(found), sep="\n")
    if not any("torchhd" in one.against for one in ratios):
        print("\ntorchhd is not installed: left out")


if __name__ == "__main__":
    main()
