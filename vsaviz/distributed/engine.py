"""Dask and fsspec, an extra: the one place that says so where they are missing."""

try:
    import distributed as dask
    import fsspec
except ImportError:
    raise ImportError("more than one machine needs an extra: pip install 'vsaviz[distributed]'") from None

__all__ = ["dask", "fsspec"]
