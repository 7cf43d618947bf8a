"""Explaining, decoding and reconstructing: whether what is said of a vector is so, and how long it takes.

python benchmarks/explaining.py

On the shipped collections: whether contributions sum to the cosine; whether the field that was changed has
the largest fall; how many leaves come back from a vector, and whether stated probabilities are right as often
as they say; how much of a whole document comes back. On 50,000 made documents: how long an explanation takes.
"""

import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import numpy as np

from benchmarks.changes import put, spots
from benchmarks.made import made
from vsaviz import JSONVectorizer, schemes, shipped
from vsaviz.decode import Decoder, Reconstructor
from vsaviz.decode.truth import is_right, values_at
from vsaviz.encoding import encode
from vsaviz.explain import explain_parts, products
from vsaviz.features import Features, FeatureSettings, Vocabulary, fit
from vsaviz.features.constants import PRESENT, as_json
from vsaviz.features.paths import Path, collapsed
from vsaviz.features.walk import walk

PAIRS, CHANGES, LEAVES, DOCUMENTS = 1_000, 1_000, 2_000, 40
BINS = 10
SMALL, LARGE, LARGEST = 64, 4_096, 8_192
"""Dimensions: for sums under every scheme, for decoding, for whole documents."""


def collections(weights: str) -> Iterator[tuple[str, list[Any], Vocabulary, Features]]:
    """Yield the shipped collections, fitted."""
    for name in shipped.names():
        documents = shipped.load(name).documents
        yield name, documents, *fit(documents, FeatureSettings(weights=weights))


