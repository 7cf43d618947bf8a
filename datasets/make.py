"""Write the shipped collections and print how hard each is.

Run ``python datasets/make.py`` for all of them or name some: ``python datasets/make.py events``.
The same files come out each time. ``--no-measure`` writes them only.
"""

import argparse
from pathlib import Path
from random import Random
from statistics import median

from makers import MAKERS
from makers.collection import Collection, compressed

FOLDER = Path(__file__).parent


def make(name: str) -> Collection:
    """Return a collection, always the same: its name is its seed."""
    return MAKERS[name](Random(f"vsaviz {name}"))


def write(collection: Collection, folder: Path = FOLDER) -> Path:
    """Write ``NAME.json.gz`` and return its path."""
    path = folder / f"{collection.name}.json.gz"
    path.write_bytes(compressed(collection.text()))
    return path


def main() -> None:
    """Make what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MAKERS)}")
    parser.add_argument("--no-measure", action="store_true", help="write the files only")
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(MAKERS)):
        parser.error(f"no collection {unknown[0]!r}; known: {', '.join(MAKERS)}")
    for name in options.names or MAKERS:
        collection = make(name)
        size = write(collection).stat().st_size
        print(f"{name}: {len(collection.documents)} documents, {size / 1000:.0f} kB gzipped")
        if not options.no_measure:
            report(collection)


def report(collection: Collection) -> None:
    """Print the leaves of a document, the best single field, and the default's accuracy."""
    import measure  # needs the encoder, which writing the files does not

    documents, labels = collection.documents, collection.labels
    leaves = median(sum(1 for _ in measure.leaves(document)) for document in documents)
    print(f"  leaves, median         {leaves:g}")
    print(f"  {collection.label}: {', '.join(sorted(set(labels)))}")
    field, best = measure.best_field(documents, labels)
    print(f"  best single field      {best:.3f}  {field}")
    print(f"  default encoding, 5-NN {measure.default_accuracy(documents, labels):.3f}")


if __name__ == "__main__":
    main()
