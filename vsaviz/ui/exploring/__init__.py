"""The parts of the page Explore, one a file."""
