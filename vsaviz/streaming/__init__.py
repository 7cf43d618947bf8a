"""Collections of any size: JSON Lines → a folder of vectors, in constant memory, gone on with after a kill.

``fitted`` learns an encoder from a file that need not fit into memory, ``encode_file`` writes its vectors as
numbered Parquet parts with a manifest, ``joined`` and ``join`` give these as one array or archive.
"""

from vsaviz.streaming.fitting import fitted
from vsaviz.streaming.joining import join, joined
from vsaviz.streaming.manifest import Manifest, Part, read_manifest
from vsaviz.streaming.source import Identity, Source
from vsaviz.streaming.writing import Folder, encode_file

__all__ = [
    "Folder",
    "Identity",
    "Manifest",
    "Part",
    "Source",
    "encode_file",
    "fitted",
    "join",
    "joined",
    "read_manifest",
]
