"""What a maker gives: documents, and beside them a label to colour them by."""

import gzip
import io
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Collection:
    """Documents with one label each; the label stands in no field of a document."""

    name: str
    about: str
    label: str
    labels: list[str]
    documents: list[dict[str, Any]]

    def text(self) -> bytes:
        """Return the collection as one line of compact UTF-8 JSON."""
        content = {
            "name": self.name,
            "about": self.about,
            "label": {"name": self.label, "values": self.labels},
            "documents": self.documents,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def compressed(content: bytes) -> bytes:
    """Return ``content`` gzipped, with no time and no name in the header."""
    target = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=target, mtime=0) as file:
        file.write(content)
    return target.getvalue()
