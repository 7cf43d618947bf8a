"""Text of a user's as text: plotly reads tags and links in labels, and shows no controls."""

from html import escape

LONGEST = 80


def plain(text: str, longest: int = LONGEST) -> str:
    """Return text that plotly draws as it is, shortened to one line.

    >>> plain("<a href='x'>1</a>", 12)
    '&lt;a href=&#x27;x&#x27;…'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    shortened = line if len(line) <= longest else line[: longest - 1] + "…"
    return escape(shortened).replace("&quot;", "&#34;")  # plotly knows few names of characters, all numbers
