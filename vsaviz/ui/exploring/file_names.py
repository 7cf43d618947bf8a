"""The names of files that are taken away: nothing in them but letters, digits and hyphens."""

LONGEST = 40


def file_name(collection: str, what: str, suffix: str) -> str:
    """Return the name of a file of something of a collection.

    >>> file_name("../my orders.json", "vectors", ".npz")
    'my-orders-json-vectors.npz'
    """
    kept = "".join(c if c.isalnum() else "-" for c in collection).strip("-")[:LONGEST].strip("-")
    return f"{kept or 'documents'}-{what}{suffix}"
