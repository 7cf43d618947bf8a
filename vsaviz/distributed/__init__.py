"""Collections beyond one machine: many files → a fitted encoder and a data set of vectors, on a Dask cluster.

``fit`` learns an encoder from a folder of files, on a disk or in an object store, and ``encode`` writes their
vectors as Parquet parts with a manifest: the same vectors as ``vsaviz.streaming`` gives on one machine.
"""

from vsaviz.distributed.clusters import cluster
from vsaviz.distributed.documents import Documents
from vsaviz.distributed.fitting import fit
from vsaviz.distributed.writing import Vectors, encode

__all__ = ["Documents", "Vectors", "cluster", "encode", "fit"]
