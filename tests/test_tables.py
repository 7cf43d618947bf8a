"""The table of documents: a page of lines, that of the document which is read; what is selected, or left."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from vsaviz.ui import tables
from vsaviz.ui.exploring.shown import Shown

DOCUMENTS = [{"id": f"p{i}", "kind": "ab"[i % 2]} for i in range(12)]


@pytest.fixture
def at(monkeypatch):
    monkeypatch.setattr(tables, "LINES", 5)
    at = AppTest.from_file(Path(__file__).parent.parent / "app.py", default_timeout=60)
    at.session_state["collection"] = "Pasted text"
    at.session_state["paste"] = json.dumps(DOCUMENTS)
    return at.run()


def listed(at):
    assert not at.exception
    shown = [frame.value["document"].tolist() for frame in at.dataframe if "document" in frame.value]
    said = [element.value for element in at.html if "Lines " in element.value]
    return shown[0], said[0].split(">")[1].split("<")[0] if said else ""


def test_only_a_page_of_lines_is_sent_and_it_is_said_which(at):
    assert listed(at) == ([f"p{i}" for i in range(5)], "Lines 1 to 5 of 12.")


def test_the_page_is_that_of_the_document_which_is_read(at):
    at.session_state["_selection"] = replace(at.session_state["_selection"], focus=11, turn=1)
    assert listed(at.run()) == (["p10", "p11"], "Lines 11 to 12 of 12.")


def test_a_selection_of_few_needs_no_pages(at):
    at.session_state["_selection"] = replace(at.session_state["_selection"], rows=(2, 3, 9))
    assert listed(at.run()) == (["p2", "p3", "p9"], "")


def test_hits_are_listed_where_nothing_is_selected_and_filters_leave_out():
    class Anything:
        documents = DOCUMENTS

    def rows(selected, **shown):
        return tables._listed(Anything(), Shown([], "", "pca", **shown), selected).tolist()

    assert rows(()) == list(range(12))
    assert rows((), lit=np.array([3, 5])) == [3, 5]
    assert rows((1, 5), lit=np.array([3, 5])) == [1, 5]
    assert rows((), lit=np.array([3, 5]), kept=np.array([0, 5])) == [5]
