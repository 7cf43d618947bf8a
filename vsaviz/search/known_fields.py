"""The fields that some documents have, and what somebody may have meant who typed another one."""

from collections.abc import Iterable

from vsaviz.features.near import near_names
from vsaviz.features.paths import Path, collapsed, field_name


class KnownFields:
    """The fields of some documents."""

    def __init__(self, fields: Iterable[Path]):
        self.fields = frozenset(fields)
        self.names = {field_name(field) for field in self.fields}
        self._places = {
            path[:step] for path in set(map(collapsed, self.fields)) for step in range(len(path) + 1)
        }

    def has(self, path: Path) -> bool:
        """Return whether a path, its positions open, is a field or leads to one."""
        return collapsed(path) in self._places

    def missing(self, name: str) -> str:
        """Return the sentence that there is no field of this name, and up to three that are like it.

        >>> KnownFields([(("key", "age"),), (("key", "city"),)]).missing("citty")
        "no document has the field 'citty'; near: city"
        """
        return f"no document has the field {name!r}; near: {near_names(name, self.names)}"
