"""Everything that vsaviz claims and that needs no browser, measured and printed as one table.

python benchmarks/claims.py [--json] [--quick]
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np

from benchmarks import memory, stages
from benchmarks.encode import compare, report
from vsaviz import JSONVectorizer, schemes
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats

SEEDS = range(5)
"""Where a cosine is asked for, the worst of these seeds is given."""
WEIGHTS = ("similarity", "record")
"""Both are tried."""


@dataclass(frozen=True)
class Claim:
    """One row of the table."""

    what: str
    asked: str
    measured: str
    met: bool


def cosines(documents: list[Any], **settings: Any) -> Floats:
    """Return the cosines (n, n) of documents encoded with the given settings, D = 1024 where not said."""
    vectors = JSONVectorizer(**settings).fit_transform(documents)
    return vectors @ vectors.T


def swapped_keys() -> Iterator[Claim]:
    """Try a.b and b.a, which a binding that commutes cannot tell apart."""
    documents = [{"a": {"b": 1}}, {"b": {"a": 1}}]
    for weights in WEIGHTS:
        for name in ("mbat", "mbat-haar", "permutation", "map-i", "hrr"):
            found = [
                float(cosines(documents, scheme=name, seed=seed, structure=0, weights=weights)[0, 1])
                for seed in SEEDS
            ]
            collides = schemes.scheme_type(name).commutative
            yield Claim(
                f'{{"a":{{"b":1}}}} and {{"b":{{"a":1}}}}, structure=0, {name}, weights={weights}',
                "1.00" if collides else "< 0.15",
                _range(found),
                min(found) >= 0.995 if collides else max(found) < 0.15,
            )


def nested_arrays() -> Iterator[Claim]:
    """Swap two items across nested arrays."""
    documents = [[[1, 2], [3, 4]], [[1, 3], [2, 4]]]
    for weights in WEIGHTS:
        found = [
            float(
                cosines(
                    documents, seed=seed, arrays="sequence", numbers="exact", structure=0, weights=weights
                )[0, 1]
            )
            for seed in SEEDS
        ]
        yield Claim(
            f"[[1,2],[3,4]] and [[1,3],[2,4]], sequence, exact, structure=0, mbat, weights={weights}",
            "0.50 ± 0.1",
            _range(found),
            all(abs(cosine - 0.5) <= 0.1 for cosine in found),
        )


def values_apart() -> Iterator[Claim]:
    """Compare values that are written alike or empty."""
    values = [1, "1", True, "true", None, "null", {}, [], ""]
    documents = [{"key": value} for value in values]
    pairs = list(combinations(range(len(values)), 2))
    for weights in WEIGHTS:
        cosine = np.max(
            [cosines(documents, seed=seed, strings="exact", weights=weights) for seed in SEEDS], axis=0
        )
        worst = max(pairs, key=lambda pair: cosine[pair])
        names = " and ".join(json.dumps(values[row]) for row in worst)
        yield Claim(
            '1, "1", true, "true", null, "null", {}, [], "" under one key, exact strings, mbat, '
            f"weights={weights}",
            "all pairs < 0.5",
            f"at most {cosine[worst]:.2f} ({names}; {len(SEEDS)} seeds)",
            bool(cosine[worst] < 0.5),
        )


def near_numbers() -> Iterator[Claim]:
    """Compare near numbers with far ones."""
    documents = [{"x": x} for x in range(100)]
    for weights in WEIGHTS:
        found = []
        for seed in SEEDS:
            cosine = cosines(documents, seed=seed, weights=weights)
            found.append(float(cosine[20, 21] - cosine[20, 90]))
        yield Claim(
            f"fitted on x = 0…99: cosine of 20 and 21 less that of 20 and 90, mbat, weights={weights}",
            "≥ 0.3",
            _range(found),
            min(found) >= 0.3,
        )


def stable_norms() -> Iterator[Claim]:
    """Bind again and again: plain random matrices let lengths drift, orthogonal ones do not."""
    gaussian, orthogonal = (_deviation_of_log_norm(name) for name in ("mbat-gaussian", "mbat"))
    what = "20 bindings at D=1024, 30 seeds: deviation of the log norm, "
    yield Claim(what + "mbat-gaussian", "0.10 ± 0.03", f"{gaussian:.3f}", abs(gaussian - 0.10) <= 0.03)
    yield Claim(what + "mbat", "< 1e-4", f"{orthogonal:.1e}", orthogonal < 1e-4)


def _deviation_of_log_norm(name: str) -> float:
    logs = []
    for seed in range(30):
        scheme = schemes.create(name, 1024, seed)
        vector = scheme.atoms(["filler"])
        for step in range(20):
            vector = scheme.bind(("key", f"step {step}"), vector)
        logs.append(np.log(np.linalg.norm(vector.astype(np.float64))))
    return float(np.std(logs, ddof=1))


def inner_products() -> Iterator[Claim]:
    """Bind related vectors, and compare atoms with what they are bound to."""
    for name in ("mbat", "mbat-haar"):
        kept = _largest_error(schemes.create(name, 1024))
        yield Claim(f"{name} preserves inner products, D=1024", "to 1e-5", f"{kept:.1e}", kept < 1e-5)
        spread = {D: _spread(schemes.create(name, D)) * D**0.5 for D in (256, 512, 1024)}
        yield Claim(
            f"{name} binds to quasi-orthogonal vectors: deviation of cosines × √D",
            "1: as √(1/D)",
            ", ".join(f"{scaled:.2f} (D={D})" for D, scaled in spread.items()),
            all(0.9 <= scaled <= 1.1 for scaled in spread.values()),
        )


def _vectors(scheme: Scheme, n: int = 100) -> Floats:
    """Return n unit vectors that are related to each other."""
    rows = np.random.default_rng(0).standard_normal((n, scheme.dimensions)) + 0.5
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _largest_error(scheme: Scheme) -> float:
    """Return by how much (M v)·(M w) differs from v·w at most."""
    X = _vectors(scheme)
    bound = scheme.bind("role", X)
    return float(np.abs(bound.astype(np.float64) @ bound.T - X.astype(np.float64) @ X.T).max())


def _spread(scheme: Scheme) -> float:
    """Return the root mean square of the cosines of v with M v, and of M v with N v.

    The v are atoms: what is bound in documents.
    """
    X = scheme.atoms([f"word {i}" for i in range(500)])
    one, other = (scheme.embed(scheme.bind(role, X)) for role in ("one", "other"))
    same_rows = [np.einsum("ij,ij->i", A, B) for A, B in ((scheme.embed(X), one), (one, other))]
    return float(np.sqrt(np.mean(np.square(same_rows))))


def memory_peaks() -> Iterator[Claim]:
    """Measure what encoding takes in a fresh process."""
    for case, shape in (("keys", "10 a document"), ("keys-of-one", "all in one document")):
        found = memory.measured(case)
        yield Claim(
            f"{memory.DISTINCT_KEYS:,} distinct keys ({shape}), mbat, D=1024",
            "works, under 4 GB",
            f"peak {found.peak:,.0f} MB",
            found.peak < 4096,
        )
    found = memory.measured("large")
    name = "artworks" if memory.LARGE.exists() else "made documents"
    yield Claim(
        f"peak memory beyond L, T and the output, {found.documents:,} {name}, mbat, D=1024",
        "< 512 MB",
        f"{found.beyond:,.0f} MB (fitting {found.fit:,.0f}; kept after it {found.kept:,.0f}, with encoding "
        f"{found.encode:,.0f} more; L and T {found.factors:,.0f}, output {found.output:,.0f}, "
        f"documents and process {found.held:,.0f})",
        found.beyond < 512,
    )


def vectors_claims() -> Iterator[Claim]:
    """All claims about vectors, which no other load on the machine can change."""
    for claims in (swapped_keys, nested_arrays, values_apart, near_numbers, stable_norms, inner_products):
        yield from claims()


def _range(found: list[float]) -> str:
    return f"{min(found):.2f} … {max(found):.2f} ({len(found)} seeds)"


def table(claims: list[Claim]) -> str:
    """Return the claims as a table in Markdown."""
    lines = ["| claim | asked | measured | |", "|---|---|---|---|"]
    lines += [
        f"| {claim.what} | {claim.asked} | {claim.measured} | {'ok' if claim.met else 'NOT MET'} |"
        for claim in claims
    ]
    return "\n".join(lines)


def machine() -> str:
    """Return what the figures were measured on."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"


