"""JSON text → leaves, without a Python object for each of them: only for each that is distinct.

The same leaves as ``vsaviz.features.walk`` finds in the parsed documents, found by passes over whole arrays
of bytes: ``structure`` (bytes → marks) → ``tree`` (marks → slices, and what holds them) → ``texts`` (slices →
distinct keys and values) → ``containers`` (what lies where) → ``leaves``.
"""

from vsaviz.features.text.leaves import walk_text
from vsaviz.features.text.lines import Lines, as_lines, leaves_of

__all__ = ["Lines", "as_lines", "leaves_of", "walk_text"]
