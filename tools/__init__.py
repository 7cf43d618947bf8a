"""Scripts for developing vsaviz."""
