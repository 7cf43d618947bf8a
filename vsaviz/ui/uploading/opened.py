"""A collection on disk as a visit keeps it: its encoder and a sample; the rest stays on the disk."""

from dataclasses import dataclass, replace
from pathlib import Path as File

from vsaviz.ui.encoding import Encoding
from vsaviz.ui.loaded import Loaded, OnDisk
from vsaviz.vectorizer import JSONVectorizer

SEED = 0
"""Of the sample."""


@dataclass(frozen=True)
class Opened:
    """A collection, and what is kept of it beside a sample."""

    path: File
    key: str
    """Changes whenever the collection does."""
    n: int
    indexed: bool
    encoder: JSONVectorizer

    @classmethod
    def of(cls, path: File, key: str) -> "Opened":
        """Open a collection; raises InputError where it cannot be read."""
        from vsaviz.collection.offered import by_name  # an extra
        from vsaviz.collection.reader import Reader

        with by_name(path):
            reader = Reader(path)
            return cls(path, key, len(reader), reader.indexed is not None, reader.vectorizer)

    @property
    def encoding(self) -> Encoding:
        """Its own, without weights set by hand: these are in what its encoder has learnt."""
        one = self.encoder
        plain = replace(one.vocabulary_.settings, field_weights=())
        return Encoding(one.scheme, one.dimensions, one.seed, plain)

    def sample(self, most: int) -> Loaded:
        """Return at most so many documents, drawn by a seed, with the vectors that they have; as ``of``."""
        from vsaviz.collection.offered import by_name
        from vsaviz.collection.reader import Reader

        with by_name(self.path):
            sample = Reader(self.path).sample(most, SEED)
        kept = OnDisk(
            name=self.path.name,
            n=self.n,
            indexed=self.indexed,
            encoding=self.encoding,
            vocabulary=self.encoder.vocabulary_,
            ids=sample.ids,
            vectors=sample.vectors,
        )
        return Loaded(f"{self.key} sample of {most}", self.path.name, sample.documents, on_disk=kept)
