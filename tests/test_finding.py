"""Text in keys and values: what Python's own ``in`` finds, and counted by place."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vsaviz.errors import InputError
from vsaviz.jsontext import scalar
from vsaviz.search.finding import Place, Texts, folded

DOCUMENTS = [
    {"city": "Bern", "tags": ["old", "Bernese"], "n": 42},
    {"city": "Basel", "notes": {"text": "by train to BERN"}},
    {"bernina": None, "n": 1.5},
    {"a": {"Notes": []}, "n": 142},
    "bern",
    [],
]


def found(text, documents=DOCUMENTS):
    return Texts(documents).find(text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("bern", [0, 1, 2, 4]),
        ("  BERN ", [0, 1, 2, 4]),
        ("42", [0, 3]),
        ("1.5", [2]),
        ("notes", [1, 3]),
        ("null", []),
        ("true", []),
        ("", []),
        ("b.*n", []),
        ("old\nbern", []),
        ("nb", []),  # nothing reaches from one text into the next
    ],
)
def test_which_documents_have_a_text(text, rows):
    assert found(text).rows.tolist() == rows


def test_where_a_text_is_values_first_and_by_documents():
    assert found("bern").places == [
        Place("city", False, 1),
        Place("tags[]", False, 1),
        Place("notes.text", False, 1),
        Place("$", False, 1),
        Place("bernina", True, 1),
    ]
    assert found("n", [{"n": "nn"}, {"n": [["n", "in"]]}]).places == [
        Place("n", False, 1),
        Place("n[][]", False, 1),
        Place("n[][]", True, 1),
        Place("n", True, 2),
    ] or [(one.field, one.of_key) for one in found("n", [{"n": "nn"}]).places] == [("n", False), ("n", True)]


def test_case_and_accents_are_compared_as_people_do():
    documents = [{"s": "STRASSE"}, {"s": "Straße"}, {"s": "Cafe\u0301"}, {"s": "É"}]
    assert found("straße", documents).rows.tolist() == [0, 1]
    assert found("CAFÉ", documents).rows.tolist() == [2]
    assert found("é", documents).rows.tolist() == [2, 3]


def test_integers_of_any_length_and_progress():
    told = []
    texts = Texts([{"n": 10**5000 + i} for i in range(450)], told.append)
    assert len(texts.find("0000449").rows) == 1
    assert told == [0, 200 / 450, 400 / 450]
    with pytest.raises(InputError, match="is not a JSON type"):
        Texts([{1, 2}])


def plainly(value, text):
    if isinstance(value, dict):
        return any(text in folded(key) or plainly(child, text) for key, child in value.items())
    if isinstance(value, list):
        return any(plainly(child, text) for child in value)
    if value is None or isinstance(value, bool):
        return False
    return text in folded(value if isinstance(value, str) else scalar(value))


letters = st.text("abAB1é\n", max_size=4)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | letters,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(letters, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(json_values, min_size=1, max_size=6), st.text("abAB1é", min_size=1, max_size=3))
def test_it_finds_what_a_plain_walk_finds(documents, text):
    expected = [row for row, document in enumerate(documents) if plainly(document, folded(text))]
    one = found(text, documents)
    assert one.rows.tolist() == expected
    assert one.rows.dtype == np.int64
    assert bool(one.places) == bool(expected)
    assert all(0 < place.n <= len(expected) for place in one.places)
