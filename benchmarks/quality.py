"""How good neighbours are on real labelled collections, beside what people do today.

python benchmarks/quality.py FOLDER [--json] [--model FOLDER_OF_A_SENTENCE_MODEL]
python benchmarks/quality.py FOLDER --held-out    # chosen on all but one, judged on that one

The folder holds files NAME.ndjson.gz with {"label": …, "doc": …} a line. All columns see the same up to 1,000
documents of a collection. The figure is the share of documents that the five nearest others label rightly,
votes weighted by cosine.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import orjson
from sklearn.feature_extraction.text import TfidfVectorizer

from vsaviz import features, schemes
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings
from vsaviz.lab.votes import leave_one_out

AT_MOST = 1_000
DIMENSIONS = (256, 1024, 4096)
HERE = Path(__file__).parents[2] / "shared" / "collections"
# Accuracies of all-MiniLM-L6-v2 on the raw text, from the README of the collections.
SENTENCE_MODEL = {
    "webhooks": 0.801,
    "fhir_r4": 0.837,
    "mdn_compat": 0.637,
    "tate_artworks": 0.839,
    "earthquakes": 0.931,
    "emoji": 0.771,
    "misp_galaxy": 0.800,
    "vega_lite": 0.630,
}


@dataclass(frozen=True)
class Collection:
    """Labelled documents."""

    name: str
    documents: list[Any]
    labels: list[str]


@dataclass(frozen=True)
class Figure:
    """What one column reached on one collection."""

    accuracy: float
    seconds: float | None
    """Of everything from documents to vectors; None where the figure is not of this run."""


def collections(folder: Path) -> Iterator[Collection]:
    """Yield the collections of a folder, at most 1,000 documents of each, evenly over the file."""
    for path in sorted(folder.glob("*.ndjson.gz")):
        lines = gzip.decompress(path.read_bytes()).splitlines()
        chosen = np.linspace(0, len(lines) - 1, min(len(lines), AT_MOST)).round().astype(int)
        records = [orjson.loads(lines[row]) for row in chosen]
        yield Collection(
            path.name.removesuffix(".ndjson.gz"),
            [record["doc"] for record in records],
            [str(record["label"]) for record in records],
        )


def columns(collection: Collection, settings: FeatureSettings, model: Path | None) -> dict[str, Figure]:
    """Return the figures of every column."""
    found = dict(_vsaviz(collection, settings))
    found["words"] = _tfidf(collection, _text, {})
    found["trigrams"] = _tfidf(collection, _text, {"analyzer": "char", "ngram_range": (3, 3)})
    found["path=value"] = _tfidf(collection, path_values, {"analyzer": lambda tokens: tokens})
    if model is not None:
        found["sentence model"] = _sentences(collection, model)
    elif collection.name in SENTENCE_MODEL:
        found["sentence model"] = Figure(SENTENCE_MODEL[collection.name], None)
    return found


def _vsaviz(collection: Collection, settings: FeatureSettings) -> Iterator[tuple[str, Figure]]:
    start = time.perf_counter()
    _, fitted = features.fit(collection.documents, settings)
    fitting = time.perf_counter() - start
    S = fitted.matrix()
    yield "exact", Figure(leave_one_out((S @ S.T).toarray(), collection.labels), fitting)
    for D in DIMENSIONS:
        start = time.perf_counter()
        vectors = encode(fitted, schemes.create("mbat", D))
        seconds = fitting + time.perf_counter() - start
        yield f"D={D}", Figure(leave_one_out(vectors @ vectors.T, collection.labels), seconds)


def _tfidf(collection: Collection, read: Callable[[Any], Any], options: dict[str, Any]) -> Figure:
    start = time.perf_counter()
    rows = TfidfVectorizer(**options).fit_transform(map(read, collection.documents))
    seconds = time.perf_counter() - start
    return Figure(leave_one_out((rows @ rows.T).toarray(), collection.labels), seconds)


def _text(document: Any) -> str:
    return orjson.dumps(document).decode()


def path_values(document: Any) -> list[str]:
    """Return "path=value" for each leaf, array positions left out."""
    tokens, stack = [], [(document, "")]
    while stack:
        value, path = stack.pop()
        if isinstance(value, dict) and value:
            stack += [(child, f"{path}.{key}") for key, child in value.items()]
        elif isinstance(value, list) and value:
            stack += [(child, f"{path}[]") for child in value]
        else:
            tokens.append(f"{path}={json.dumps(value)}")
    return tokens


def _sentences(collection: Collection, model: Path) -> Figure:
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(model))
    start = time.perf_counter()
    rows = encoder.encode(list(map(_text, collection.documents)), normalize_embeddings=True)
    seconds = time.perf_counter() - start
    return Figure(leave_one_out(rows @ rows.T, collection.labels), seconds)


def held_out(every: list[Collection]) -> Iterator[str]:
    """Yield, for each collection, the settings that are best on the others and what they reach on it."""
    accuracies = {
        settings: [_exact(collection, settings) for collection in every] for settings in _candidates()
    }
    yield "| held out | idf | structure | balance | accuracy, exact kernel | that of the defaults |"
    yield "|---|---|---|---|---|---|"
    reached, default = [], [_exact(collection, FeatureSettings()) for collection in every]
    for place, collection in enumerate(every):
        best = max(accuracies, key=lambda one: sum(np.delete(accuracies[one], place)))
        reached.append(accuracies[best][place])
        yield (
            f"| {collection.name} | {best.idf} | {best.structure} | {best.balance} | {reached[-1]:.3f} | "
            f"{default[place]:.3f} |"
        )
    yield f"| mean | | | | {mean(reached):.3f} | {mean(default):.3f} |"


def _candidates() -> list[FeatureSettings]:
    return [
        FeatureSettings(idf=idf, structure=structure, balance=balance)
        for idf, structure, balance in product((0.6, 0.8, 1.0), (0.1, 0.15, 0.3), (0.25, 0.33, 0.5))
    ]


def _exact(collection: Collection, settings: FeatureSettings) -> float:
    S = features.fit(collection.documents, settings)[1].matrix()
    return leave_one_out((S @ S.T).toarray(), collection.labels)


def report(figures: dict[str, dict[str, Figure]], sizes: dict[str, int]) -> Iterator[str]:
    """Yield the lines of the table: a collection a line, then means and documents a second."""
    names = list(next(iter(figures.values())))
    yield f"| collection | documents | {' | '.join(names)} |"
    yield "|---" * (len(names) + 2) + "|"
    for collection, row in figures.items():
        cells = [f"{row[name].accuracy:.3f}" if name in row else "" for name in names]
        yield f"| {collection} | {sizes[collection]:,} | {' | '.join(cells)} |"
    yield f"| mean | | {' | '.join(_cells(figures, names, _mean))} |"
    yield f"| documents a second | | {' | '.join(_cells(figures, names, lambda some: _rate(some, sizes)))} |"


def _cells(
    figures: dict[str, dict[str, Figure]], names: Sequence[str], show: Callable[[dict[str, Figure]], str]
) -> list[str]:
    return [show({key: row[name] for key, row in figures.items() if name in row}) for name in names]


def _mean(column: dict[str, Figure]) -> str:
    return f"{mean(figure.accuracy for figure in column.values()):.3f}"


def _rate(column: dict[str, Figure], sizes: dict[str, int]) -> str:
    seconds = [figure.seconds for figure in column.values() if figure.seconds is not None]
    return f"{sum(sizes[name] for name in column) / sum(seconds):,.0f}" if seconds else ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=HERE)
    parser.add_argument("--model", type=Path, help="a local folder of a sentence model")
    parser.add_argument(
        "--held-out", action="store_true", help="judge settings on what they were not chosen on"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    if options.held_out:
        print("\n".join(held_out(list(collections(options.folder)))))
        return
    figures, sizes = {}, {}
    for collection in collections(options.folder):
        figures[collection.name] = columns(collection, FeatureSettings(), options.model)
        sizes[collection.name] = len(collection.documents)
    if options.json:
        plain = {
            name: {column: [figure.accuracy, figure.seconds] for column, figure in row.items()}
            for name, row in figures.items()
        }
        print(json.dumps(plain, indent=1))
    else:
        print("\n".join(report(figures, sizes)))


if __name__ == "__main__":
    main()
