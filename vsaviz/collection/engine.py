"""LanceDB and pyarrow, an extra: the one place that says so where they are missing."""

import os

os.environ.setdefault("LANCEDB_LOG", "error")  # it would warn of each table that it creates

try:
    import lancedb
    import pyarrow as pa  # type: ignore[import-untyped]
except ImportError:
    raise ImportError("collections on disk need an extra: pip install 'vsaviz[collection]'") from None

__all__ = ["lancedb", "pa"]