def _processor() -> str:
    """Return the processor as Linux knows it, or else its architecture."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--quick", action="store_true", help="only what is about vectors: no time, no memory")
    options = parser.parse_args()
    claims = list(vectors_claims())
    if options.quick:
        print(json.dumps([asdict(claim) for claim in claims], indent=1) if options.json else table(claims))
        return
    speed = compare()
    faster = Claim(
        "mbat, D=1024, against the plain recursion with dense matrices, 5,000 made documents",
        "≥ 50×",
        f"{speed.ratio:.0f}× ({speed.speed:,.0f} against {speed.speed_of_recursion:.1f} documents a second; "
        f"fitting, apart, {speed.fit:.1f} s; with extracting features {speed.ratio_of_transform:.0f}×)",
        speed.ratio >= 50,
    )
    again, steps = stages.encoding_again(), stages.upload_to_map()
    claims = [faster, *memory_peaks(), *claims]
    if options.json:
        whole = {
            "machine": machine(),
            "claims": [asdict(claim) for claim in claims],
            "speed": asdict(speed),
            "stages": steps,
            "encoding again": again,
        }
        json.dump(whole, sys.stdout, indent=1, ensure_ascii=False)
    else:
        print(machine(), table(claims), report(speed), stages.report(steps, again), sep="\n\n")


if __name__ == "__main__":
    main()
