"""pyarrow, an extra: the one place that says so where it is missing."""

try:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet as pq
except ImportError:
    raise ImportError("streaming to Parquet needs pyarrow, an extra: pip install 'vsaviz[stream]'") from None

__all__ = ["pa", "pq"]
