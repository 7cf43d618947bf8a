"""What sets some documents apart from the others, which of them is typical, and which are odd."""

from vsaviz.groups.difference import Difference
from vsaviz.groups.differences import Groups, explain_group
from vsaviz.groups.typical import Typical, typical

__all__ = ["Difference", "Groups", "Typical", "explain_group", "typical"]
