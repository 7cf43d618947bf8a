"""See how JSON documents resemble each other: Vector Symbolic Architectures for JSON."""

from vsaviz import schemes
from vsaviz.errors import InputError
from vsaviz.features import FeatureSettings, Field
from vsaviz.ingest import read_json
from vsaviz.neighbors import nearest
from vsaviz.project import project
from vsaviz.search import Index
from vsaviz.vectorizer import JSONVectorizer

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