def largest_error(pairs: int = PAIRS) -> dict[str, float]:
    """Return for each scheme how far contributions are from summing to the cosine, at most."""
    errors = dict.fromkeys(schemes.names(), 0.0)
    fitted = list(collections("similarity"))
    for name in errors:
        scheme = schemes.create(name, schemes.scheme_type(name).dimensions_near(SMALL)[0])
        for _, documents, _, features in fitted:
            vectors = encode(features, scheme).astype(np.float64)
            rows = np.random.default_rng(0).integers(len(documents), size=(pairs // len(fitted), 2))
            for one, other in rows.tolist():
                parts = explain_parts(features, one, other, scheme)
                error = abs(sum(part.contribution for part in parts) - vectors[one] @ vectors[other])
                errors[name] = max(errors[name], float(error))
    return errors


def changed_fields(trials: int = CHANGES) -> tuple[int, int]:
    """Return how often the field of a changed leaf has the largest fall, and how often it was tried.

    The leaf has at least 1 % of the squared norm, and its new value shares no atom with the field.
    """
    found = tried = 0
    scheme = schemes.create("mbat", 1024)
    fitted = list(collections("similarity"))
    for seed, (_, documents, vocabulary, _) in enumerate(fitted):
        rng = np.random.default_rng(seed)
        every = list(spots(documents))
        values: dict[Any, list[Any]] = {}
        for field, spot in every:
            values.setdefault(field, []).append(spot.value)
        n = 0
        for place in rng.permutation(len(every)).tolist():
            field, spot = every[place]
            other = values[field][int(rng.integers(len(values[field])))]
            if isinstance(spot.value, dict | list) or isinstance(other, dict | list) or not spot.steps:
                continue
            document = documents[spot.row]
            both = vocabulary.features([document, put(document, spot.steps, other)])
            path = _field_of(both, field)
            if path is None or not _is_large(both, path) or _shares_atoms(both, path):
                continue
            before, after = products(both, 0, 0, scheme)[0], products(both, 0, 1, scheme)[0]
            falls = {one: value - after.get(one, 0.0) for one, value in before.items()}
            found += max(falls, key=lambda one: falls[one]) == path
            tried += 1
            n += 1
            if n >= trials // len(fitted):
                break
    return found, tried


def _field_of(features: Features, steps: tuple[Any, ...]) -> Path | None:
    """Return the field of the first document that has these steps, [] for any position."""
    for field in features.split(0)[1]:
        if tuple(role[-1] if role[0] == "key" else "[]" for role in field if role[0] != "array") == steps:
            return field
    return None


def _field_rows(features: Features, row: int, path: Path) -> dict[Any, float]:
    part, fields = features.split(row)
    if path not in fields:
        return {}
    S = (part.L[[fields.index(path)]] @ part.T).tocoo()
    atoms = [features.atoms[atom] for atom in part.feature_atom[S.col].tolist()]
    rows = zip(part.feature_path[S.col].tolist(), atoms, S.data.tolist(), strict=True)
    return {(where, atom): weight for where, atom, weight in rows}


def _is_large(features: Features, path: Path) -> bool:
    S = features.L[[0]] @ features.T
    return sum(w**2 for w in _field_rows(features, 0, path).values()) >= 0.01 * float((S.data**2).sum())


def _shares_atoms(features: Features, path: Path) -> bool:
    """Whether old and new values have anything in common but the presence of their key."""
    one, other = ({key for key in _field_rows(features, row, path) if key[1] != PRESENT} for row in (0, 1))
    return bool(one & other)


Outcome = tuple[float, bool, float]
"""A stated probability, whether it was right, and the leaf's share of the squared norm."""


def decoded(weights: str = "record", dimensions: int = LARGE, leaves: int = LEAVES) -> list[Outcome]:
    """Return what became of random leaves of the shipped collections."""
    outcomes: list[Outcome] = []
    scheme = schemes.create("mbat", dimensions)
    for _, documents, vocabulary, features in collections(weights):
        vectors, decoder = encode(features, scheme), Decoder(vocabulary, scheme)
        walked = walk(documents)
        held = walked.shares.tocoo()
        chosen = np.random.default_rng(0).choice(held.nnz, leaves // 5, replace=False)
        by_path: dict[Path, list[int]] = {}
        for entry in chosen.tolist():
            if walked.values[held.col[entry]] != PRESENT:
                path = collapsed(walked.paths[walked.place[held.col[entry]]], vocabulary.fixed)
                by_path.setdefault(path, []).append(int(held.row[entry]))
        for path, rows in by_path.items():
            for row, found in zip(rows, decoder.decode(vectors[rows], path, 1), strict=True):
                right = any(is_right(found[0], value) for value in values_at(documents[row], path))
                outcomes.append((found[0].probability, right, _share(features, row, path)))
    return outcomes


def _share(features: Features, row: int, path: Path) -> float:
    """Return the share of a document's squared norm that its largest leaf at a path has."""
    leaves = features.L[[row]].tocoo()
    here = np.array([features.paths[p] == path for p in features.leaf_path[leaves.col]], dtype=bool)
    if not here.any():
        return 0.0
    lengths = np.asarray(features.T[leaves.col[here]].multiply(features.T[leaves.col[here]]).sum(axis=1))
    whole = features.L[[row]] @ features.T
    return float((leaves.data[here] ** 2 * lengths.ravel()).max() / (whole.data**2).sum())


def calibration(outcomes: Sequence[Outcome]) -> float:
    """Return the mean difference of stated and found shares over ten bins, weighed by how full they are."""
    said, right = (np.array([one[i] for one in outcomes], dtype=np.float64) for i in (0, 1))
    which = np.minimum((said * BINS).astype(int), BINS - 1)
    n = np.bincount(which, minlength=BINS)
    gaps = np.abs(np.bincount(which, said, BINS) - np.bincount(which, right, BINS))
    return float(gaps.sum() / n.sum())


def reconstructed(
    name: str, dimensions: int = LARGEST, n: int = DOCUMENTS
) -> tuple[float, float, float, float]:
    """Return shares of leaves that come back: of 0.1 % and more, of all; leaves too many; median seconds."""
    documents = shipped.load(name).documents
    vocabulary, features = fit(documents, FeatureSettings(weights="record"))
    scheme = schemes.create("mbat", dimensions)
    rows = np.random.default_rng(1).choice(len(documents), n, replace=False).tolist()
    reader = Reconstructor(vocabulary, scheme)
    large, right, more, seconds = [], [], 0, []
    for row, vector in zip(rows, encode(features.of(rows), scheme), strict=True):
        start = time.perf_counter()
        read = reader.read(vector)
        seconds.append(time.perf_counter() - start)
        found = {leaf.path: leaf.decoded for leaf in read.leaves}
        leaves = walk([documents[row]], vocabulary.settings.balance)
        weights = leaves.shares.toarray()[0] ** 2
        for place, value, weight in zip(leaves.place.tolist(), leaves.values, weights.tolist(), strict=True):
            if value != PRESENT:
                here = found.pop(leaves.paths[place], None)
                right.append(here is not None and is_right(here, as_json(value)))
                large.append(weight >= 0.001 * weights.sum())
        more += len(found)
    told = np.array(right)
    return float(told[np.array(large)].mean()), float(told.mean()), more / len(told), median(seconds)


def explain_seconds(n: int = 50_000) -> tuple[float, float]:
    """Return the median seconds of explaining two of n documents: given as rows, and as documents."""
    documents = made(n)
    vectorizer = JSONVectorizer().fit(documents[:1])
    features = vectorizer._fit(documents)
    scheme = schemes.create("mbat", 1024)
    rows, given = [], []
    for one, other in np.random.default_rng(0).integers(n, size=(21, 2)).tolist():
        start = time.perf_counter()
        explain_parts(features, one, other, scheme)
        middle = time.perf_counter()
        vectorizer.explain(documents[one], documents[other])
        rows.append(middle - start)
        given.append(time.perf_counter() - middle)
    return median(rows), median(given)


def main() -> None:
    """Measure and print."""
    errors = largest_error()
    worst = max(errors, key=lambda name: errors[name])
    print(f"contributions sum to the cosine, {PAIRS:,} pairs a scheme: {errors[worst]:.1e} at most ({worst})")
    found, tried = changed_fields()
    print(f"the changed field has the largest fall: {found / tried:.1%} of {tried:,}")
    for weights in ("record", "similarity"):
        outcomes = decoded(weights)
        large = [right for _, right, share in outcomes if share >= 0.01]
        print(
            f"decode, D={LARGE:,}, {weights}: {np.mean(large):.1%} of {len(large):,} leaves of 1 % or more; "
            f"{np.mean([right for _, right, _ in outcomes]):.1%} of all {len(outcomes):,}; "
            f"calibration error {calibration(outcomes):.3f}"
        )
    for name in shipped.names():
        large_share, every, more, seconds = reconstructed(name)
        print(
            f"reconstruct {name}, D={LARGEST:,}: {large_share:.1%} of leaves of 0.1 % or more, "
            f"{every:.1%} of all, {more:.1%} too many, {seconds:.1f} s a document"
        )
    rows, given = explain_seconds()
    print(f"explain among 50,000 documents: {1000 * rows:.0f} ms by rows, {1000 * given:.0f} ms by documents")


if __name__ == "__main__":
    main()
