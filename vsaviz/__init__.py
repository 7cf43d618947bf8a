"""See how JSON documents resemble each other: Vector Symbolic Architectures for JSON."""

from typing import TYPE_CHECKING, Any

from vsaviz import schemes
from vsaviz.errors import InputError
from vsaviz.features import FeatureSettings, Field
from vsaviz.ingest import read_json
from vsaviz.neighbors import nearest
from vsaviz.project import project
from vsaviz.search import Index
from vsaviz.vectorizer import JSONVectorizer

if TYPE_CHECKING:
    from vsaviz.collection import Collection as Collection

__version__ = "0.1.0"

__all__ = [
    "FeatureSettings",
    "Field",
    "Index",
    "InputError",
    "JSONVectorizer",
    "nearest",
    "project",
    "read_json",
    "schemes",
]


def __getattr__(name: str) -> Any:
    """Return ``Collection`` when it is first asked for: it needs an extra, and takes a second to import."""
    if name == "Collection":
        from vsaviz.collection import Collection

        return Collection
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
