"""The dimension advisor against measurement, on the shipped collections.

python benchmarks/advising.py [--scheme mbat] [--fields 3] [--quick]

For each collection: the D that keeps 95 % of ten exact neighbours, and the D that reads some common fields
back at 99 %: as advised before any vector is computed, and as measured on vectors
(seeds 1 to 3; neighbours of 300 documents, values of 120). What is measured is found between sizes that
are √2 apart, by a straight line in log D.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vsaviz import shipped
from vsaviz.decode import Decoder
from vsaviz.decode.truth import is_right, values_at
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import Path, field_name
from vsaviz.lab.advice.advisor import DECODED, KEPT, Needed, for_field, for_neighbors
from vsaviz.lab.advice.keeping import NEAR_ENOUGH, K
from vsaviz.lab.advice.thought import Collection
from vsaviz.neighbors import nearest
from vsaviz.schemes import Scheme, scheme_type
from vsaviz.schemes.keyed import Floats

SEEDS = (1, 2, 3)
SIZES = tuple(round(2 ** (power / 2)) for power in range(8, 28))
"""16 to 11,585: measured beyond what is advised, so that a ratio can be told there too."""
ASKED, READ = 300, 120
WITHIN = 2.0


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    collection: str
    what: str
    advised: Needed
    measured: float | None

    @property
    def ratio(self) -> float | None:
        """Advised D over the measured one."""
        if self.advised.dimensions is None or self.measured is None:
            return None
        return self.advised.dimensions / self.measured

    @property
    def holds(self) -> bool:
        """Whether the two are within a factor of 2; "above" is right where what is measured lies there."""
        if self.ratio is not None:
            return 1 / WITHIN <= self.ratio <= WITHIN
        if self.advised.dimensions is None:
            return self.measured is None or self.measured > self.advised.largest[0] / WITHIN
        return False


def fitted(name: str) -> Collection:
    """Return a shipped collection with its features."""
    documents = shipped.load(name).documents
    return Collection(*fit(documents, FeatureSettings()), documents)


Share = Callable[[Scheme, Floats], float]
"""What share vectors of all documents reach under a scheme."""


def neighbors_share(of: Collection) -> Share:
    """Return how the share of ten exact neighbours that vectors keep is measured."""
    n = len(of.documents)
    queries = np.sort(np.random.default_rng(7).choice(n, min(ASKED, n), replace=False))
    S = of.features.matrix().tocsr()
    exact = (S @ S[queries].T).toarray().T
    exact[np.arange(len(queries)), queries] = -np.inf
    near = exact >= np.partition(exact, -K, axis=1)[:, [-K]] - NEAR_ENOUGH

    def share(_: Scheme, vectors: Floats) -> float:
        found = nearest(vectors[queries], vectors, K, exclude=queries)[0]
        return float(np.take_along_axis(near, found, axis=1).mean())

    return share


def field_share(of: Collection, field: Path, scheme: str) -> Share:
    """Return how the share of documents whose likeliest value at a field is there is measured."""
    rows = np.array([row for row, document in enumerate(of.documents) if values_at(document, field)])
    rows = np.sort(np.random.default_rng(7).permutation(rows)[:READ])
    kind = scheme_type(scheme)
    base = Decoder(of.vocabulary, kind(kind.dimensions_near(SIZES[0])[0]))

    def share(made: Scheme, vectors: Floats) -> float:
        read = base.under(made).decode(vectors[rows], field, 1)
        right = [
            any(is_right(found[0], value) for value in values_at(of.documents[row], field))
            for row, found in zip(rows.tolist(), read, strict=True)
        ]
        return float(np.mean(right))

    return share


def crossings(
    of: Collection, scheme: str, asked: Sequence[tuple[Share, float]], seeds: Sequence[int]
) -> list[float | None]:
    """Return for each share where its mean over seeds reaches what is asked, at two sizes running.

    None if it does nowhere.
    """
    kind = scheme_type(scheme)
    found: list[float | None] = [None] * len(asked)
    first: list[float | None] = [None] * len(asked)
    before = [(SIZES[0], 0.0)] * len(asked)
    for wanted in SIZES:
        left = [i for i, one in enumerate(found) if one is None]
        if not left or (kind.largest is not None and wanted > kind.largest):
            break
        D = kind.dimensions_near(wanted)[0]
        made = [kind(D, seed) for seed in seeds]
        vectors = [encode(of.features, one) for one in made]
        for i in left:
            share, least = asked[i]
            now = float(np.mean([share(one, rows) for one, rows in zip(made, vectors, strict=True)]))
            if now < least:
                first[i] = None
            elif first[i] is None:
                first[i] = _between(before[i], (D, now), least)
            else:
                found[i] = first[i]
            before[i] = (D, now)
    return [last if one is None else one for one, last in zip(found, first, strict=True)]


def _between(below: tuple[int, float], above: tuple[int, float], asked: float) -> float:
    part = (asked - below[1]) / (above[1] - below[1])
    return float(below[0] * (above[0] / below[0]) ** part)


def common_fields(of: Collection, most: int) -> list[Path]:
    """Return some fields that a third of the documents have, from many different values to few."""
    fields, kept = of.vocabulary.fields, of.vocabulary.kept
    common = [
        path
        for path, field in fields.items()
        if len(kept[path].values) > 1 and field.weight >= 0.5 and field.documents >= 0.3 * len(of.documents)
    ]
    common.sort(key=lambda path: (-len(kept[path].values), fields[path].name))
    return common[:: max(1, len(common) // max(1, most))][:most]


def rows(names: Sequence[str], scheme: str, fields: int, seeds: Sequence[int] = SEEDS) -> Iterator[Row]:
    """Yield the table line by line."""
    for name in names:
        of = fitted(name)
        chosen = common_fields(of, fields)
        asked = [
            (neighbors_share(of), KEPT),
            *((field_share(of, field, scheme), DECODED) for field in chosen),
        ]
        measured = crossings(of, scheme, asked, seeds)
        yield Row(name, "95 % of ten neighbours", for_neighbors(of, scheme), measured[0])
        for field, one in zip(chosen, measured[1:], strict=True):
            yield Row(name, f"99 % of {field_name(field)}", for_field(of, field, scheme), one)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collections", nargs="*", default=shipped.names())
    parser.add_argument("--scheme", default="mbat")
    parser.add_argument("--fields", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one seed")
    options = parser.parse_args()
    print(f"| collection | {options.scheme} | advised D | measured D | ratio | within {WITHIN:g} |")
    print("|---|---|---:|---:|---:|---|")
    for row in rows(
        options.collections, options.scheme, options.fields, SEEDS[: 1 if options.quick else None]
    ):
        above = f"above {row.advised.largest[0]:,} ({row.advised.largest[1]:.0%} there)"
        advised = above if row.advised.dimensions is None else f"{row.advised.dimensions:,}"
        measured = f"above {SIZES[-1]:,}" if row.measured is None else f"{row.measured:,.0f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        cells = (row.collection, row.what, advised, measured, ratio, "yes" if row.holds else "no")
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
