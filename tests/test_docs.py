"""The examples of the documentation run, in the order in which they stand."""

import re

import pytest

from tests.examples import ROOT, run_page


def test_the_readme_runs(monkeypatch):
    names = run_page("README.md", ROOT, monkeypatch)
    assert names["points"].shape == (len(names["documents"]), 2)


def test_the_examples_for_machine_learning_run_and_find_what_is_there(monkeypatch):
    names = run_page("docs/machine-learning.md", ROOT, monkeypatch)
    assert names["scores"].mean() > 0.8
    assert names["clarity"] > 0
    assert names["agreement"] > 0.15
    assert names["belonging"].argmin() == len(names["documents"])


def test_the_examples_for_explaining_run_and_tell_what_is_there(monkeypatch):
    names = run_page("docs/explaining.md", ROOT, monkeypatch)
    document = names["products"][3]
    assert names["told"].document["supplier"] == document["supplier"]
    assert names["told"].explained > 0.99


def test_the_examples_for_searching_run_and_find_what_they_say(monkeypatch):
    names = run_page("docs/search.md", ROOT, monkeypatch)
    assert all("asthma" in str(hit.document).lower() for hit in names["hits"][:3])
    assert names["fewer"].steps[-1][1] < names["fewer"].steps[0][1]
    assert len(names["nothing"]) == 0
    assert {hit.document["patient"]["sex"] for hit in names["others"]} == {names["asked"]}


def test_the_examples_for_comparing_run_and_show_noise_that_falls_with_the_dimension(monkeypatch):
    names = run_page("docs/comparing.md", ROOT, monkeypatch)
    off = {(one.scheme, one.dimensions): one.deviation for one in names["found"].measured}
    assert off["mbat", 1024] < 0.7 * off["mbat", 256]
    assert 16 <= names["needed"].dimensions <= 8192


def test_the_example_for_the_lab_runs_and_shows_the_claim(monkeypatch):
    names = run_page("docs/lab.md", ROOT, monkeypatch)
    assert names["gaussian"].spread > 0.1
    assert names["orthogonal"].departure < 1e-4


@pytest.mark.parametrize(
    "page", sorted(str(p.relative_to(ROOT)) for p in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
)
def test_pictures_and_pages_that_are_linked_exist(page):
    path = ROOT / page
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text()):
        assert (path.parent / link).exists(), link
