"""Every scheme on the 2,000 shipped products: seconds to encode, bytes a vector, nearness to the exact.

python benchmarks/schemes.py [-D 1024]
"""

import argparse
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from vsaviz import features, schemes, shipped
from vsaviz.encoding import encode
from vsaviz.features import Features, FeatureSettings
from vsaviz.neighbors import overlap, own_neighbors

COLLECTION = "products"
NEIGHBORS = 10


def exact_neighbors(fitted: Features) -> NDArray[np.int64]:
    """Return the rows most similar to each document by the exact kernel, itself left out."""
    S = fitted.matrix()
    kernel = (S @ S.T).toarray()
    np.fill_diagonal(kernel, -np.inf)
    return np.argsort(-kernel, axis=1, kind="stable")[:, :NEIGHBORS]


def report(dimensions: int) -> Iterator[str]:
    """Yield the lines of the table."""
    _, fitted = features.fit(shipped.load(COLLECTION).documents, FeatureSettings())
    exact = exact_neighbors(fitted)
    yield f"{fitted.n_documents:,} {COLLECTION}, default settings, D near {dimensions:,}"
    yield ""
    yield f"| scheme | D | seconds | bytes a vector | the {NEIGHBORS} nearest, as the exact kernel has them |"
    yield "|---|---|---|---|---|"
    for name, kind in schemes.SCHEMES.items():
        near = min(kind.dimensions_near(dimensions), key=lambda possible: abs(possible - dimensions))
        scheme = kind(near)
        start = time.perf_counter()
        vectors = encode(fitted, scheme)
        seconds = time.perf_counter() - start
        size = scheme.bundle(scheme.atoms(["a", "b"])).nbytes
        agreement = overlap(exact, own_neighbors(vectors, NEIGHBORS)[0]).mean()
        yield f"| {name} | {near:,} | {seconds:.2f} | {size:,} | {agreement:.0%} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-D", "--dimensions", type=int, default=1024)
    for line in report(parser.parse_args().dimensions):
        print(line, flush=True)


if __name__ == "__main__":
    main()
