"""Collections on disk: documents, vectors and their encoder in one folder, searched where they lie."""

from vsaviz.collection.about import About
from vsaviz.collection.approximate import Built
from vsaviz.collection.collection import Collection
from vsaviz.collection.reader import Reader, Sample

__all__ = ["About", "Built", "Collection", "Reader", "Sample"]
