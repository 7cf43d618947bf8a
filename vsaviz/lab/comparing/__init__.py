"""Encodings of the same documents beside each other and beside the exact kernel."""
