"""What can be taken away: documents, vectors and neighbours, in formats that others read."""

from vsaviz.exports.cells import cell
from vsaviz.exports.csv_table import neighbors_csv
from vsaviz.exports.formats import FORMATS, Format
from vsaviz.exports.numpy_archive import vectors_npz
from vsaviz.exports.tables import Documents, Table, documents_table, neighbors_table

__all__ = [
    "FORMATS",
    "Documents",
    "Format",
    "Table",
    "cell",
    "documents_table",
    "neighbors_csv",
    "neighbors_table",
    "vectors_npz",
]
