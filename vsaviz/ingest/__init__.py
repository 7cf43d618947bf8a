"""Bytes to documents: JSON, JSON Lines, either gzipped, or ZIP archives of them; and where documents lie.

>>> read_json(b'{"type": "FeatureCollection", "features": [{"id": 1}, {"id": 2}]}')
[{'id': 1}, {'id': 2}]
"""

from vsaviz.ingest.files import Files, read_files, read_json
from vsaviz.ingest.left_out import Broken, BrokenParts, LeftOut
from vsaviz.ingest.limits import LIMITS, LimitError, Limits
from vsaviz.ingest.parsing import Parsed, parse
from vsaviz.ingest.records import RecordPath, record_paths, records
from vsaviz.ingest.sources import Source

__all__ = [
    "LIMITS",
    "Broken",
    "BrokenParts",
    "Files",
    "LeftOut",
    "LimitError",
    "Limits",
    "Parsed",
    "RecordPath",
    "Source",
    "parse",
    "read_files",
    "read_json",
    "record_paths",
    "records",
]
