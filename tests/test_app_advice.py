"""Which D is enough, asked beside the slider: what is said is what the theory tells, and can be used."""

import re
from html import unescape

import pytest

from tests.test_app import PETS, healthy, said, summary, with_documents
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import field_path
from vsaviz.lab.advice.advisor import Needed, for_field, for_neighbors
from vsaviz.lab.advice.thought import Collection
from vsaviz.ui.advice import advice, in_bytes

BOXES = [
    {
        "color": ["red", "green", "blue", "black"][i % 4],
        "tags": [f"t{i * j % 11}" for j in range(1, 6)],
        "size": [i % 7, i % 5, i % 3],
    }
    for i in range(40)
]


def opened(documents=BOXES):
    at = with_documents(documents)
    at.session_state["advice_open"] = True
    return healthy(at.run())


def advised(at):
    """The sentences of the advice, as people read them."""
    texts = [re.sub(r"\\(.)", r"\1", unescape(one.value)) for one in at.markdown]
    return [text for text in texts if "dimensions" in text or "No D" in text]


def use(at, name):
    return next(button for button in at.button if button.key == f"advice_use_{name}")


def test_nothing_is_worked_out_before_it_is_asked_for():
    at = healthy(with_documents(BOXES))
    assert advised(at) == []
    assert not any((button.key or "").startswith("advice_use") for button in at.button)


def test_the_sentences_are_those_of_the_theory():
    at = opened()
    of = Collection(*fit(BOXES, FeatureSettings()), BOXES)
    at.selectbox(key="advice_field").set_value(field_path("color")).run()
    neighbors, field = for_neighbors(of, "mbat"), for_field(of, field_path("color"), "mbat")
    assert advised(at) == [
        advice("keep", "of a document's ten exact neighbours", neighbors, 1024),
        advice("read back", "of the values of color", field, 1024),
    ]
    assert any("MB, about" in text or "kB, about" in text for text in said(at, "vz-caption"))


def test_what_is_advised_can_be_used():
    at = opened()
    at.select_slider(key="dimensions").set_value(64).run()
    size = int(use(at, "neighbors").label.removeprefix("Use ").replace(",", ""))
    use(at, "neighbors").click().run()
    healthy(at)
    assert at.select_slider(key="dimensions").value == size
    assert f"D={size:,}" in summary(at)
    assert use(at, "neighbors").disabled


def test_another_scheme_and_another_field_are_asked_anew():
    at = opened()
    before = advised(at)
    at.selectbox(key="scheme").set_value("map-b").run()
    healthy(at)
    assert advised(at)[0] != before[0]
    at.selectbox(key="advice_field").set_value(field_path("tags[]")).run()
    healthy(at)
    assert "tags[]" in advised(at)[1]


@pytest.mark.parametrize("documents", [[{"a": 1}], [{}, {}], [[], []], [1, 2, 3], PETS])
def test_small_and_odd_collections_have_advice_or_say_why_not(documents):
    at = opened(documents)
    assert advised(at) or "no other document" in " ".join(said(at, "vz-caption"))


def test_hostile_names_of_fields_stay_text():
    name = "<b>x</b> [a](http://example.invalid) :rocket: $y$"
    at = opened([{name: ["one", "two"][i % 2]} for i in range(12)])
    text = next(one.value for one in at.markdown if "rocket" in one.value)
    assert r"\<b\>" in text
    assert r"\[a\]" in text
    assert r"\:rocket\:" in text


def test_beyond_the_largest_it_says_so():
    above = advice("keep", "of them", Needed(0.95, None, ((1024, 0.5), (8192, 0.9)), 1.0), 1024)
    assert above == "More than 8,192 dimensions keep 95% of them; 8,192 keep 90%."
    assert in_bytes(1_500_000) == "1.5 MB"
