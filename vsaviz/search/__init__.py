"""Questions posed as a piece of JSON: which documents hold it, filtered exactly and ranked by their share."""

from vsaviz.search.hits import Hit, Hits
from vsaviz.search.index import Index

__all__ = ["Hit", "Hits", "Index"]
