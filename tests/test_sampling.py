"""More documents than are shown: a sample that is spread over files, always the same, and said so."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from vsaviz.ui import sampling
from vsaviz.ui.sampling import spread_sample


@pytest.mark.parametrize("most", [1, 7, 60, 99, 100])
def test_each_file_has_its_share_to_within_one(most):
    groups = [*"a" * 50, *"b" * 30, *"c" * 17, *"d" * 3]
    rows = spread_sample(groups, most, seed=0)
    assert len(rows) == len(set(rows.tolist())) == most
    assert (np.diff(rows) > 0).all()
    counts = Counter(groups[row] for row in rows)
    for name, n in Counter(groups).items():
        assert abs(counts[name] - n * most / 100) < 1


def test_a_sample_is_not_the_first_is_the_same_again_and_another_for_another_seed():
    rows = spread_sample(["a"] * 1000, 100, seed=0)
    assert rows[-1] > 900
    assert rows.tolist() == spread_sample(["a"] * 1000, 100, seed=0).tolist()
    assert rows.tolist() != spread_sample(["a"] * 1000, 100, seed=1).tolist()


def test_beyond_the_limit_the_page_says_how_many_of_how_many(monkeypatch):
    monkeypatch.setattr(sampling, "LIMITS", replace(sampling.LIMITS, documents=40))
    at = AppTest.from_file(Path(__file__).parent.parent / "app.py", default_timeout=60)
    at.session_state["collection"] = "Your files"
    at.run()
    files = [
        (f"{name}.json", json.dumps([{"id": f"{name}{i}", "n": i} for i in range(n)]).encode(), "")
        for name, n in (("one", 75), ("two", 25))
    ]
    at.file_uploader(key="upload").set_value(files).run()
    assert not at.exception
    said = " ".join(element.value for element in at.html)
    assert "40 of 100 documents are shown: a random sample, as many of each of 2 files as its share" in said
    assert Counter(at.session_state["_view"].loaded.files) == {"one.json": 30, "two.json": 10}
    assert "40 documents, " in said
