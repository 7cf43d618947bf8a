"""Work that takes a while: it says how far it is, can be left, and what is kept is not made twice."""

import json
import threading
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from vsaviz.ui.aside import aside


class LeaveError(Exception):
    """What Streamlit raises where a person did something else."""


def test_work_aside_tells_its_steps_and_gives_what_it_made():
    seen, go = [], threading.Event()

    def report(share, step=""):
        seen.append((share, step))
        if share == 0.5:
            go.set()

    def work(tell):
        tell("half", 0.5)
        assert go.wait(10)
        return "made"

    assert aside(work, report) == "made"
    assert (0.5, "half") in seen


def test_work_that_is_left_ends_at_its_next_step():
    ended, reached = threading.Event(), threading.Event()

    def work(tell):
        try:
            for share in range(10**6):
                tell("step", share)
                time.sleep(0.01)
            reached.set()
        finally:
            ended.set()

    def report(share, step=""):
        raise LeaveError

    with pytest.raises(LeaveError):
        aside(work, report)
    assert ended.wait(10)
    assert not reached.is_set()


def test_an_error_in_work_aside_is_raised_where_it_is_waited_for():
    def work(tell):
        raise ValueError("row 3")

    with pytest.raises(ValueError, match="row 3"):
        aside(work, lambda *_: None)


def test_work_begun_ahead_is_begun_once_and_waited_for():
    def page():
        import streamlit as st

        from vsaviz.ui.ahead import begun, waited

        st.session_state.setdefault("made", [])
        kept = st.session_state.made
        first = begun("kind", "key", lambda: kept.append("x") or len(kept))
        again = begun("kind", "key", lambda: kept.append("y") or len(kept))
        st.session_state["found"] = (waited(first, print), first is again, list(kept))

    at = AppTest.from_function(page, default_timeout=20).run()
    assert not at.exception
    assert at.session_state["found"] == (1, True, ["x"])
    at.run()
    assert at.session_state["found"] == (1, True, ["x"])


def test_a_projection_that_was_stopped_shows_pca_and_can_be_run_again():
    at = AppTest.from_file(Path(__file__).parent.parent / "app.py", default_timeout=120)
    at.session_state["collection"] = "Pasted text"
    at.session_state["paste"] = json.dumps([{"n": n} for n in range(30)])
    at.run()
    view = at.session_state["_view"]
    key = (view.loaded.key, view.choice.first, "tsne")
    at.session_state["_stopped places mbat"] = key
    at.selectbox(key="projection").set_value("tsne").run()
    assert not at.exception
    said = " ".join(element.value for element in at.html)
    assert "t-SNE was stopped: PCA is shown instead." in said
    at.button(key="places mbat_again").click().run()
    said = " ".join(element.value for element in at.html)
    assert "t-SNE: who is next to whom can be trusted" in said
    assert "was stopped" not in said
