"""Which fields the vectors of another model know."""
