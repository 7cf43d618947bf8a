"""What is served: the pages' script, what answers beside it, and what is said where a callback goes wrong.

``streamlit run`` finds ``app`` here. ``streamlit run app.py`` serves the script alone, which does without
the rest.
"""

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vsaviz.shipped import share
from vsaviz.ui.mishaps import apologise

SOUGHT = ("health", "host-config")


def elsewhere(_: Request) -> Response:
    """Answer a page that looks for its server below its own address: not here, go on.

    Opened by its own address, /compare asks /compare/_stcore/health before /_stcore/health. A status that is
    not 200 stands as an error in the browser's console; settings of ``null`` send the page on without one.
    """
    return Response("null", media_type="application/json")


def in_plain_words(error: Exception) -> bool:
    """Say that something went wrong in a callback, as in a page's own run; nothing else is shown of it."""
    apologise(error)
    return True


def routes(base: str) -> list[Route]:
    """Return what answers below the address of each page, where the app has a path of its own or none."""
    below = f"/{base.strip('/')}" if base.strip("/") else ""
    return [Route(f"{below}/{{page}}/_stcore/{name}", elsewhere) for name in SOUGHT]


app = st.App(
    share() / "app.py",
    routes=routes(st.get_option("server.baseUrlPath")),
    on_script_error=in_plain_words,
)
