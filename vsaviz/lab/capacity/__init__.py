"""How much a bundle holds: items, pairs and sets, measured beside theory and published figures."""
