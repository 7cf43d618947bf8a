"""What the server answers beside the pages."""

import pytest
from starlette.routing import Match
from streamlit.testing.v1 import AppTest

from vsaviz.ui.serving.server import app, routes


def answered(base, path):
    scope = {"type": "http", "method": "GET", "path": path}
    return any(route.matches(scope)[0] is Match.FULL for route in routes(base))


@pytest.mark.parametrize("base", ["", "vsaviz", "/team/vsaviz/"])
def test_only_what_pages_ask_below_their_own_address_is_answered(base):
    root = "/".join(["", *filter(None, base.split("/"))])
    for name in ("health", "host-config"):
        assert answered(base, f"{root}/compare/_stcore/{name}")
        assert not answered(base, f"{root}/_stcore/{name}")  # the server's own answer
        assert not answered(base, f"{root}/a/b/_stcore/{name}")
    assert not answered(base, f"{root}/compare/_stcore/stream")


def test_the_served_script_is_the_one_of_all_pages():
    assert app.script_path.name == "app.py"


def test_what_goes_wrong_in_a_callback_is_said_in_plain_words():
    def page():
        from vsaviz.ui.serving.server import in_plain_words

        assert in_plain_words(ValueError("secret"))

    shown = AppTest.from_function(page).run()
    assert not shown.exception
    text = " ".join(str(element.proto) for element in shown.get("html"))
    assert "Something went wrong inside vsaviz: number" in text
    assert "secret" not in text
