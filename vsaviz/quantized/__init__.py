"""Vectors in a quarter of their bytes, or in a 32nd, and search among them with re-ranking.

The codes propose the best r · k rows, and the exact vectors decide among these. How many of the true
neighbours are among them depends on how the vectors lie: ``python benchmarks/exact.py`` measures it.

>>> import numpy as np
>>> vectors = np.linalg.qr(np.random.default_rng(0).standard_normal((64, 64)))[0].astype(np.float32)
>>> Int8(vectors).nbytes, Signs(vectors).nbytes, vectors.nbytes
(4352, 512, 16384)
>>> Signs(vectors).nearest(vectors[:2], k=1, rerank=4)[0].tolist()
[[0], [1]]
"""

from vsaviz.quantized.base import Quantized
from vsaviz.quantized.int8 import Int8, int8
from vsaviz.quantized.signs import Signs

__all__ = ["Int8", "Quantized", "Signs", "int8"]
