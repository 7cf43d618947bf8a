"""Network addresses: the more of their beginning is equal, the nearer they are."""

import re

from vsaviz.features.kinds.versions import Version

_ADDRESS = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3})(?:/\d{1,2})?(?::\d{1,5})?", re.ASCII)
HIGHEST = 255


class Address(Version):
    """IPv4 addresses, with a port or the size of the network or without: "10.0.3.17", "10.0.0.0/8"."""

    name = "network address"
    fewest = 2

    def read(self, value: str) -> tuple[str, ...] | None:
        """Return the address's beginnings, shortest first; the last is the whole text."""
        match = _ADDRESS.fullmatch(value) if len(value) <= 24 else None
        if match is None or any(int(part) > HIGHEST for part in match[1].split(".")):
            return None
        begins = super().read(match[1]) or ()
        return (*begins[:-1], f"whole {value}")
