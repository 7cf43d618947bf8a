"""What is said when something goes wrong that nobody foresaw: plain words, a number, and a next step."""

import logging
import traceback
from hashlib import blake2b

import streamlit as st

from vsaviz.ui.parts import notice

LOG = logging.getLogger("vsaviz")
NEXT = (
    "What you uploaded and chose is still there. Choose another page, collection or setting, or load the "
    "page again; if it comes back, give this number to whoever runs vsaviz: the log has the rest under it."
)
NO_MEMORY = (
    "There is not enough memory for this. Choose fewer documents, a smaller D, or a scheme without dense "
    "matrices."
)


def apologise(error: Exception) -> None:
    """Say that something went wrong, and write to the log what it was."""
    number = told(error)
    if isinstance(error, MemoryError):
        notice(f"{NO_MEMORY} (Number {number} in the log.)", "error")
    else:
        notice(f"Something went wrong inside vsaviz: number {number}. {NEXT}", "error")
    st.button("Load the page again", key="_again")


def told(error: Exception) -> str:
    """Write an error to the log; return its number, which the same error has again."""
    text = "".join(traceback.format_exception(error))
    number = blake2b(text.encode("utf-8", "backslashreplace"), digest_size=3).hexdigest()
    LOG.error("number %s\n%s", number, harmless(text))
    return number


def harmless(text: str) -> str:
    r"""Return text that does nothing to a terminal: what cannot be printed is written as an escape.

    >>> harmless("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return "".join(
        one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in text
    )
