"""Documents of one's own: which files, what of them can be read, and where in them the documents lie."""
