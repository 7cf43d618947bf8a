"""Groups of like documents, found among the vectors and never on the map, and short names for them."""

from vsaviz.clusters.finding import Clusters, find_clusters, usual_size
from vsaviz.clusters.naming import Named, name_clusters

__all__ = ["Clusters", "Named", "find_clusters", "name_clusters", "usual_size"]
